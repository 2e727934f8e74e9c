import EventStore
import JourneyQuery
import JourneyTime

extension Executor where Self: EventPart {
  /// The events in the order asked. Throws `limit` for more rows than may be listed.
  public func list(_ query: ListQuery, _ run: Run) throws(ExecutionError) -> ListReport {
    guard query.top <= ListQuestion.mostListed else { throw .limit(.listed(ListQuestion.mostListed)) }
    return try answer(ListQuestion(query: query, catalog: catalog), run)
  }
}

struct ListQuestion: SingleReading {
  /// As many rows as may be listed.
  static let mostListed = 1_000_000

  let query: ListQuery
  let catalog: Catalog

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> ListPartial {
    let store = try part.reading(query.scope, catalog)
    let parts = try store.scan(threads: part.threads, run, part: { ListTally(query, in: store.schema) }) {
      part, bucket, customers in
      part.read(customers, of: bucket)
    }
    var whole = ListTally(query, in: store.schema)
    for part in parts { whole.absorb(part) }
    return ListPartial(
      asked: whole.asked, total: whole.total, rows: whole.listed(query.properties, in: store.schema), top: query.top,
      order: query.order)
  }

  func report(_ found: ListPartial, _ run: Run) -> ListReport {
    ListReport(
      listed: found.rows.map(\.event), total: found.total, basis: Basis(span: catalog.span, people: found.asked))
  }
}

/// The rows that come first, in order.
struct ListPartial: PartialAnswer {
  struct Row: Sendable, Codable {
    let key: ListKey
    var event: ListReport.Event
  }
  var asked: Int
  var total: CountFigures
  var rows: [Row]
  let top: Int
  let order: ListQuery.Order

  mutating func absorb(_ other: ListPartial) {
    asked += other.asked
    total.events += other.total.events
    total.customers += other.total.customers
    // All events of a customer lie in one part, in their order.
    let both = (rows + other.rows).enumerated().sorted { left, right in
      let (one, another) = (left.element, right.element)
      if one.key != another.key { return one.key.precedes(another.key, isDescending: order.isDescending) }
      let customers = one.event.customer.utf8Order(to: another.event.customer)
      return customers == 0 ? left.offset < right.offset : (customers < 0) != order.reversesCustomers
    }
    rows = both.prefix(top).map(\.element)
  }
}

/// What a row is sorted by, as a value.
struct ListKey: Equatable, Sendable, Codable {
  /// Missing values come last, whatever the direction.
  var isMissing = false
  var number = 0
  var text = ""

  func precedes(_ other: ListKey, isDescending: Bool) -> Bool {
    if isMissing != other.isMissing { return other.isMissing }
    let order = number != other.number ? (number < other.number ? -1 : 1) : text.utf8Order(to: other.text)
    return isDescending ? order > 0 : order < 0
  }

  static func == (one: ListKey, other: ListKey) -> Bool {
    one.isMissing == other.isMissing && one.number == other.number && one.text.utf8.elementsEqual(other.text.utf8)
  }
}

extension ListQuery.Order {
  fileprivate var isDescending: Bool {
    switch self {
    case .customer(let isDescending), .time(let isDescending), .event(let isDescending): isDescending
    case .property(_, let isDescending): isDescending
    }
  }

  fileprivate var reversesCustomers: Bool { if case .customer(true) = self { true } else { false } }
}
