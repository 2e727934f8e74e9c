import EventStore
import JourneyQuery

/// The values one thread found.
struct ValueTally: Sendable {
  /// One event's value.
  struct Record: Sendable {
    /// Number of the customer among those with a value of this thread.
    var customer: Int
    /// Node of the group keys; −1 without a breakdown.
    var node: Int
    /// 0 without `per`.
    var period: Int
    var value: Double
  }
  private let column: Int?
  private let filter: ConditionProgram?
  private let during: Range<Int64>?
  private let calendar: PeriodCalendar?
  private var people: PeopleTest?
  private var groups: GroupReader?
  /// By customer, the sum over all their events.
  private(set) var values: [Double] = []
  /// Event by event, customer by customer; empty without breakdown and `per`.
  private(set) var records: [Record] = []
  private var kept: [UInt8] = []

  init(_ query: ValueQuery, _ calendar: PeriodCalendar?, in schema: StoreSchema) {
    column = schema.index(ofProperty: query.property)
    filter = query.filter.map { ConditionProgram($0, in: schema) }
    during = query.during.map { $0.lowerBound.microseconds..<$0.upperBound.microseconds }
    people = query.people.map { PeopleTest($0, in: schema) }
    groups = query.breakdown.map { GroupReader($0, in: schema) }
    self.calendar = calendar
  }

  var groupKeys: GroupKeys { groups?.keys ?? GroupKeys() }

  mutating func read(_ customer: Int, of bucket: Bucket) {
    guard let column, case .number(let numbers, let present) = bucket.properties[column] else { return }
    let rows = bucket.rows(of: customer)
    guard rows.contains(where: { present[$0] }) else { return }
    if people != nil, people?.holds(customer, of: bucket) != true { return }
    filter?.evaluate(rows, of: bucket, into: &kept)
    var sum: Double?
    for row in rows where present[row] {
      if filter != nil, kept[row - rows.lowerBound] != Truth.yes { continue }
      if let during, !during.contains(bucket.instants[row]) { continue }
      sum = (sum ?? 0) + numbers[row]
      guard groups != nil || calendar != nil else { continue }
      let node = groups?.group(at: row, of: customer, in: bucket) ?? -1
      let period = calendar?.period(of: bucket.instants[row]) ?? 0
      records.append(Record(customer: values.count, node: node, period: period, value: numbers[row]))
    }
    if let sum { values.append(sum) }
  }
}
