import EventStore
import Foundation
import JourneyQuery
import JourneyTime

/// Answers questions from an event store in this process, on several threads.
///
/// Every answer is made bucket by bucket and merged exactly: it does not depend on the number of buckets or threads.
public struct EmbeddedEngine: Executor, EventPart {
  public let store: EventStore
  /// What is known of people beside their events.
  public let people: PersonTable?
  /// Of rows beside events, what events have of the customers of these rows.
  public let events: PersonTable?
  /// Threads that a question may use, at least 1.
  public let threads: Int

  public init(
    _ store: EventStore, people: PersonTable? = nil, events: PersonTable? = nil,
    threads: Int = ProcessInfo.processInfo.activeProcessorCount
  ) {
    (self.store, self.people, self.events) = (store, people, events)
    self.threads = max(1, threads)
  }

  /// Answers as of events that are so called and have such properties, of which there are none.
  public init(withoutEvents catalog: Catalog) {
    let properties = catalog.properties.map(Property.init)
    let schema = StoreSchema(
      events: catalog.events, properties: properties,
      session: properties.firstIndex { $0.name == catalog.session })
    let people = catalog.people.map(Property.init)
    let nobody = PersonRows(
      customers: [], columns: people.map { PropertyColumn(missing: 0, kind: $0.kind) },
      dictionaries: people.map { _ in [] })
    self.init(
      EventStore(schema: schema, buckets: []), people: PersonTable(properties: people, held: nobody), threads: 1)
  }

  public var catalog: Catalog { Catalog(store, people) }

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
    if !scope.builtins.isEmpty {
      store = try store.adding(scope.builtins, in: scope.zone, people, events: events, catalog)
    }
    let session = catalog.session.flatMap(store.schema.index(ofProperty:))
    if store.schema.session != session {
      var schema = store.schema
      schema.session = session
      store = EventStore(schema: schema, buckets: store.buckets, faults: store.faults)
    }
    return store
  }

  /// The rows of a table of people. Throws `damaged` or `replaced` where they cannot be read.
  func rows(of people: PersonTable) throws(ExecutionError) -> PersonRows {
    do { return try people.rows() } catch { throw ExecutionError(error) }
  }
}

extension ExecutionError {
  package init(_ fault: ReadingFault) {
    switch fault {
    case .damaged(let what): self = .damaged(what)
    case .replaced(let what): self = .replaced(what)
    }
  }
}

extension Property {
  /// Without values.
  fileprivate init(_ property: Catalog.Property) {
    self.init(name: property.name, kind: Property.Kind(property.kind))
  }
}

extension Catalog.Property {
  fileprivate init(_ property: Property) {
    self.init(name: property.name, kind: Catalog.Property.Kind(property.kind))
  }
}

extension Catalog {
  init(_ store: EventStore, _ people: PersonTable? = nil) {
    let schema = store.schema
    self.init(
      span: store.span.map { Instant(microseconds: $0.lowerBound)...Instant(microseconds: $0.upperBound) },
      events: schema.events,
      properties: schema.properties.map(Property.init), people: people?.properties.map(Property.init) ?? [],
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
