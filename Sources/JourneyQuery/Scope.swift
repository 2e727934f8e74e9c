import JourneyTime

/// Which events of which people a question looks at, and in which zone it reads dates.
public struct Scope: Hashable, Sendable, Codable {
  /// `where`: the events that the journey keeps; nil keeps all. Sessions are cut before it.
  public var filter: Condition?
  /// `for`: the people that are asked, judged on their whole journeys; nil asks all.
  public var people: People?
  /// `during`: what it bounds, all events or those of a first step, is said by each question.
  public var during: Range<Instant>?
  public var zone: Zone
  /// What the question asks of events beside the properties of the store, anywhere in it.
  public var builtins: [Builtin]

  public init(
    filter: Condition? = nil, people: People? = nil, during: Range<Instant>? = nil, zone: Zone = .utc,
    builtins: [Builtin] = []
  ) {
    self.filter = filter
    self.people = people
    self.during = during
    self.zone = zone
    self.builtins = builtins
  }
}

/// How an answer is cut: by values, by calendar unit, and against other dates.
public struct Split: Hashable, Sendable, Codable {
  /// `by`, at which step, and how many groups get rows of their own.
  public var breakdown: Breakdown?
  /// A figure per calendar unit.
  public var per: CalendarUnit?
  /// `vs`: the same question in place of `during`.
  public var versus: Range<Instant>?

  public init(breakdown: Breakdown? = nil, per: CalendarUnit? = nil, versus: Range<Instant>? = nil) {
    self.breakdown = breakdown
    self.per = per
    self.versus = versus
  }
}

/// `by p, q at s top n`.
public struct Breakdown: Hashable, Sendable, Codable {
  public enum Key: Hashable, Sendable, Codable {
    case property(String)
    /// `by persona`, `by segment`: the first of these people tests that holds gives its name; none is `(none)`.
    case people([NamedPeople])
  }
  public var keys: [Key]
  /// As the table heads the columns, parallel to `keys`.
  public var names: [String]
  /// The step of the path (from 0) whose event is read.
  public var step: Int
  /// How many groups get rows of their own; the rest is `(other)`.
  public var top: Int
  /// Whether these come in the order of the calendar, not the largest first; all keys are then days, weekdays or hours.
  public var isByCalendar: Bool

  public init(keys: [Key], names: [String], step: Int = 0, top: Int = 10, isByCalendar: Bool = false) {
    self.keys = keys
    self.names = names
    self.step = step
    self.top = top
    self.isByCalendar = isByCalendar
  }
}

public struct NamedPeople: Hashable, Sendable, Codable {
  public var name: String
  public var people: People

  public init(name: String, people: People) {
    self.name = name
    self.people = people
  }
}
