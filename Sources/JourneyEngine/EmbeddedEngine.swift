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

  /// Answers as of events that are so called and have such properties, of which there are none.
  public init(withoutEvents catalog: Catalog) {
    let properties = catalog.properties.map { Property(name: $0.name, kind: Property.Kind($0.kind)) }
    let schema = StoreSchema(
      events: catalog.events, properties: properties,
      session: properties.firstIndex { $0.name == catalog.session })
    self.init(EventStore(schema: schema, buckets: []), threads: 1)
  }

  public var catalog: Catalog { Catalog(store) }

  public func partial<Question: PartialQuestion>(
    of question: Question, _ run: Run
  ) throws(ExecutionError) -> Question.Partial {
    // A column that was touched and could not be read reads as missing: no answer may come of that.
    try store.readingWhole { () throws(ExecutionError) in
      let found = try question.partial(of: self, run)
      try run.check()
      return found
    }
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
      let known = Set(catalog.events.map(ByteText.init))
      guard store.schema.events.allSatisfy({ known.contains(ByteText($0)) }) else { throw .replaced("events") }
    }
    if !scope.builtins.isEmpty { store = try store.adding(scope.builtins, in: scope.zone) }
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
      properties: schema.properties.map { Property(name: $0.name, kind: Property.Kind($0.kind)) },
      session: schema.session.map { schema.properties[$0].name })
  }

  /// First and last instant in microseconds.
  var microseconds: ClosedRange<Int64>? { span.map { $0.lowerBound.microseconds...$0.upperBound.microseconds } }
}

extension Catalog.Property.Kind {
  public init(_ kind: Property.Kind) {
    switch kind {
    case .text: self = .text
    case .number: self = .number
    case .truth: self = .truth
    case .time: self = .time
    }
  }
}

extension Property.Kind {
  init(_ kind: Catalog.Property.Kind) {
    switch kind {
    case .text: self = .text
    case .number: self = .number
    case .truth: self = .truth
    case .time: self = .time
    }
  }
}
