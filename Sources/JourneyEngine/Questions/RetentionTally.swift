import EventStore
import JourneyQuery

/// Whom one thread found in the cohorts, and when they returned.
struct RetentionTally: Sendable {
  // Not stored, since a global is looked up at every use.
  private static var starts: UInt64 { 1 }
  private static var returns: UInt64 { 2 }
  private let during: Range<Int64>?
  private let calendar: PeriodCalendar
  private var reader: JourneyReader
  private var groups: GroupReader?
  /// Groups (0 without a breakdown) by the period of the first event.
  private(set) var cohorts: CellPlaces
  /// Parallel to `cohorts`.
  private(set) var customers: [Int] = []
  /// Places in `cohorts` by observed periods after the cohort's own (0).
  private(set) var units: CellPlaces
  /// Customers with a return, parallel to `units`.
  private(set) var returned: [Int] = []
  private var found = Found()

  /// Scratch space: what is found in a block.
  private struct Found: Sendable {
    /// Period of each event.
    var periods: [Int32] = []
    /// Of each customer in a cohort: number of the person, the first event, and one behind the last of `returns`.
    var people: [(person: Int, first: Int, end: Int)] = []
    /// The periods with a return, customer by customer, ascending, each once.
    var returns: [Int32] = []
  }

  init(_ query: RetentionQuery, _ calendar: PeriodCalendar, in schema: StoreSchema) {
    var clauses = JourneyReader.Clauses(filter: query.filter, people: query.people)
    clauses.steps = [query.start, query.returning]
    clauses.needsFirstStep = true
    reader = JourneyReader(clauses, in: schema)
    during = query.during.map { $0.lowerBound.microseconds..<$0.upperBound.microseconds }
    groups = query.breakdown.map { GroupReader($0, in: schema) }
    self.calendar = calendar
    cohorts = CellPlaces(width: calendar.count)
    units = CellPlaces(width: calendar.count)
  }

  var groupKeys: GroupKeys { groups?.keys ?? GroupKeys() }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    reader.read(block, of: bucket)
    Self.find(reader, calendar, during, bucket.orders, &found)
    var next = 0
    for (person, first, end) in found.people {
      let group = groups?.group(at: reader.row(of: first), of: reader.customer(of: person), in: bucket) ?? -1
      let period = Int(found.periods[first])
      let cohort = cohorts.place(max(0, group), period)
      if cohort == customers.count { customers.append(0) }
      customers[cohort] += 1
      while next < end {
        let unit = units.place(cohort, Int(found.returns[next]) - period)
        if unit == returned.count { returned.append(0) }
        returned[unit] += 1
        next += 1
      }
    }
  }

  private static func find(
    _ reader: JourneyReader, _ calendar: PeriodCalendar, _ during: Range<Int64>?, _ orders: [Double]?,
    _ found: inout Found
  ) {
    found.people.removeAll(keepingCapacity: true)
    if found.periods.count < reader.eventCount {
      found.periods = Array(repeating: 0, count: reader.eventCount)
      // One more, to be written in any case.
      found.returns = Array(repeating: 0, count: reader.eventCount + 1)
    }
    let instants = reader.instants.span.extracting(droppingFirst: reader.firstInstant)
    calendar.periods(of: instants, reader.eventCount, &found.periods)
    let (matches, periods) = (reader.matches, found.periods)
    // The last period holds the store's last event, so it ends after it; every other one ends before.
    let observed = Int32(truncatingIfNeeded: calendar.count - 1)
    var returns: [Int32] = []
    swap(&returns, &found.returns)
    var next = 0
    for person in reader.people {
      let events = reader.events(of: person)
      let first = events.first { event in
        (matches.isEmpty || matches[event] & starts != 0) && during?.contains(instants[event]) ?? true
      }
      guard let first else { continue }
      var later = first + 1
      while later < events.upperBound, instants[later] == instants[first] {
        if let orders, !isOneMoment(orders[reader.row(of: first)], orders[reader.row(of: later)]) { break }
        later += 1
      }
      Self.note(later..<events.upperBound, matches, periods, before: observed, &returns, &next)
      found.people.append((person, first, next))
    }
    swap(&returns, &found.returns)
  }

  /// Appends to the first `next` of `returns` the periods of the events that return, each once.
  private static func note(
    _ events: Range<Int>, _ matches: [UInt64], _ periods: [Int32], before observed: Int32, _ returns: inout [Int32],
    _ next: inout Int
  ) {
    let periods = periods.span
    var returns = returns.mutableSpan
    var noted: Int32 = -1
    for event in events {
      let period = periods[event]
      let isReturn = matches.isEmpty || matches[event] & Self.returns != 0
      let isNew = isReturn && period != noted && period < observed
      // A branch on what changes with every customer would often be predicted wrongly.
      returns[next] = period
      next += isNew ? 1 : 0
      noted = isNew ? period : noted
    }
  }

  private static func isOneMoment(_ one: Double, _ other: Double) -> Bool { one == other || one.isNaN && other.isNaN }
}
