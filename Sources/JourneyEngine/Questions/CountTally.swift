import EventStore
import JourneyQuery

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
