import EventStore
import JourneyTime

/// Reads the times of one column and keeps count of what speaks for the day or the month standing first.
struct TimeReader: Sendable {
  let layout: TimeLayout
  let zone: Zone
  private(set) var votes = DateVotes()
  /// Times without an offset that local clocks never show, for they are put forward past them; read as if they were not.
  private(set) var skipped = 0
  /// Times without an offset that local clocks show twice, for they are put back; read as the first.
  private(set) var repeated = 0
  private var iso: InstantReader

  init(_ layout: TimeLayout, in zone: Zone) {
    self.layout = layout
    self.zone = zone
    iso = InstantReader(in: zone)
  }

  /// Microseconds since 1970 UTC; nil for what this layout cannot read.
  mutating func read(_ text: Span<UInt8>, line: Int) -> Int64? {
    read(text, 0, text.count, line: line)
  }

  /// The same for the text at `start ..< end` of `bytes`.
  @inline(__always) mutating func read(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, line: Int) -> Int64? {
    if layout == .yearFirst, let instant = iso.read(bytes, start, end) {
      if iso.isOnDayOfChange { noteClocks(at: instant, bytes.extracting(start..<end)) }
      return instant
    }
    let instant = readOtherwise(bytes.extracting(start..<end), line: line)
    if let instant { noteClocks(at: instant, bytes.extracting(start..<end)) }
    return instant
  }

  /// Counts a time that local clocks show twice or never. What has an offset of its own reads the same in any zone.
  private mutating func noteClocks(at instant: Int64, _ text: Span<UInt8>) {
    guard zone.changes(near: Instant(microseconds: instant)), let other = Zone("+01:00") else { return }
    var (plain, ahead) = (TimeReader(layout, in: .utc), TimeReader(layout, in: other))
    guard let local = plain.read(text, line: 0), local != ahead.read(text, line: 0) else { return }
    switch zone.instantCount(local: local) {
    case 0: skipped += 1
    case 1: break
    default: repeated += 1
    }
  }

  private mutating func readOtherwise(_ text: Span<UInt8>, line: Int) -> Int64? {
    switch layout {
    case .yearFirst: return readNumericDate(text, line: line)
    case .compact: return Instant(compact: text, in: zone)?.microseconds
    case .epoch(let unit): return readEpoch(text, unit)
    case .dayFirst, .monthFirst: return readNumericDate(text, line: line)
    case .monthNames: return readNamedMonth(text)
    }
  }

  private func readEpoch(_ text: Span<UInt8>, _ unit: EpochUnit) -> Int64? {
    guard let (whole, fraction, isNegative) = epochParts(text), EpochUnit(magnitude: whole) == unit else { return nil }
    // Below 10¹⁷ by the check above, so the product stays below 10¹⁸.
    let magnitude = Int64(whole) * unit.rawValue + fraction * unit.rawValue / 1_000_000
    let instant = Instant(microseconds: isNegative ? -magnitude : magnitude)
    return Instant.written.contains(instant) ? instant.microseconds : nil
  }

  private mutating func readNumericDate(_ text: Span<UInt8>, line: Int) -> Int64? {
    guard let date = NumericDate(text) else { return nil }
    let day: CivilDate?
    switch layout {
    case .yearFirst: day = date.isYearFirst ? CivilDate(year: date.first, month: date.second, day: date.third) : nil
    default:
      guard !date.isYearFirst else { return nil }
      let (dayFirst, monthFirst) = date.readings
      votes.count(dayFirst: dayFirst, monthFirst: monthFirst, line: line, text: text)
      day = layout == .dayFirst ? dayFirst : monthFirst
    }
    guard let day else { return nil }
    return clock(of: day, text, from: date.end)
  }

  private func readNamedMonth(_ text: Span<UInt8>) -> Int64? {
    guard let (day, end) = namedMonthDate(text) else { return nil }
    return clock(of: day, text, from: end)
  }

  private func clock(of day: CivilDate, _ text: Span<UInt8>, from end: Int) -> Int64? {
    if end == text.count {
      let instant = zone.instant(local: Int64(day.daysSince1970) * 86_400_000_000)
      return Instant.written.contains(instant) ? instant.microseconds : nil
    }
    var start = end
    if text[start] == UInt8(ascii: ",") { start += 1 }
    guard start < text.count, text[start] == UInt8(ascii: " ") || text[start] | 0x20 == UInt8(ascii: "t") else {
      return nil
    }
    return Instant(day: day, clock: text, from: start + 1, in: zone)?.microseconds
  }

  mutating func absorb(_ later: TimeReader, lines: Int) {
    votes.absorb(later.votes, lines: lines)
    skipped += later.skipped
    repeated += later.repeated
  }
}
