import EventStore
import Foundation
import JourneyQuery
import JourneyTime

/// Answers questions from an event store in this process, on several threads.
///
/// Every answer is made bucket by bucket and merged exactly: it does not depend on the number of buckets or threads.
public struct EmbeddedEngine: Executor, EventPart {
  public let store: EventStore
  /// Threads that a question may use, at least 1.
  public let threads: Int

  public init(_ store: EventStore, threads: Int = ProcessInfo.processInfo.activeProcessorCount) {
    self.store = store
    self.threads = max(1, threads)
  }

  public var catalog: Catalog { Catalog(store) }

  public func partial<Question: PartialQuestion>(
    of question: Question, _ run: Run
  ) throws(ExecutionError) -> Question.Partial {
    try question.partial(of: self, run)
  }
}

extension EmbeddedEngine {
  /// `body(0) … body(count − 1)`, in order, made on as many threads as a question may use.
  func map<Element: Sendable>(count: Int, _ body: @Sendable (Int) -> Element) -> [Element] {
    threads > 1 ? concurrentMap(count: count, body) : (0..<count).map(body)
  }

  /// The store as a question about all events reads it: with what the question asks for beside its properties, and sessions as they
  /// are called everywhere. Throws `limit` for events of days that cannot be written, `replaced` if the store has events that the catalog
  /// does not know.
  func reading(_ scope: Scope, _ catalog: Catalog) throws(ExecutionError) -> EventStore {
    var store = store
    if store.schema.events != catalog.events {
      let known = Set(catalog.events.map(ExactText.init))
      guard store.schema.events.allSatisfy({ known.contains(ExactText($0)) }) else { throw .replaced("events") }
    }
    if scope.builtins.isEmpty == false { store = try store.adding(scope.builtins, in: scope.zone) }
    let session = catalog.session.flatMap(store.schema.index(ofProperty:))
    if store.schema.session != session {
      var schema = store.schema
      schema.session = session
      store = EventStore(schema: schema, buckets: store.buckets, faults: store.faults)
    }
    return store
  }
}

extension Catalog {
  init(_ store: EventStore) {
    let schema = store.schema
    self.init(
      span: store.span.map { Instant(microseconds: $0.lowerBound)...Instant(microseconds: $0.upperBound) },
      events: schema.events,
      properties: schema.properties.compactMap { property in
        Property.Kind(rawValue: property.kind.rawValue).map { Property(name: property.name, kind: $0) }
      }, session: schema.session.map { schema.properties[$0].name })
  }

  /// First and last instant in microseconds.
  var microseconds: ClosedRange<Int64>? { span.map { $0.lowerBound.microseconds...$0.upperBound.microseconds } }
}
