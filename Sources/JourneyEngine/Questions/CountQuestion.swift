import EventStore
import JourneyQuery
import JourneyTime

extension EmbeddedEngine {
  /// Counts events and the customers who have them. Throws `limit` for too many periods.
  public func count(_ query: CountQuery, _ run: Run) throws(ExecutionError) -> CountReport {
    let calendar = try query.per.map { unit throws(ExecutionError) in
      try PeriodCalendar(unit, query.zone, during: query.during, found: store.span)
    }
    let parts = try tallies(query, calendar, run)
    var report = CountReport(total: Self.total(parts), span: span)
    if query.breakdown != nil || query.per != nil {
      report.rows = CountSummary(query: query, schema: store.schema, calendar: calendar, parts: parts).rows
    }
    if let versus = query.versus {
      let other = CountQuery(step: query.step, filter: query.filter, people: query.people, during: versus)
      report.versus = Self.total(try tallies(other, nil, run))
    }
    return report
  }

  private func tallies(_ query: CountQuery, _ calendar: PeriodCalendar?, _ run: Run) throws(ExecutionError)
    -> [CountTally]
  {
    try store.scan(threads: threads, run, part: { CountTally(query, calendar, in: store.schema) }) {
      part, bucket, customers in
      for customer in customers { part.read(customer, of: bucket) }
    }
  }

  private static func total(_ parts: [CountTally]) -> CountReport.Row {
    CountReport.Row(events: parts.reduce(0) { $0 + $1.events }, customers: parts.reduce(0) { $0 + $1.customers })
  }
}

/// What one thread counted.
struct CountTally: Sendable {
  /// One customer's events in one group and period.
  struct Record: Sendable {
    /// Number of the customer among those read by this thread.
    var customer: Int
    /// Node of the group keys; −1 without a breakdown.
    var node: Int
    /// 0 without `per`.
    var period: Int
    var events: Int
  }
  private let matcher: StepMatcher?
  private let filter: ConditionProgram?
  private let during: Range<Int64>?
  private let calendar: PeriodCalendar?
  private var people: PeopleTest?
  private var groups: GroupReader?
  private(set) var events = 0
  private(set) var customers = 0
  /// Customer by customer; empty without breakdown and `per`.
  private(set) var records: [Record] = []
  private var cells: [(node: Int, period: Int)] = []
  private var masks: [UInt64] = []
  private var truths: [UInt8] = []
  private var kept: [UInt8] = []

  init(_ query: CountQuery, _ calendar: PeriodCalendar?, in schema: StoreSchema) {
    matcher = query.step.map { StepMatcher([$0], in: schema) }
    filter = query.filter.map { ConditionProgram($0, in: schema) }
    during = query.during.map { $0.lowerBound.microseconds..<$0.upperBound.microseconds }
    people = query.people.map { PeopleTest($0, in: schema) }
    groups = query.breakdown.map { GroupReader($0, in: schema) }
    self.calendar = calendar
  }

  var groupKeys: GroupKeys { groups?.keys ?? GroupKeys() }

  mutating func read(_ customer: Int, of bucket: Bucket) {
    if people != nil, people?.holds(customer, of: bucket) != true { return }
    if let matcher, !matcher.canMatch(0, eventMask: bucket.eventMasks[customer]) { return }
    let rows = bucket.rows(of: customer)
    matcher?.match(rows, of: bucket, into: &masks, &truths)
    filter?.evaluate(rows, of: bucket, into: &kept)
    var found = 0
    cells.removeAll(keepingCapacity: true)
    for row in rows {
      let index = row - rows.lowerBound
      if matcher != nil, masks[index] == 0 { continue }
      if filter != nil, kept[index] != Truth.yes { continue }
      if let during, !during.contains(bucket.instants[row]) { continue }
      found += 1
      guard groups != nil || calendar != nil else { continue }
      let node = groups?.group(at: row, of: customer, in: bucket) ?? -1
      cells.append((node, calendar?.period(of: bucket.instants[row]) ?? 0))
    }
    guard found > 0 else { return }
    events += found
    customers += 1
    record()
  }

  /// Adds the cells of a customer, equal ones as one record.
  private mutating func record() {
    cells.sort { $0 < $1 }
    var next = 0
    while next < cells.count {
      let first = next
      while next < cells.count, cells[next] == cells[first] { next += 1 }
      records.append(
        Record(customer: customers, node: cells[first].node, period: cells[first].period, events: next - first))
    }
  }
}

/// Makes the rows of a count from what all threads counted.
struct CountSummary {
  let query: CountQuery
  let schema: StoreSchema
  let calendar: PeriodCalendar?
  let parts: [CountTally]

  /// Groups in the order to show, within each the periods in time order: from the first with an event to the last or, with `during`,
  /// all of it.
  var rows: [CountReport.Row] {
    var keys = GroupKeys()
    let nodes = parts.map { keys.absorb($0.groupKeys) }
    var groups = [GroupOrder.Group(key: [], isOther: false)]
    var order: GroupOrder?
    if let breakdown = query.breakdown, !breakdown.keys.isEmpty {
      var sizes = [Int](repeating: 0, count: keys.count)
      for (part, nodes) in zip(parts, nodes) {
        for record in part.records { sizes[nodes[record.node]] += record.events }
      }
      let ordered = GroupOrder(keys, sizes: sizes, breakdown, in: schema)
      groups = ordered.groups
      order = ordered
    }
    let periods = shownPeriods
    var cells = [(events: Int, customers: Int, last: Int)](
      repeating: (0, 0, -1), count: groups.count * periods.count)
    var customersBefore = 0
    for (part, nodes) in zip(parts, nodes) {
      for record in part.records {
        let group = order.map { $0.place[nodes[record.node]] } ?? 0
        let cell = group * periods.count + record.period - periods.lowerBound
        cells[cell].events += record.events
        let customer = customersBefore + record.customer
        if cells[cell].last != customer { cells[cell].customers += 1 }
        cells[cell].last = customer
      }
      customersBefore += part.customers
    }
    return cells.indices.map { index in
      let group = groups[index / periods.count]
      return CountReport.Row(
        key: group.key, isOther: group.isOther,
        period: calendar?.label(of: periods.lowerBound + index % periods.count), events: cells[index].events,
        customers: cells[index].customers)
    }
  }

  private var shownPeriods: Range<Int> {
    guard let calendar else { return 0..<1 }
    if query.during != nil { return 0..<calendar.count }
    let found = parts.lazy.flatMap(\.records).map(\.period)
    guard let first = found.min(), let last = found.max() else { return 0..<0 }
    return first..<last + 1
  }
}
