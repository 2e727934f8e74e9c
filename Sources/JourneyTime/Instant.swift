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

  // Held at the longest duration there is.
  public static func seconds(_ count: Int64) -> Duration { Duration(microseconds: count.multipliedHeld(by: 1_000_000)) }
  public static func minutes(_ count: Int64) -> Duration { .seconds(count.multipliedHeld(by: 60)) }
  public static func hours(_ count: Int64) -> Duration { .seconds(count.multipliedHeld(by: 3_600)) }
  public static func days(_ count: Int64) -> Duration { .seconds(count.multipliedHeld(by: 86_400)) }
}
