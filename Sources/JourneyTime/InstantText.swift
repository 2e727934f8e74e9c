extension Instant {
  /// ISO 8601 in UTC with seconds, and with as many digits of a fraction as it has: `2025-07-01T10:30:00Z`,
  /// `2025-07-01T10:30:00.25Z`.
  public var iso: String {
    let (day, microsecond) = Zone.utc.reading(of: self)
    let seconds = Int(microsecond / 1_000_000)
    let clock = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
    var text = "\(CivilDate(daysSince1970: day))T\(clock)"
    let fraction = Int(microsecond % 1_000_000)
    if fraction > 0 {
      var digits = padded(fraction, 6)
      while digits.hasSuffix("0") { digits.removeLast() }
      text += "." + digits
    }
    return text + "Z"
  }

  /// What all formats can say: the years 1 … 9999 in UTC. Nothing else is read, so that what is written is always read
  /// again. (Before the year 1 comes the year 0, or the year 1 BC.)
  package static let written =
    Instant(microseconds: -719_162 * 86_400_000_000)...Instant(microseconds: 2_932_897 * 86_400_000_000 - 1)

  /// Nil for what text cannot say.
  private init?(writable instant: Instant) {
    guard Self.written.contains(instant) else { return nil }
    self = instant
  }

  /// Reads ISO 8601 and RFC 3339: `2025-07-01`, `2025/07/01`, then if wanted `T` or a blank and a clock time as
  /// `init(day:clock:…)` reads it. Nil for anything else and for days that do not exist.
  package init?(iso text: Span<UInt8>, in zone: Zone) {
    guard text.count >= 10, text[4] == text[7], text[4] == UInt8(ascii: "-") || text[4] == UInt8(ascii: "/") else {
      return nil
    }
    let (high, low) = (twoDigits(text, at: 0), twoDigits(text, at: 2))
    guard high >= 0, low >= 0,
      let date = CivilDate(year: high * 100 + low, month: twoDigits(text, at: 5), day: twoDigits(text, at: 8))
    else { return nil }
    if text.count == 10 {
      self.init(writable: zone.instant(local: Int64(date.daysSince1970) * 86_400_000_000))
      return
    }
    guard [UInt8(ascii: "T"), UInt8(ascii: " "), UInt8(ascii: "t")].contains(text[10]) else { return nil }
    self.init(day: date, clock: text, from: 11, in: zone)
  }

  /// Reads ISO 8601 without signs: `20250701`, `20250701103000`, `20250701T1030Z`. Nil for anything else and for days
  /// that do not exist.
  package init?(compact text: Span<UInt8>, in zone: Zone) {
    let (high, low) = (twoDigits(text, at: 0), twoDigits(text, at: 2))
    guard high >= 0, low >= 0,
      let date = CivilDate(year: high * 100 + low, month: twoDigits(text, at: 4), day: twoDigits(text, at: 6))
    else { return nil }
    var local = Int64(date.daysSince1970) * 86_400_000_000
    var offset = 8
    if offset < text.count {
      if text[offset] == UInt8(ascii: "T") { offset += 1 }
      let (hour, minute) = (twoDigits(text, at: offset), twoDigits(text, at: offset + 2))
      guard (0..<24).contains(hour), (0..<60).contains(minute) else { return nil }
      offset += 4
      var second = 0
      if twoDigits(text, at: offset) >= 0 {
        second = twoDigits(text, at: offset)
        guard second < 60 else { return nil }
        offset += 2
      }
      local += Int64(hour * 3_600 + minute * 60 + second) * 1_000_000
    }
    self.init(local: local, text, offset, in: zone)
  }

  /// Reads from `start` to the end of `text`: `9:30`, `09:30:15`, `09:30:15.123456` (a comma will do, further digits
  /// are cut), then if wanted `AM` or `PM`, then if wanted `Z`, `UTC`, `GMT`, `+02:00`, `+0200` or `+02`; without one
  /// of these it is the clock of `zone`.
  package init?(day: CivilDate, clock text: Span<UInt8>, from start: Int, in zone: Zone) {
    var offset = start
    guard let microsecond = clockTime(text, &offset) else { return nil }
    self.init(local: Int64(day.daysSince1970) * 86_400_000_000 + microsecond, text, offset, in: zone)
  }

  /// The clock time `local` of the zone whose offset stands at the end of `text`, else of `zone`.
  private init?(local: Int64, _ text: Span<UInt8>, _ start: Int, in zone: Zone) {
    var offset = start
    if offset == text.count {
      self.init(writable: zone.instant(local: local))
    } else if let east = zoneOffset(text, &offset), offset == text.count {
      self.init(writable: Instant(microseconds: local - east))
    } else {
      return nil
    }
  }
}

/// The number two digits write, −1 where they are none or the text ends before them.
@inline(__always) private func twoDigits(_ text: Span<UInt8>, at offset: Int) -> Int {
  guard offset + 2 <= text.count else { return -1 }
  let (tens, ones) = (text[offset] &- 48, text[offset + 1] &- 48)
  return tens < 10 && ones < 10 ? Int(tens) * 10 + Int(ones) : -1
}

/// Microseconds since midnight; `offset` is left behind what was read.
private func clockTime(_ text: Span<UInt8>, _ offset: inout Int) -> Int64? {
  let colon = UInt8(ascii: ":")
  var hour = twoDigits(text, at: offset)
  if hour >= 0 {
    offset += 2
  } else {
    guard offset < text.count, text[offset] &- 48 < 10 else { return nil }
    hour = Int(text[offset] - 48)
    offset += 1
  }
  guard hour < 24, offset < text.count, text[offset] == colon else { return nil }
  let minute = twoDigits(text, at: offset + 1)
  guard (0..<60).contains(minute) else { return nil }
  offset += 3
  var (second, fraction): (Int, Int64) = (0, 0)
  if offset < text.count, text[offset] == colon {
    second = twoDigits(text, at: offset + 1)
    // A leap second is read as the first of the next minute, as POSIX has it.
    guard (0..<60).contains(second) || second == 60 && minute == 59 else { return nil }
    offset += 3
    guard let read = fractionOfSecond(text, &offset) else { return nil }
    fraction = read
  }
  guard let hourOfDay = halfDay(text, &offset, hour) else { return nil }
  return Int64(hourOfDay * 3_600 + minute * 60 + second) * 1_000_000 + fraction
}

/// Microseconds of `.123456`, 0 if there is no point; nil for a point without digits.
private func fractionOfSecond(_ text: Span<UInt8>, _ offset: inout Int) -> Int64? {
  guard offset < text.count, text[offset] == UInt8(ascii: ".") || text[offset] == UInt8(ascii: ",") else { return 0 }
  offset += 1
  let start = offset
  var (unit, microseconds): (Int64, Int64) = (100_000, 0)
  while offset < text.count, text[offset] &- 48 < 10 {
    microseconds += Int64(text[offset] - 48) * unit
    unit /= 10
    offset += 1
  }
  return offset > start ? microseconds : nil
}

/// The hour of the day when `AM` or `PM` may follow; nil if one follows an hour it cannot stand with.
private func halfDay(_ text: Span<UInt8>, _ offset: inout Int, _ hour: Int) -> Int? {
  let mark = offset < text.count && text[offset] == UInt8(ascii: " ") ? offset + 1 : offset
  guard mark + 2 <= text.count, text[mark + 1] | 0x20 == UInt8(ascii: "m") else { return hour }
  switch text[mark] | 0x20 {
  case UInt8(ascii: "a") where (1...12).contains(hour):
    offset = mark + 2
    return hour % 12
  case UInt8(ascii: "p") where (1...12).contains(hour):
    offset = mark + 2
    return hour % 12 + 12
  default: return nil
  }
}

/// Microseconds east of UTC, up to 18 hours.
private func zoneOffset(_ text: Span<UInt8>, _ offset: inout Int) -> Int64? {
  if text[offset] == UInt8(ascii: " ") { offset += 1 }
  guard offset < text.count else { return nil }
  let rest = text.extracting(offset..<text.count)
  let sign = rest[0]
  offset = text.count
  if sign | 0x20 == UInt8(ascii: "z") { return rest.count == 1 ? 0 : nil }
  if rest.count == 3, rest[0] == UInt8(ascii: "U") || rest[0] == UInt8(ascii: "G") {
    let isUTC = rest[0] == UInt8(ascii: "U") && rest[1] == UInt8(ascii: "T") && rest[2] == UInt8(ascii: "C")
    let isGMT = rest[0] == UInt8(ascii: "G") && rest[1] == UInt8(ascii: "M") && rest[2] == UInt8(ascii: "T")
    return isUTC || isGMT ? 0 : nil
  }
  guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
  let hours = twoDigits(rest, at: 1)
  var minutes = 0
  switch rest.count {
  case 3: break
  case 5: minutes = twoDigits(rest, at: 3)
  case 6 where rest[3] == UInt8(ascii: ":"): minutes = twoDigits(rest, at: 4)
  default: return nil
  }
  guard (0...18).contains(hours), (0..<60).contains(minutes) else { return nil }
  return (sign == UInt8(ascii: "-") ? -1 : 1) * Int64(hours * 60 + minutes) * 60_000_000
}
