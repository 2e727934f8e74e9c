import EventStore
import JourneyQuery

/// Whom one thread found in the cohorts, and when they returned: a record per customer.
struct RetentionTally: Sendable {
  struct Record: Sendable {
    /// Period of the customer's first event.
    var cohort: Int32
    /// Node of the group keys; −1 without a breakdown.
    var node: Int
    /// One behind the customer's last element of `returns`.
    var end: Int
  }
  private static let (starts, returns): (UInt64, UInt64) = (1, 2)
  private let matcher: StepMatcher
  private let filter: ConditionProgram?
  private let during: Range<Int64>?
  private let calendar: PeriodCalendar
  private var people: PeopleTest?
  private var groups: GroupReader?
  private(set) var records: [Record] = []
  /// Customer by customer: the observed periods after the cohort's own (0) with a return, ascending, each once.
  private(set) var returns: [Int32] = []
  private var masks: [UInt64] = []
  private var truths: [UInt8] = []
  private var kept: [UInt8] = []

  init(_ query: RetentionQuery, _ calendar: PeriodCalendar, in schema: StoreSchema) {
    matcher = StepMatcher([query.start, query.returning], in: schema)
    filter = query.filter.map { ConditionProgram($0, in: schema) }
    during = query.during.map { $0.lowerBound.microseconds..<$0.upperBound.microseconds }
    people = query.people.map { PeopleTest($0, in: schema) }
    groups = query.breakdown.map { GroupReader($0, in: schema) }
    self.calendar = calendar
  }

  var groupKeys: GroupKeys { groups?.keys ?? GroupKeys() }

  mutating func read(_ customer: Int, of bucket: Bucket) {
    guard matcher.canMatch(0, eventMask: bucket.eventMasks[customer]) else { return }
    if people != nil, people?.holds(customer, of: bucket) != true { return }
    let rows = bucket.rows(of: customer)
    matcher.match(rows, of: bucket, into: &masks, &truths)
    filter?.evaluate(rows, of: bucket, into: &kept)
    guard let first = firstStart(rows, bucket) else { return }
    let cohort = calendar.period(of: bucket.instants[first])
    readReturns(first, rows, bucket, cohort)
    let node = groups?.group(at: first, of: customer, in: bucket) ?? -1
    records.append(Record(cohort: Int32(cohort), node: node, end: returns.count))
  }

  private func isKept(_ row: Int, _ rows: Range<Int>) -> Bool {
    filter == nil || kept[row - rows.lowerBound] == Truth.yes
  }

  private func firstStart(_ rows: Range<Int>, _ bucket: Bucket) -> Int? {
    for row in rows where masks[row - rows.lowerBound] & Self.starts != 0 && isKept(row, rows) {
      if let during, !during.contains(bucket.instants[row]) { continue }
      return row
    }
    return nil
  }

  /// Notes the periods of the events that return at a later moment than that of row `first`.
  private mutating func readReturns(_ first: Int, _ rows: Range<Int>, _ bucket: Bucket, _ cohort: Int) {
    var later = first + 1
    while later < rows.upperBound, bucket.sharesMoment(later) { later += 1 }
    // The last period holds the store's last event, so it ends after it; every other one ends before.
    let observed = calendar.count - 1
    var (period, noted) = (cohort, -1)
    var end = calendar.end(of: cohort)
    for row in later..<max(later, rows.upperBound) {
      guard masks[row - rows.lowerBound] & Self.returns != 0, isKept(row, rows) else { continue }
      let instant = bucket.instants[row]
      if instant >= end {
        period = calendar.period(of: instant)
        end = calendar.end(of: period)
      }
      if period >= observed { return }
      if period != noted { returns.append(Int32(period - cohort)) }
      noted = period
    }
  }
}
