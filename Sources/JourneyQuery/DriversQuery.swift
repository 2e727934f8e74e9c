import JourneyTime

/// `drivers of funnel PATH`: who is behind a change of its conversion, or, without a second period, who converts.
///
/// Each property is read at the first event of every customer, entry or session that the funnel counts; what is missing is a value too. A property
/// with more than `mostValues` values there, in both periods together, is left out, and so is one of which all have the same value.
///
/// Of two periods every value has its *share* w of those who entered and its rate r in both, and two effects on the change of the whole rate R, bars
/// being the means of both periods (E. Kitagawa, "Components of a Difference Between Two Rates", 1955): the *rate effect* w̄ · Δr, for what its own rate
/// did, and the *mix effect* Δw · (r̄ − R̄), for its having become more or less common. Over the values of a property they sum to ΔR. Where nobody has the
/// value in one period, its rate there is taken for that of the other.
///
/// Of one period a value is held against those who have another or none; and beside values stand the *other events* that happened between the first
/// event and the last required one of a chain that is complete, else as long as the window of the first event, the journey and the session go on, in canonical
/// order: those that `where` keeps, that match no step of the path, and that `without` does not name.
public struct DriversQuery: Query {
  /// Values of a property, and names of other events, that are looked at.
  public static let mostValues = 200
  /// Each of two groups that are told apart has so many.
  public static let leastEntered = 30

  /// Of at least two required steps; its split is of no meaning here.
  public var funnel: FunnelQuery
  /// The dates that those of the funnel's scope are held against; nil asks who converts.
  public var versus: Range<Instant>?
  /// By their exact names, of the store or among the scope's builtins; each once.
  public var properties: [String]
  /// How many values, and how many events, have rows.
  public var top: Int

  public init(funnel: FunnelQuery, versus: Range<Instant>? = nil, properties: [String], top: Int = 10) {
    (self.funnel, self.versus, self.properties, self.top) = (funnel, versus, properties, top)
  }

  public var scope: Scope {
    get { funnel.scope }
    set { funnel.scope = newValue }
  }

  /// Throws `limit` as a funnel does.
  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> DriversReport {
    try executor.drivers(self, run)
  }
}

public struct DriversReport: Hashable, Sendable, Codable {
  /// Of the customers, entries or sessions that took the first step, how many took all.
  public struct Rate: Hashable, Sendable, Codable {
    public var converted: Int
    public var entered: Int

    public init(_ converted: Int = 0, of entered: Int = 0) {
      (self.converted, self.entered) = (converted, entered)
    }

    /// Nil of nobody.
    public var share: Double? { entered > 0 ? Double(converted) / Double(entered) : nil }
  }

  /// All that entered in one period.
  public struct Whole: Hashable, Sendable, Codable {
    public var rate: Rate
    /// Not completed, and may still be: see `FunnelFigures.unfinished`.
    public var unfinished: Int

    public init(_ rate: Rate = Rate(), unfinished: Int = 0) {
      (self.rate, self.unfinished) = (rate, unfinished)
    }
  }

  /// Some of those that entered, and what they have to do with the whole rate.
  public struct Driver: Hashable, Sendable, Codable {
    public enum Subject: Hashable, Sendable, Codable {
      /// Nil is `(none)`.
      case value(String?, of: String)
      case event(String)
    }
    public var subject: Subject
    /// Of those with it.
    public var rate: Rate
    /// Of two periods, of those with it in the other one; else of those without it.
    public var other: Rate
    /// Of two periods, what they add to the change of the whole rate; else by how much the whole rate is more than if those with it converted like
    /// all do: w · (r − R).
    public var effect: Double
    /// Of two periods, what the effect is the sum of.
    public var rateEffect: Double?
    public var mixEffect: Double?
    /// How likely two rates that are alike are told so far apart, as one of so many tests (Benjamini and Hochberg); nil where one of the two is of too few.
    public var p: Double?

    public init(
      _ subject: Subject, _ rate: Rate, against other: Rate, effect: Double, rateEffect: Double? = nil,
      mixEffect: Double? = nil, p: Double? = nil
    ) {
      (self.subject, self.rate, self.other, self.effect) = (subject, rate, other, effect)
      (self.rateEffect, self.mixEffect, self.p) = (rateEffect, mixEffect, p)
    }

    /// Whether the two rates are told apart: of all that are, 5 in 100 should not be, on average.
    public var isToldApart: Bool { p.map { $0 <= 0.05 } ?? false }
  }

  /// Of `during`, and of `vs`; one or two.
  public var wholes: [Whole]
  /// The largest effect first, to whichever side; equal ones (to 12 digits) by how many have it, then as the properties of the query, then by value (UTF-8
  /// bytes, missing last). All there are; none where nobody entered in some period.
  public var values: [Driver]
  /// In the same order, by name. Of one period alone.
  public var events: [Driver]
  /// Left out, in the order of the query: of too many values, of the same value throughout.
  public var tooMany: [String]
  public var alike: [String]
  /// Whether there were too many names of other events.
  public var hasTooManyEvents: Bool
  public var basis: Basis

  public init(
    wholes: [Whole], values: [Driver] = [], events: [Driver] = [], tooMany: [String] = [], alike: [String] = [],
    hasTooManyEvents: Bool = false, basis: Basis = Basis()
  ) {
    (self.wholes, self.values, self.events) = (wholes, values, events)
    (self.tooMany, self.alike, self.hasTooManyEvents, self.basis) = (tooMany, alike, hasTooManyEvents, basis)
  }

  /// All that is shown to have something to do with it, values and events.
  public var drivers: [Driver] { values + events }
}
