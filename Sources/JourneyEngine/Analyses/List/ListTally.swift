import EventStore
import JourneyQuery
import JourneyTime

/// What one thread found that may be listed: never many more rows than are asked for.
struct ListTally: Sendable {
  private struct Row: Sendable {
    let key: Int
    let customer: String
    let bucket: Bucket
    let row: Int
  }
  private let order: RowOrder
  private let top: Int
  private var reader: JourneyReader
  private var rows: [Row] = []
  /// Rows that do not precede this one are not listed.
  private var last: Row?
  private(set) var total = CountFigures()
  private(set) var asked = 0

  init(_ query: ListQuery, in schema: StoreSchema) {
    reader = JourneyReader(JourneyReader.Clauses(scope: query.scope).only(query.step), in: schema)
    order = RowOrder(query.order, query.scope.builtins, in: schema)
    top = query.top
  }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    let known = reader.asked
    reader.read(block, of: bucket)
    asked += reader.asked - known
    total.events += reader.eventCount
    let keys = order.keys(of: bucket)
    // Ids are only fetched where one is needed.
    var ids: [String]?
    for person in reader.people {
      let events = reader.events(of: person)
      if events.isEmpty { continue }
      total.customers += 1
      for event in events {
        let row = reader.row(of: event)
        let key = keys(row)
        if let last, key > last.key { continue }
        if ids == nil { ids = bucket.customers }
        let found = Row(key: key, customer: ids?[reader.customer(of: person)] ?? "", bucket: bucket, row: row)
        if let last, !precedes(found, last) { break }
        rows.append(found)
      }
      if rows.count >= 2 * top + 4_096 { prune() }
    }
  }

  /// Adds what another thread found.
  mutating func absorb(_ other: ListTally) {
    rows += other.rows
    total.events += other.total.events
    total.customers += other.total.customers
    asked += other.asked
  }

  /// The rows that come first, with the values of these properties.
  func listed(_ properties: [String], in schema: StoreSchema) -> [ListPartial.Row] {
    let first = sorted
    var listed = first.map { row in
      ListPartial.Row(
        key: order.value(of: row.key),
        event: ListReport.Event(
          customer: row.customer, instant: Instant(microseconds: row.bucket.instants[row.row]),
          name: schema.events[row.bucket.events[row.row]], values: properties.map { _ in nil }))
    }
    let places = Dictionary(grouping: first.indices) { ObjectIdentifier(first[$0].bucket) }.values
    for (column, property) in properties.enumerated() {
      let keys = ValueKeys(property, in: schema)
      guard let index = keys.property else { continue }
      let dictionary = schema.properties[index].dictionary
      for places in places {
        let values = first[places[0]].bucket.properties[index]
        for place in places { listed[place].event.values[column] = values.value(at: first[place].row, dictionary) }
      }
    }
    return listed
  }

  private var sorted: [Row] { Array(rows.sorted(by: precedes).prefix(top)) }

  private mutating func prune() {
    rows = sorted
    last = rows.last
  }

  /// All events of a customer lie in one bucket, in canonical order.
  private func precedes(_ left: Row, _ right: Row) -> Bool {
    if left.key != right.key { return left.key < right.key }
    let customers = left.customer.utf8Order(to: right.customer)
    return customers == 0 ? left.row < right.row : (customers < 0) != order.isReversed
  }
}

/// What rows are sorted by, as numbers: smaller ones come first.
private struct RowOrder: Sendable {
  /// Whether customers come in reverse.
  let isReversed: Bool
  private let isDescending: Bool
  private let source: Source
  private enum Source: Sendable {
    case customer, instant
    /// Names in their order.
    case event(NameOrder)
    /// A property, and for text its values in their order.
    case property(Int, NameOrder, isOfCalendar: Bool)
    case missing
  }

  init(_ order: ListQuery.Order, _ builtins: [Builtin], in schema: StoreSchema) {
    switch order {
    case .customer(let isDescending): (source, self.isDescending) = (.customer, isDescending)
    case .time(let isDescending): (source, self.isDescending) = (.instant, isDescending)
    case .event(let isDescending): (source, self.isDescending) = (.event(NameOrder(schema.events)), isDescending)
    case .property(let name, let isDescending):
      let isOfCalendar = builtins.contains { $0.name == name && $0.content.isOfCalendar }
      source =
        schema.index(ofProperty: name).map { index in
          let texts = schema.properties[index].dictionary
          return .property(
            index, isOfCalendar ? NameOrder(inOrder: texts) : NameOrder(texts), isOfCalendar: isOfCalendar)
        } ?? .missing
      self.isDescending = isDescending
    }
    isReversed = if case .customer = source { isDescending } else { false }
  }

  /// What a key stands for.
  func value(of key: Int) -> ListKey {
    if key == .max { return ListKey(isMissing: true) }
    let key = isDescending ? ~key : key
    switch source {
    case .customer, .missing: return ListKey()
    case .event(let names): return ListKey(text: names.names[key])
    case .property(_, let texts, let isOfCalendar) where !texts.names.isEmpty:
      let text = texts.names[key]
      return isOfCalendar ? ListKey(number: Builtin.placeInCalendar(text), text: text) : ListKey(text: text)
    case .instant, .property: return ListKey(number: key)
    }
  }

  /// The key of a row of a bucket.
  func keys(of bucket: Bucket) -> (Int) -> Int {
    let isDescending = isDescending
    // The largest number is kept for missing values.
    @Sendable func key(_ value: Int) -> Int { isDescending ? ~max(value, .min + 1) : min(value, .max - 1) }
    switch source {
    case .customer: return { _ in 0 }
    case .missing: return { _ in .max }
    case .instant:
      let instants = bucket.instants
      return { key(Int(instants[$0])) }
    case .event(let names):
      let events = bucket.events
      return { key(names.rank[events[$0]]) }
    case .property(let index, let texts, _):
      switch bucket.properties[index] {
      case .text(let codes): return { codes[$0] == 0 ? .max : key(texts.rank[codes[$0] - 1]) }
      case .truth(let bits, let present): return { present[$0] ? key(bits[$0] ? 1 : 0) : .max }
      case .time(let times, let present): return { present[$0] ? key(Int(times[$0])) : .max }
      case .number(let numbers, let present):
        return { row in
          guard present[row] else { return .max }
          // Adding 0 makes the two zeros one; of negative numbers the larger bits are the smaller number.
          let bits = Int(truncatingIfNeeded: (numbers[row] + 0).bitPattern)
          return key(bits < 0 ? bits ^ .max : bits)
        }
      }
    }
  }
}

extension PropertyColumn {
  /// The value at a row, given the property's dictionary; nil where it is missing.
  fileprivate func value(at row: Int, _ dictionary: [String]) -> Value? {
    switch self {
    case .text(let codes): codes[row] == 0 ? nil : .text(dictionary[codes[row] - 1])
    case .number(let numbers, let present): present[row] ? .number(numbers[row]) : nil
    case .truth(let bits, let present): present[row] ? .truth(bits[row]) : nil
    case .time(let times, let present): present[row] ? Value(.time(times[row])) : nil
    }
  }
}
