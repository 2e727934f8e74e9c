import EventStore
import JourneyQuery

/// Answers questions from events that lie in several parts, each with all events of its customers. A part may be such an engine too.
public struct PartedEngine: Executor, EventPart {
  public let parts: [any EventPart]
  public let catalog: Catalog

  /// Nil where parts disagree on the kind of a property or have sessions by different names.
  public init?(_ parts: [any EventPart]) {
    guard let catalog = Catalog(of: parts.map(\.catalog)) else { return nil }
    (self.parts, self.catalog) = (parts, catalog)
  }

  public func partial<Question: PartialQuestion>(
    of question: Question, _ run: Run
  ) throws(ExecutionError) -> Question.Partial {
    guard let first = parts.first else {
      return try EmbeddedEngine(EventStore(schema: StoreSchema(), buckets: [])).partial(of: question, run)
    }
    var whole = try first.partial(of: question, run)
    for part in parts.dropFirst() { whole.absorb(try part.partial(of: question, run)) }
    return whole
  }
}
