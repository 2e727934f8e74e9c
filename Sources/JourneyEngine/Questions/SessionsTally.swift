import EventStore
import JourneyQuery

/// The sessions one thread found.
struct SessionsTally: Sendable {
  struct Record: Sendable {
    /// Number of the customer among those with sessions of this thread.
    var customer: Int
    /// Node of the group keys; −1 without a breakdown.
    var node: Int
    /// 0 without `per`.
    var period: Int
    var events: Int
    /// Microseconds from the first event to the last.
    var length: Int64
  }
  /// What is left of a session: its kept events, and the first and last row of these.
  private typealias Remains = (events: Int, first: Int, last: Int)

  private let filter: ConditionProgram?
  private let during: Range<Int64>?
  private let calendar: PeriodCalendar?
  private var people: PeopleTest?
  private var groups: GroupReader?
  private var cutter: SessionCutter
  /// Customer by customer.
  private(set) var records: [Record] = []
  private(set) var customers = 0
  private var remains: [Remains] = []
  private var kept: [UInt8] = []

  init(_ query: SessionsQuery, _ calendar: PeriodCalendar?, in schema: StoreSchema) {
    filter = query.filter.map { ConditionProgram($0, in: schema) }
    during = query.during.map { $0.lowerBound.microseconds..<$0.upperBound.microseconds }
    people = query.people.map { PeopleTest($0, in: schema) }
    groups = query.breakdown.map { GroupReader($0, in: schema) }
    cutter = SessionCutter(gap: query.gap.microseconds, in: schema)
    self.calendar = calendar
  }

  var groupKeys: GroupKeys { groups?.keys ?? GroupKeys() }

  mutating func read(_ customer: Int, of bucket: Bucket) {
    if people != nil, people?.holds(customer, of: bucket) != true { return }
    let rows = bucket.rows(of: customer)
    let count = cutter.cut(rows, of: bucket)
    filter?.evaluate(rows, of: bucket, into: &kept)
    remains.removeAll(keepingCapacity: true)
    remains.append(contentsOf: repeatElement((events: 0, first: 0, last: 0), count: count))
    for row in rows {
      let index = row - rows.lowerBound
      if filter != nil, kept[index] != Truth.yes { continue }
      if let during, !during.contains(bucket.instants[row]) { continue }
      let session = cutter.sessions[index]
      if remains[session].events == 0 { remains[session].first = row }
      remains[session].events += 1
      remains[session].last = row
    }
    record(customer, bucket)
  }

  private mutating func record(_ customer: Int, _ bucket: Bucket) {
    let before = records.count
    for session in remains.indices where remains[session].events > 0 {
      let (events, first, last) = remains[session]
      let instant = bucket.instants[first]
      records.append(
        Record(
          customer: customers, node: groups?.group(at: first, of: customer, in: bucket) ?? -1,
          period: calendar?.period(of: instant) ?? 0, events: events,
          length: elapsed(from: instant, to: bucket.instants[last])))
    }
    if records.count > before { customers += 1 }
  }
}
