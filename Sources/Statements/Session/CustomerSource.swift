import EventStore
import JourneyEngine
import JourneyQuery
import SourceText

/// Everybody of whom something is known, as events of their own: one of each.
struct CustomerSource: TableSource {
  /// A row is a person, and stands at no time.
  static let builtins: Set<BuiltinProperty> = [.customer]
  let store: EventStore
  let people: PersonTable?
  /// Increasing by UTF-8 bytes.
  let customers: [String]
  /// The same with what is known as properties of these events.
  let described: EventStore

  init(_ people: PersonTable, _ rows: PersonRows) {
    (self.people, customers) = (people, rows.customers)
    let properties = zip(people.properties, rows.dictionaries).map { property, texts in
      Property(name: property.name, kind: property.kind, dictionary: texts)
    }
    let count = rows.customers.count
    func store(_ properties: [Property], _ columns: [PropertyColumn]) -> EventStore {
      let bucket = Bucket(
        customers: rows.customers, offsets: (0...count).map(UInt32.init), instants: Array(repeating: 0, count: count),
        events: CodeColumn(Array(repeating: 0, count: count)), orders: nil, properties: columns)
      return EventStore(schema: StoreSchema(events: ["customer"], properties: properties), buckets: [bucket])
    }
    (self.store, described) = (store([], []), store(properties, rows.columns))
  }
}

extension Session {
  /// What channels cost. Throws where nothing is known of it.
  func spend(at span: Range<Int>) throws(Diagnostic) -> Spend {
    guard let spend = try attempt(at: span, workspace.spend()) else {
      throw Diagnostic(.spendNone, "nothing is known of what channels cost", at: span, hint: "load spend \"FILE\"")
    }
    return spend
  }

  /// How many customers the events in use have, of whoever has some of these ids where ids are given.
  func countCustomers(among ids: [String]? = nil, at span: Range<Int>? = nil) throws(Diagnostic) -> Int {
    let executor = try executor(at: span)
    let query = CountQuery(scope: Scope(people: ids.map(People.listed)))
    return try apart(at: span) { [run = run] () throws(ExecutionError) in
      try query.ask(executor, run).total.figures.customers
    }
  }

  /// Throws where nothing is known of people.
  func customerSource(at span: Range<Int>) throws(Diagnostic) -> CustomerSource {
    guard let people = try attempt(workspace.people()) else {
      throw Diagnostic(
        .customersNone, "nothing is known of customers beside their events", at: span, hint: "load customers \"FILE\"")
    }
    return try apart(at: span) { () throws(ExecutionError) in
      do throws(ReadingFault) { return CustomerSource(people, try people.rows()) } catch { throw ExecutionError(error) }
    }
  }
}

extension DiagnosticCode {
  package static let spendNone = DiagnosticCode(
    "spend.none", "No spend was loaded, so that nothing is known of what channels cost.")
  package static let customersNone = DiagnosticCode(
    "customers.none", "No customers were loaded, so that nothing is known of people but their events.")
}
