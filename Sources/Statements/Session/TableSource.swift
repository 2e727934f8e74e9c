import EventStore
import JourneyEngine
import JourneyQuery
import Language
import SourceText

/// Rows of the workspace as events of their own, so that they are asked as events are: what people answered, what is known of them.
protocol TableSource {
  var store: EventStore { get }
  /// What is known of the customers of these rows.
  var people: PersonTable? { get }
  /// What a row has of what every event has beside its properties; what it has not cannot be asked of it.
  static var builtins: Set<BuiltinProperty> { get }
}

extension TableSource {
  var engine: EmbeddedEngine { EmbeddedEngine(store, people: people) }

  /// The customers of these rows, of whom nothing is known but what is known of people.
  fileprivate var bare: EmbeddedEngine {
    let buckets = store.buckets.map {
      Bucket(
        customers: $0.customers, offsets: $0.offsets, instants: $0.instants, events: $0.events, orders: $0.orders,
        properties: [])
    }
    return EmbeddedEngine(
      EventStore(schema: StoreSchema(events: store.schema.events, properties: []), buckets: buckets), people: people)
  }
}

extension Session {
  /// Answers questions of rows, with what events have of their customers as far as a question asked for it.
  ///
  /// - Parameter properties: of events, those that it asked for.
  func engine(of source: some TableSource, knowing properties: [Catalog.Property]) throws(Diagnostic) -> EmbeddedEngine
  {
    guard !properties.isEmpty else { return source.engine }
    // Nobody, whose id is empty, has no events.
    let customers = source.store.buckets.flatMap(\.customers).filter { !$0.isEmpty }.sorted { $0.comesBefore($1) }
    let query = FirstValuesQuery(properties.map(\.name), of: customers, scope: Scope(zone: try zone))
    let executor = try executor()
    let found = try apart { [run = run] () throws(ExecutionError) in try query.ask(executor, run) }
    return EmbeddedEngine(source.store, people: source.people, events: PersonTable(found, of: customers, properties))
  }

  /// Reads questions of rows: their properties are those of the rows, and people are those of the events in use and those that are known
  /// beside them.
  func resolver<Source: TableSource>(of source: Source, beside known: Resolver) -> Resolver {
    known.ofRows(source.engine.catalog, having: Source.builtins) {
      [unowned self] (people, builtins) throws(Diagnostic) in
      // Whoever has no events did nothing, and what only events tell of them is missing.
      let others = try customers(
        of: source.bare, passing: people.ofNoEvents, builtins.filter(\.isOfPeople))
      guard try activeSource != nil else { return others }
      let events = try executor()
      let found = try customers(of: events, passing: people, builtins)
      return try found + Set(others).subtracting(customers(of: events, passing: .listed(others), []))
    }
  }

  /// Writes a question out by the names of what it asks: of rows beside events, where there are such rows yet.
  func resolver(writing question: ParsedStatement) throws(Diagnostic) -> Resolver {
    let known = try resolver()
    guard let asked = Forms.statement(named: question.form) as? any TableQuestion.Type,
      let catalog = try? asked.catalog(question, in: self)
    else { return known }
    return known.ofRows(catalog, having: asked.builtins) { (_, _) throws(Diagnostic) in [] }
  }

  /// Who passes a test, by id.
  private func customers(
    of executor: some Executor, passing people: People, _ builtins: [Builtin]
  ) throws(Diagnostic) -> [String] {
    let id = Builtin("builtin.customer", .customer)
    let scope = Scope(people: people, zone: try zone, builtins: builtins.filter { $0.name != id.name } + [id])
    let query = CountQuery(
      scope: scope, split: Split(breakdown: Breakdown(keys: [.property(id.name)], names: [id.name], top: .max)))
    let report = try apart { [run = run] () throws(ExecutionError) in try query.ask(executor, run) }
    return report.groups.compactMap { group in
      if case .values(let values) = group.key { values.first ?? nil } else { nil }
    }
  }
}

extension Builtin {
  /// Whether people have it without an event.
  fileprivate var isOfPeople: Bool {
    switch content {
    case .person, .customer: true
    default: false
    }
  }
}

extension People {
  /// The same test of whoever has no events: nothing was done.
  fileprivate var ofNoEvents: People {
    switch self {
    case .property, .listed: self
    case .did(let did): did.times.holds(of: 0) ? .not(.listed([])) : .listed([])
    case .not(let inner): .not(inner.ofNoEvents)
    case .certain(let inner): .certain(inner.ofNoEvents)
    case .and(let parts): .and(parts.map(\.ofNoEvents))
    case .or(let parts): .or(parts.map(\.ofNoEvents))
    }
  }
}
