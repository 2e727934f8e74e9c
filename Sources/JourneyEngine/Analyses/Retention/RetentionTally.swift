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
  /// Without a breakdown and with few periods, in place of cells: customers by the period of the first event, and behind
  /// each period's row those with a return by its period.
  private var began: [Int] = []
  private var back: [Int] = []

  /// Scratch space: what is found in a block.
  private struct Found: Sendable {
    /// Of each customer in a cohort: number of the person, the first event, its period, and one behind the last of
    /// `returns`.
    var people: [(person: Int, first: Int, period: Int, end: Int)] = []
    /// The periods with a return, customer by customer, ascending, each once.
    var returns: [Int32] = []
  }

  init(_ query: RetentionQuery, _ calendar: PeriodCalendar, in schema: StoreSchema) {
    var clauses = JourneyReader.Clauses(scope: query.scope)
    // Returns may lie outside of the dates.
    clauses.scope.during = nil
    clauses.steps = [query.start, query.returning]
    clauses.needsFirstStep = true
    reader = JourneyReader(clauses, in: schema)
    during = query.scope.during.map { $0.lowerBound.microseconds..<$0.upperBound.microseconds }
    groups = query.breakdown.map { GroupReader($0, in: schema) }
    self.calendar = calendar
    cohorts = CellPlaces(width: calendar.count)
    units = CellPlaces(width: calendar.count)
    if groups == nil, calendar.count <= 512 {
      began = Array(repeating: 0, count: calendar.count)
      back = Array(repeating: 0, count: calendar.count * calendar.count)
    }
  }

  var asked: Int { reader.asked }
  var groupKeys: GroupKeys { groups?.keys ?? GroupKeys() }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    reader.read(block, of: bucket)
    if !began.isEmpty {
      var (began, back, row) = ([Int](), [Int](), 0)
      swap(&began, &self.began)
      swap(&back, &self.back)
      Self.find(reader, calendar, during, bucket.orders) { _, _, period in
        began[period] += 1
        row = period * began.count
      } returned: {
        back[row + $0] += 1
      }
      swap(&began, &self.began)
      swap(&back, &self.back)
      return
    }
    var (found, next) = (Found(), 0)
    swap(&found, &self.found)
    defer { swap(&found, &self.found) }
    found.people.removeAll(keepingCapacity: true)
    found.returns.removeAll(keepingCapacity: true)
    Self.find(reader, calendar, during, bucket.orders) { person, first, period in
      found.people.append((person, first, period, found.returns.count))
    } returned: {
      found.returns.append(Int32(truncatingIfNeeded: $0))
      found.people[found.people.count - 1].end = found.returns.count
    }
    for (person, first, period, end) in found.people {
      let group = groups?.group(at: reader.row(of: first), of: reader.customer(of: person), in: bucket) ?? -1
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

  /// The same as cells, if it was counted by period.
  func settled() -> RetentionTally {
    var tally = self
    for period in began.indices where began[period] > 0 {
      let cohort = tally.cohorts.place(0, period)
      tally.customers.append(began[period])
      for later in period..<began.count where back[period * began.count + later] > 0 {
        _ = tally.units.place(cohort, later - period)
        tally.returned.append(back[period * began.count + later])
      }
    }
    return tally
  }

  /// Calls `began` for each person in a cohort with the first event and its period, and then `returned` with each observed
  /// period of a return, ascending.
  @inline(__always)
  private static func find(
    _ reader: JourneyReader, _ calendar: PeriodCalendar, _ during: Range<Int64>?, _ orders: [Double]?,
    _ began: (_ person: Int, _ first: Int, _ period: Int) -> Void, returned: (_ period: Int) -> Void
  ) {
    let instants = reader.instants.span.extracting(droppingFirst: reader.firstInstant)
    let matches = reader.matches
    for person in reader.people {
      let events = reader.events(of: person)
      let first = events.first { event in
        (matches.isEmpty || matches[event] & starts != 0) && during?.contains(instants[event]) ?? true
      }
      guard let first else { continue }
      var later = first + 1
      while later < events.upperBound, instants[later] == instants[first] {
        if let orders, !orders[reader.row(of: first)].isSameOrder(as: orders[reader.row(of: later)]) { break }
        later += 1
      }
      began(person, first, calendar.period(of: instants[first]))
      note(later..<events.upperBound, instants, matches, calendar, returned)
    }
  }

  @inline(__always)
  private static func note(
    _ events: Range<Int>, _ instants: Span<Int64>, _ matches: [UInt64], _ calendar: PeriodCalendar,
    _ returned: (Int) -> Void
  ) {
    // The last period holds the store's last event, so it ends after it; every other one ends before.
    let observed = calendar.count - 1
    var (event, end) = (events.lowerBound, Int64.min)
    while event < events.upperBound {
      // Most events lie in the period noted last; one comparison tells it of eight of them.
      if event + 8 <= events.upperBound, instants[event + 7] < end {
        event += 8
        continue
      }
      let instant = instants[event]
      if instant >= end, matches.isEmpty || matches[event] & Self.returns != 0 {
        let period = calendar.period(of: instant)
        guard period < observed else { return }
        returned(period)
        end = calendar.end(of: period)
      }
      event += 1
    }
  }
}
