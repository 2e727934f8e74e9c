import Foundation

/// A time zone as a table of offsets, so that turning instants into local time costs a binary search, not a call into a calendar.
public struct Zone: Hashable, Sendable {
  /// The name it was made from: `UTC`, `Europe/Oslo`, `+02:00`.
  public let identifier: String
  /// `offsets[i]` (microseconds east of UTC) holds from `starts[i]` (microseconds) on; `starts[0]` is the beginning of time.
  private let starts: [Int64]
  private let offsets: [Int64]

  public static let utc = Zone(identifier: "UTC", starts: [.min], offsets: [0])

  /// Nil for a name that is neither in the zone database nor an offset such as `+02:00`.
  public init?(_ identifier: String) {
    if ["UTC", "GMT", "Z", "utc", "z"].contains(identifier) {
      self = .utc
    } else if let seconds = Self.fixedOffset(identifier) {
      self.init(identifier: identifier, starts: [.min], offsets: [seconds * 1_000_000])
    } else if identifier.contains("/"), let zone = TimeZone(identifier: identifier) {
      let table = Self.transitions(of: zone)
      self.init(identifier: identifier, starts: table.starts, offsets: table.offsets)
    } else {
      return nil
    }
  }

  private init(identifier: String, starts: [Int64], offsets: [Int64]) {
    (self.identifier, self.starts, self.offsets) = (identifier, starts, offsets)
  }

  public static func == (left: Zone, right: Zone) -> Bool { left.identifier == right.identifier }
  public func hash(into hasher: inout Hasher) { hasher.combine(identifier) }

  /// Microseconds to add to an instant of this moment to read the local clock.
  public func offset(at instant: Instant) -> Int64 {
    if starts.count == 1 { return offsets[0] }
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= instant.microseconds { low = middle } else { high = middle }
    }
    return offsets[low]
  }

  /// The offsets that hold in a span of microseconds, each with the instant from which it does; the first holds before, too.
  package func offsets(in span: ClosedRange<Int64>) -> [(from: Int64, offset: Int64)] {
    let first = starts.lastIndex { $0 <= span.lowerBound } ?? 0
    let last = starts.lastIndex { $0 <= span.upperBound } ?? first
    return (first...last).map { (from: starts[$0], offset: offsets[$0]) }
  }

  /// What clocks show at an instant: days since 1970-01-01, and microseconds since midnight. Held at the ends of time.
  package func reading(of instant: Instant) -> (day: Int, microsecond: Int64) {
    let local = instant.microseconds.addingHeld(offset(at: instant))
    let (days, rest) = local.quotientAndRemainder(dividingBy: Self.dayLength)
    return rest < 0 ? (Int(days) - 1, rest + Self.dayLength) : (Int(days), rest)
  }

  /// The instant at which a day begins, given as days since 1970-01-01; held at the ends of time.
  func start(ofDay day: Int) -> Instant {
    let (local, isBeyondTime) = Int64(day).multipliedReportingOverflow(by: Self.dayLength)
    return isBeyondTime ? (day < 0 ? .distantPast : .distantFuture) : instant(local: local)
  }

  /// A day of 24 hours, in microseconds.
  static let dayLength: Int64 = 86_400_000_000

  /// The instant at which local clocks show `local` (microseconds since 1970-01-01T00:00 on the clock). A reading that
  /// occurs twice is the earlier one; one that is skipped is read with the offset before the gap.
  public func instant(local: Int64) -> Instant {
    if starts.count == 1 { return Instant(microseconds: local.subtractingHeld(offsets[0])) }
    let (before, after) = offsets(around: local)
    return instant(local: local, ahead: before) ?? instant(local: local, ahead: after)
      ?? Instant(microseconds: local.subtractingHeld(before))
  }

  /// How many instants there are at which local clocks show `local`: none where they are put forward past it, two where they are put back.
  package func instantCount(local: Int64) -> Int {
    let (before, after) = offsets(around: local)
    return Set([before, after]).count { instant(local: local, ahead: $0) != nil }
  }

  /// Whether clocks are put forward or back within a day of an instant.
  package func changes(near instant: Instant) -> Bool {
    guard starts.count > 1 else { return false }
    let (before, after) = offsets(around: instant.microseconds)
    return before != after
  }

  /// The offsets a day before and a day after a time of UTC, or of a clock that is less than a day off.
  private func offsets(around time: Int64) -> (before: Int64, after: Int64) {
    (
      offset(at: Instant(microseconds: time.subtractingHeld(Self.dayLength))),
      offset(at: Instant(microseconds: time.addingHeld(Self.dayLength)))
    )
  }

  /// The instant at which clocks that are `offset` ahead show `local`; nil if they are not then.
  private func instant(local: Int64, ahead offset: Int64) -> Instant? {
    let instant = Instant(microseconds: local.subtractingHeld(offset))
    return self.offset(at: instant) == offset ? instant : nil
  }

  private static func fixedOffset(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"),
      bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
      let hours = Int64(text.dropFirst().prefix(2)), let minutes = Int64(text.suffix(2)),
      (0...18).contains(hours), (0...59).contains(minutes)
    else { return nil }
    return (bytes[0] == UInt8(ascii: "-") ? -1 : 1) * (hours * 3_600 + minutes * 60)
  }

  /// Offsets of `zone` from 1900 to 2100, found by weekly samples and bisection to the second.
  private static func transitions(of zone: TimeZone) -> (starts: [Int64], offsets: [Int64]) {
    func seconds(_ time: Int64) -> Int64 {
      Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time))))
    }
    let (first, last, step): (Int64, Int64, Int64) = (-2_208_988_800, 4_102_444_800, 7 * 86_400)
    var current = seconds(first)
    var (starts, offsets): ([Int64], [Int64]) = ([.min], [current * 1_000_000])
    for sample in stride(from: first + step, through: last, by: Int64.Stride(step)) {
      let there = seconds(sample)
      guard there != current else { continue }
      var (low, high) = (sample - step, sample)
      while high - low > 1 {
        let middle = (low + high) / 2
        if seconds(middle) == current { low = middle } else { high = middle }
      }
      starts.append(high * 1_000_000)
      offsets.append(there * 1_000_000)
      current = there
    }
    return (starts, offsets)
  }
}

/// As its identifier.
extension Zone: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let identifier = try container.decode(String.self)
    guard let zone = Zone(identifier) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no zone is called '\(identifier)'")
    }
    self = zone
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(identifier)
  }
}
