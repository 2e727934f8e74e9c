import EventStore
import JourneyQuery

/// Reads one customer's rows into lists of the events that matter to a funnel: one list per journey, that is one for
/// the customer or, when sessions are counted, one per session. Scratch space is kept from customer to customer.
struct JourneyList: Sendable {
  private let matcher: StepMatcher
  private let filter: ConditionProgram?
  private let during: Range<Int64>?
  private let holding: ValueKeys?
  /// What cuts sessions, when they are counted.
  private var cutter: SessionCutter?
  private var masks: [UInt64] = []
  private var truths: [UInt8] = []
  private var kept: [UInt8] = []
  private var moments: [Int] = []
  /// Rows by (session, canonical order), when sessions are counted.
  private var sessionRows: [(session: Int, row: Int)] = []
  private var rows = 0..<0

  init(_ query: FunnelQuery, in schema: StoreSchema) {
    // The step after the path stands for `without`: its bit is moved to `JourneyEvent.excluded`.
    let excluded = Step(label: "", alternatives: query.without.flatMap(\.alternatives))
    let unused = Array(repeating: Step(label: "", alternatives: []), count: 63 - query.path.steps.count)
    matcher = StepMatcher(query.path.steps.map(\.step) + unused + [excluded], in: schema)
    filter = query.filter.map { ConditionProgram($0, in: schema) }
    during = query.during.map { $0.lowerBound.microseconds..<$0.upperBound.microseconds }
    holding = query.holding.map { ValueKeys($0, in: schema) }
    cutter = query.counting == .sessions ? SessionCutter(gap: query.gap.microseconds, in: schema) : nil
  }

  /// False only if the customer has no event that can start a chain.
  func canStart(_ customer: Int, of bucket: Bucket) -> Bool {
    matcher.canMatch(0, eventMask: bucket.eventMasks[customer])
  }

  /// Prepares a customer's rows; returns the number of journeys.
  mutating func open(_ customer: Int, of bucket: Bucket) -> Int {
    rows = bucket.rows(of: customer)
    matcher.match(rows, of: bucket, into: &masks, &truths)
    filter?.evaluate(rows, of: bucket, into: &kept)
    return cut(bucket) ?? 1
  }

  /// Reads a journey of the customer opened last; `events` gets its events in canonical order.
  func read(_ journey: Int, of bucket: Bucket, into events: inout [JourneyEvent]) {
    events.removeAll(keepingCapacity: true)
    var (place, moment, previous) = (0, 0, -1)
    if cutter == nil {
      for row in rows {
        if row > rows.lowerBound, !bucket.sharesMoment(row) { moment += 1 }
        append(row, moment, &place, bucket, to: &events)
      }
    } else {
      let first = sessionRows.partition { $0.session >= journey }
      for index in first..<sessionRows.count where sessionRows[index].session == journey {
        let row = sessionRows[index].row
        if previous >= 0, moments[previous - rows.lowerBound] != moments[row - rows.lowerBound] { moment += 1 }
        append(row, moment, &place, bucket, to: &events)
        previous = row
      }
    }
  }

  /// The first row behind `row` in a journey of the customer opened last that `where` keeps; nil if there is none.
  func row(after row: Int, ofJourney journey: Int) -> Int? {
    guard cutter != nil else {
      return (row + 1..<max(rows.upperBound, row + 1)).first(where: isKept)
    }
    let next = sessionRows.partition { ($0.session, $0.row) > (journey, row) }
    return sessionRows[next...].prefix { $0.session == journey }.first { isKept($0.row) }?.row
  }

  private func isKept(_ row: Int) -> Bool { filter == nil || kept[row - rows.lowerBound] == Truth.yes }

  /// The rows of a journey of the customer opened last, in canonical order.
  func rows(ofJourney journey: Int) -> [Int] {
    cutter == nil ? Array(rows) : sessionRows.filter { $0.session == journey }.map(\.row)
  }

  private func append(
    _ row: Int, _ moment: Int, _ place: inout Int, _ bucket: Bucket, to events: inout [JourneyEvent]
  ) {
    let index = row - rows.lowerBound
    if filter != nil, kept[index] != Truth.yes { return }
    place += 1
    var matches = masks[index]
    guard matches != 0 else { return }
    let instant = bucket.instants[row]
    if let during, !during.contains(instant) { matches &= ~1 }
    let value = holding?.key(at: row, in: bucket)
    if holding != nil, value == nil { matches &= JourneyEvent.excluded }
    guard matches != 0 else { return }
    events.append(
      JourneyEvent(instant: instant, matches: matches, row: row, place: place, moment: moment, value: value))
  }
}

// Sessions.
extension JourneyList {
  /// Cuts the rows into sessions, when they are counted; returns their number.
  private mutating func cut(_ bucket: Bucket) -> Int? {
    guard let count = cutter?.cut(rows, of: bucket), let cutter else { return nil }
    sessionRows.removeAll(keepingCapacity: true)
    moments.removeAll(keepingCapacity: true)
    for row in rows {
      let isLater = row > rows.lowerBound && !bucket.sharesMoment(row)
      moments.append((moments.last ?? 0) + (isLater ? 1 : 0))
      sessionRows.append((cutter.sessions[row - rows.lowerBound], row))
    }
    sessionRows.sort { ($0.session, $0.row) < ($1.session, $1.row) }
    return count
  }
}

extension Array where Element == (session: Int, row: Int) {
  /// Index of the first element for which `isBehind` is true, in an array where it is false and then true.
  fileprivate func partition(_ isBehind: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
