/// Reads a column of ISO 8601 times, each where it lies in a larger text.
///
/// Most times of a column have the day of the one before them: then only the clock is parsed, eight bytes at once. What
/// is not `2025-07-01T10:30:00` with a point and digits or a `Z` behind it, or none, goes through `Instant(iso:in:)`;
/// the result is always what that gives.
package struct InstantReader: Sendable {
  package let zone: Zone
  /// The ten bytes of the day read last, and its midnight in UTC. No text has zero bytes here.
  private var day: (head: UInt64, tail: UInt16) = (0, 0)
  private var midnight: Int64 = 0
  /// Microseconds that clocks of the zone are ahead all that day; nil if they change then.
  private var ahead: Int64?

  package init(in zone: Zone) { self.zone = zone }

  /// Whether clocks may be put forward or back on the day of the time read last.
  package var isOnDayOfChange: Bool { ahead == nil }

  /// Microseconds since 1970 UTC of the time at `start ..< end` of `bytes`; nil for what is none.
  @inline(__always) package mutating func read(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int64? {
    guard end - start >= 19, bytes.count - start >= 32 else { return readPlainly(bytes, start, end) }
    let head = word(bytes, at: start)
    // Two digits of the day, then the blank or T, then the first byte of the clock.
    let rest = UInt32(truncatingIfNeeded: word(bytes, at: start + 8))
    let separator = UInt8(truncatingIfNeeded: rest >> 16)
    guard separator == UInt8(ascii: " ") || separator | 0x20 == UInt8(ascii: "t") else {
      return readPlainly(bytes, start, end)
    }
    let tail = UInt16(truncatingIfNeeded: rest)
    if head != day.head || tail != day.tail {
      guard enterDay(bytes, start, head, tail) else { return readPlainly(bytes, start, end) }
    }
    guard let seconds = secondsOfDay(word(bytes, at: start + 11)),
      let (fraction, isUTC) = ending(bytes, start + 19, end),
      let ahead = isUTC ? 0 : ahead
    else { return readPlainly(bytes, start, end) }
    return midnight &+ seconds &* 1_000_000 &+ fraction &- ahead
  }

  private func readPlainly(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int64? {
    Instant(iso: bytes.extracting(start..<end), in: zone)?.microseconds
  }

  /// Makes the ten bytes from `start` on the day at hand; false if they are none.
  private mutating func enterDay(_ bytes: Span<UInt8>, _ start: Int, _ head: UInt64, _ tail: UInt16) -> Bool {
    guard let first = Instant(iso: bytes.extracting(start..<start + 10), in: .utc)?.microseconds else { return false }
    // On the first and the last day an offset may lead out of what is read.
    let (before, behind) = (first - 86_400_000_000, first + 2 * 86_400_000_000)
    guard [before, behind].allSatisfy({ Instant.written.contains(Instant(microseconds: $0)) }) else { return false }
    day = (head, tail)
    midnight = first
    let last = first + 86_399_999_999
    let (early, late) = (first - zone.instant(local: first).microseconds, last - zone.instant(local: last).microseconds)
    ahead = early == late ? early : nil
    return true
  }
}

/// Seconds since midnight of `10:30:00`, given as eight bytes, the first one lowest; nil for anything else, also for a
/// leap second.
@inline(__always) private func secondsOfDay(_ clock: UInt64) -> Int64? {
  guard clock & 0x0000_FF00_00FF_0000 == 0x0000_3A00_003A_0000 else { return nil }
  let digits = clock ^ 0x0000_0A00_000A_0000
  // A byte is a digit if its high half is 3 and stays 3 when 6 is added.
  guard
    (digits & 0xF0F0_F0F0_F0F0_F0F0) | ((digits &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0) >> 4
      == 0x3333_3333_3333_3333
  else { return nil }
  let values = digits & 0x0F0F_0F0F_0F0F_0F0F
  let pairs = values &* 10 &+ values >> 8
  let (hour, minute, second) = (pairs & 0xFF, pairs >> 24 & 0xFF, pairs >> 48 & 0xFF)
  guard hour < 24, minute < 60, second < 60 else { return nil }
  return Int64(bitPattern: hour &* 3_600 &+ minute &* 60 &+ second)
}

/// Microseconds of the fraction at `start`, and whether a `Z` follows; nil unless the text ends at `end` then.
@inline(__always) private func ending(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> (Int64, isUTC: Bool)? {
  if start == end { return (0, false) }
  var (offset, fraction): (Int, Int64) = (start, 0)
  if bytes[offset] == UInt8(ascii: ".") || bytes[offset] == UInt8(ascii: ",") {
    offset += 1
    var unit: Int64 = 100_000
    while offset < end, bytes[offset] &- 48 < 10 {
      fraction &+= Int64(bytes[offset] &- 48) &* unit
      unit /= 10
      offset += 1
    }
    guard offset > start + 1 else { return nil }
  }
  if offset == end { return (fraction, false) }
  return offset + 1 == end && bytes[offset] | 0x20 == UInt8(ascii: "z") ? (fraction, true) : nil
}

/// Eight bytes from `offset` on as a little-endian number.
@inline(__always) private func word(_ bytes: Span<UInt8>, at offset: Int) -> UInt64 {
  // SAFETY: bytes have no padding; the load itself checks that all eight lie inside; any bits are a valid UInt64.
  UInt64(littleEndian: unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
}
