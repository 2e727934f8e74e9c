import JourneyTime

/// A test on one person over the whole journey, before `where` and `during`, with the three truth values of `Condition`.
/// Personas and segments are already written out.
public indirect enum People: Hashable, Sendable, Codable {
  /// A property of the customer; asked of an event property, its first non-missing value in canonical order.
  case property(PropertyTest)
  case did(Did)
  /// One of these customers, by id. Always true or false.
  case listed([String])
  case not(People)
  /// True where the test is, and else false: also where it is not known. Always true or false.
  case certain(People)
  case and([People])
  case or([People])
}

extension People {
  /// The same of persons who have an id: what belongs to nobody who is named stands under the empty one, and is no person's.
  public var ofNamed: People { .and([.not(.listed([""])), self]) }
}

/// How often a person did something. Always true or false.
public struct Did: Hashable, Sendable, Codable {
  public enum Times: Hashable, Sendable, Codable {
    case exactly(Int)
    case atLeast(Int)
    case atMost(Int)

    /// Whether something that was done so many times was done so often.
    public func holds(of count: Int) -> Bool {
      switch self {
      case .exactly(let times): count == times
      case .atLeast(let times): count >= times
      case .atMost(let times): count <= times
      }
    }
  }
  public var step: Step
  public var times: Times
  public var during: Range<Instant>?

  public init(_ step: Step, times: Times = .atLeast(1), during: Range<Instant>? = nil) {
    self.step = step
    self.times = times
    self.during = during
  }
}
