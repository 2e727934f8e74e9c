import EventStore
import JourneyQuery
import JourneyTime

/// A question answered in all, by group and period, and for other dates.
protocol GroupedQuery: Sendable {
  var breakdown: Breakdown? { get set }
  var per: CalendarUnit? { get set }
  var zone: Zone { get }
  var during: Range<Instant>? { get set }
  /// Other dates.
  var versus: Range<Instant>? { get }
}

/// What one thread counts for such a question.
protocol GroupedQueryTally: GroupedTally {
  associatedtype Query: GroupedQuery
  /// Of all groups and periods.
  var total: Cell { get }
  init(_ query: Query, _ calendar: PeriodCalendar?, in schema: StoreSchema, _ regrouping: Regrouping?)
  mutating func read(_ block: Range<Int>, of bucket: Bucket)
}

extension EmbeddedEngine {
  /// What `row` makes of everything, of each group and period (nothing where neither is asked), and of the other dates.
  ///
  /// - Parameter size: of a combination of breakdown values, from its cells: by this groups are sorted.
  func grouped<Tally: GroupedQueryTally, Size: Comparable, Row>(
    _ query: Tally.Query, _ run: Run, in _: Tally.Type, size: ([Tally.Cell]) -> Size,
    row: (GroupOrder.Group, _ period: String?, Tally.Cell) -> Row
  ) throws(ExecutionError) -> (total: Row, rows: [Row], versus: Row?) {
    func tallies(
      _ query: Tally.Query, _ calendar: PeriodCalendar?, _ regrouping: Regrouping? = nil
    ) throws(ExecutionError) -> [Tally] {
      try store.scan(threads: threads, run, part: { Tally(query, calendar, in: store.schema, regrouping) }) {
        part, bucket, customers in
        part.read(customers, of: bucket)
      }
    }
    func total(_ parts: [Tally]) -> Row {
      var whole = Tally.Cell()
      for part in parts { whole.absorb(part.total) }
      return row(GroupOrder.Group(key: [], isOther: false), nil, whole)
    }
    let calendar = try query.per.map { unit throws(ExecutionError) in
      try PeriodCalendar(unit, query.zone, during: query.during, found: store.span)
    }
    let parts = try tallies(query, calendar)
    var rows: [Row] = []
    if query.breakdown != nil || query.per != nil {
      let table = try GroupTable(parts, by: query.breakdown, width: calendar.width, in: store.schema, size: size) {
        regrouping throws(ExecutionError) in try tallies(query, calendar, regrouping)
      }
      rows = table.rows(per: calendar, isWhole: query.during != nil, row)
    }
    guard let versus = query.versus else { return (total(parts), rows, nil) }
    var other = query
    (other.during, other.breakdown, other.per) = (versus, nil, nil)
    return (total(parts), rows, total(try tallies(other, nil)))
  }
}
