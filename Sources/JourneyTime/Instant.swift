/// A point in time: microseconds since 1970-01-01T00:00:00Z, leap seconds ignored (as POSIX does).
public struct Instant: Hashable, Comparable, Sendable, Codable {
  public var microseconds: Int64

  @inlinable public init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  @inlinable public static func < (left: Instant, right: Instant) -> Bool {
    left.microseconds < right.microseconds
  }

  /// The instant `length` after this one, held at the ends of time instead of overflowing.
  @inlinable public func advanced(by length: Duration) -> Instant {
    let (sum, overflow) = microseconds.addingReportingOverflow(length.microseconds)
    if overflow { return length.microseconds > 0 ? .distantFuture : .distantPast }
    return Instant(microseconds: sum)
  }

  public static let distantPast = Instant(microseconds: .min)
  public static let distantFuture = Instant(microseconds: .max)
}

/// A length of time in microseconds. Days are 24 hours, weeks 7 days; months and years are no durations.
public struct Duration: Hashable, Comparable, Sendable, Codable {
  public var microseconds: Int64

  @inlinable public init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  @inlinable public static func < (left: Duration, right: Duration) -> Bool {
    left.microseconds < right.microseconds
  }

  public static func seconds(_ count: Int64) -> Duration { Duration(microseconds: count * 1_000_000) }
  public static func minutes(_ count: Int64) -> Duration { .seconds(count * 60) }
  public static func hours(_ count: Int64) -> Duration { .seconds(count * 3_600) }
  public static func days(_ count: Int64) -> Duration { .seconds(count * 86_400) }
}

extension Duration {
  /// The units of a literal, longest first, each with its length in microseconds.
  public static let units: [(suffix: String, microseconds: Int64)] = [
    ("w", 604_800_000_000), ("d", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000),
    ("s", 1_000_000), ("ms", 1_000),
  ]

  /// The literal that reads back as this duration: `7d`, `1d12h`, `90s` as `1m30s`. Weeks are written as days;
  /// what is finer than a millisecond is dropped.
  public var literal: String {
    var rest = microseconds.magnitude
    var text = microseconds < 0 ? "-" : ""
    for (suffix, size) in Self.units.dropFirst() {
      let count = rest / UInt64(size)
      rest %= UInt64(size)
      if count > 0 { text += "\(count)\(suffix)" }
    }
    return text.isEmpty || text == "-" ? "0s" : text
  }
}
