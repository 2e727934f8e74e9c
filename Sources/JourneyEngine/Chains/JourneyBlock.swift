import EventStore
import JourneyQuery

/// Some customers of a bucket as a funnel reads them: their columns, each taken once, and bitmaps of which events fill
/// which steps.
struct JourneyBlock: Sendable {
  let bucket: Bucket
  let offsets: [UInt32]
  /// Codes into `StoreSchema.events`.
  let events: CodeColumn
  /// Microseconds since 1970 UTC.
  let instants: [Int64]
  private let orders: [Double]?
  /// As `Bucket.ties`.
  let ties: Bitmap?
  /// The column of `holding`; nil if it is not asked or the store does not have it.
  private let holding: PropertyColumn?
  /// Steps of the path, which are the first planes. Plane 0 has only events that may start a chain.
  let steps: Int
  var bitmaps: RowBitmaps

  /// The plane of the events that `without` names.
  var excluded: Int { steps }
  /// The plane of the events that `where` keeps.
  var kept: Int { steps + 1 }

  /// All bits are 0.
  init(_ customers: Range<Int>, of bucket: Bucket, steps: Int, holding: ValueKeys?) {
    self.bucket = bucket
    (offsets, events, instants, orders) = (bucket.offsets, bucket.events, bucket.instants, bucket.orders)
    ties = bucket.ties
    self.steps = steps
    self.holding = holding?.property.map { bucket.properties[$0] }
    let rows = Int(offsets[customers.lowerBound])..<Int(offsets[customers.upperBound])
    bitmaps = RowBitmaps(planes: steps + 2, rows: rows)
  }

  @inline(__always) func rows(of customer: Int) -> Range<Int> { Int(offsets[customer])..<Int(offsets[customer + 1]) }

  /// The first row behind the window that opens at a row of `journey`.
  func end(ofWindow window: Int64, from opening: Int, in journey: Range<Int>) -> Int {
    var row = opening + 1
    while row < journey.upperBound, elapsed(from: instants[opening], to: instants[row]) <= window { row += 1 }
    return row
  }

  /// Whether two rows of one customer stand at the same moment.
  func sharesMoment(_ row: Int, _ other: Int) -> Bool {
    guard instants[row] == instants[other] else { return false }
    guard let orders else { return true }
    return orders[row].isSameOrder(as: orders[other])
  }

  /// The steps the event at `row` may fill and whether `without` names it, as in `JourneyEvent.matches`.
  func matches(_ row: Int) -> UInt64 {
    var matches: UInt64 = bitmaps[excluded, row] ? JourneyEvent.excluded : 0
    for step in 0..<steps where bitmaps[step, row] { matches |= 1 << UInt64(step) }
    return matches
  }

  /// The key of the `holding` value at `row`; nil where it is missing.
  func value(at row: Int) -> Int? { holding?.key(at: row) }

  /// Gives `body` each row of `range` that fills a step or is excluded, and its matches as in `JourneyEvent`, until it
  /// returns false.
  @inline(__always)
  func forEachMatch(in range: Range<Int>, _ body: (_ row: Int, _ matches: UInt64) -> Bool) {
    guard !range.isEmpty else { return }
    let (start, end) = (range.lowerBound - bitmaps.rows.lowerBound, range.upperBound - bitmaps.rows.lowerBound)
    for word in start >> 6...(end - 1) >> 6 {
      var bits: UInt64 = 0
      for plane in 0...excluded { bits |= bitmaps[plane, word: word] }
      if word == start >> 6 { bits &= .max << UInt64(start & 63) }
      if word == (end - 1) >> 6 { bits &= .max >> UInt64(63 - (end - 1) & 63) }
      while bits != 0 {
        let place = UInt64(bits.trailingZeroBitCount)
        bits &= bits - 1
        var matches = (bitmaps[excluded, word: word] >> place) << 63
        for step in 0..<steps { matches |= (bitmaps[step, word: word] >> place & 1) << UInt64(step) }
        guard body(bitmaps.rows.lowerBound + word << 6 + Int(place), matches) else { return }
      }
    }
  }
}

// Ties.
extension JourneyBlock {
  /// Whether no two of the events of `journey` that matter share an instant. With `dropping`, ones of the same moment
  /// that match one step and the same do not stand in the way: all but the first are dropped, for no chain of several
  /// steps is better by them.
  @inline(__always)
  mutating func settlesTies(in journey: Range<Int>, dropping: Bool) -> Bool {
    ties?.first(in: journey) == nil || dropRepeats(in: journey, dropping)
  }

  private mutating func dropRepeats(in journey: Range<Int>, _ dropping: Bool) -> Bool {
    var (isSettled, previous, repeated) = (true, (row: -1, matches: UInt64(0)), [Int]())
    forEachMatch(in: journey) { row, matches in
      guard previous.row >= 0, instants[previous.row] == instants[row] else {
        previous = (row, matches)
        return true
      }
      let isRepeat = matches == previous.matches && matches.nonzeroBitCount == 1 && sharesMoment(previous.row, row)
      isSettled = dropping && isRepeat
      repeated.append(row)
      return isSettled
    }
    guard isSettled else { return false }
    for row in repeated { for plane in 0...excluded { bitmaps[plane, row] = false } }
    return true
  }
}
