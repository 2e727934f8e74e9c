import JourneyTime

/// A funnel as docs/LANGUAGE.md §4 defines it, with every name resolved and every default written out.
public struct FunnelQuery: Hashable, Sendable {
  public enum Order: String, Hashable, Sendable { case path, any, strict }
  public enum Entry: String, Hashable, Sendable { case best, first }
  public enum Counting: String, Hashable, Sendable { case customers, entries, sessions }

  public var path: Path
  /// Nil is `forever`.
  public var window: Duration?
  /// `where`: which events the journey keeps (sessions are cut before it).
  public var filter: Condition?
  /// `for`: which people are counted, judged on their whole journeys.
  public var people: People?
  public var breakdown: Breakdown?
  /// Bounds the first step's event.
  public var during: Range<Instant>?
  /// A second period to hold the first against.
  public var versus: Range<Instant>?
  /// A row per calendar unit of the entry.
  public var per: CalendarUnit?
  public var without: [Step]
  /// A property whose value all events of a chain share.
  public var holding: String?
  public var order: Order
  public var entry: Entry
  public var counting: Counting
  /// What cuts sessions where the store has no session column.
  public var gap: Duration
  public var zone: Zone

  public init(
    path: Path, window: Duration? = .days(30), filter: Condition? = nil, people: People? = nil,
    breakdown: Breakdown? = nil, during: Range<Instant>? = nil, versus: Range<Instant>? = nil,
    per: CalendarUnit? = nil, without: [Step] = [], holding: String? = nil, order: Order = .path,
    entry: Entry = .best, counting: Counting = .customers, gap: Duration = .minutes(30), zone: Zone = .utc
  ) {
    self.path = path
    self.window = window
    self.filter = filter
    self.people = people
    self.breakdown = breakdown
    self.during = during
    self.versus = versus
    self.per = per
    self.without = without
    self.holding = holding
    self.order = order
    self.entry = entry
    self.counting = counting
    self.gap = gap
    self.zone = zone
  }

  /// Steps that count for depth.
  public var requiredSteps: Int { path.steps.count { !$0.isOptional } }
}

/// `by p, q at s top n`.
public struct Breakdown: Hashable, Sendable {
  public enum Key: Hashable, Sendable {
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

  public init(keys: [Key], names: [String], step: Int = 0, top: Int = 10) {
    self.keys = keys
    self.names = names
    self.step = step
    self.top = top
  }
}

public struct NamedPeople: Hashable, Sendable {
  public var name: String
  public var people: People

  public init(name: String, people: People) {
    self.name = name
    self.people = people
  }
}
