import JourneyTime

/// `attribute GOAL to PROPERTY`: what leads customers to a goal.
///
/// A *conversion* is an event that matches the goal, in `during`. Its *path* is the values of the property at the customer's events behind the
/// goal event before it, if there is one, and before itself, at most `within` back (an event exactly so far back is on it). Events without a
/// value are passed over; the same value several times in a row is one *touch*, dated by the last of its events. A conversion without a touch is
/// *direct*. What a customer did behind their last goal event, or at all without one, is a path that is *lost*, if it has a touch: it ends
/// with their last event, which lies in `during`, and reaches as far back from there. Each model divides every conversion that is not direct
/// among the touches of its path; credits and direct conversions sum to all conversions.
public struct AttributionQuery: Query {
  public enum Model: String, CaseIterable, Hashable, Sendable, Codable {
    /// All of it to the first touch; to the last.
    case first, last
    /// To every touch alike.
    case linear
    /// 40 % to the first touch and 40 % to the last, the rest to those between alike; half to each of two.
    case position
    /// To a touch twice as much as to one that is a half-life older.
    case decay
    /// To every value by its removal effect in the chain of first order that all paths make, those that are lost, too.
    case markov
    /// To every value by the game in which a set of values wins the conversions that have no other value.
    case shapley
  }

  public static let defaultWindow = Duration.days(30)
  public static let halfLife = Duration.days(7)

  public var goal: Step
  /// By its exact name; missing everywhere where the store has none.
  public var property: String
  /// As the table heads its column.
  public var heading: String
  /// A number property that says what a conversion is worth, by its exact name; nil where nothing does.
  public var worth: String?
  /// In the order to show.
  public var models: [Model]
  /// Nil is `forever`.
  public var window: Duration?
  /// How many values, and how many paths, have rows of their own.
  public var top: Int
  public var scope: Scope

  public init(
    goal: Step, property: String, heading: String? = nil, worth: String? = nil, models: [Model] = Model.allCases,
    window: Duration? = Self.defaultWindow, top: Int = 10, scope: Scope = Scope()
  ) {
    (self.goal, self.property, self.heading, self.worth) = (goal, property, heading ?? property, worth)
    (self.models, self.window, self.top, self.scope) = (models, window, top, scope)
  }

  /// Throws `limit` for more values than a Markov chain may have, where that is asked, and for a sum beyond the largest number.
  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> AttributionReport {
    try executor.attribution(self, run)
  }
}

public struct AttributionReport: Hashable, Sendable, Codable {
  public struct Credit: Hashable, Sendable, Codable {
    public var conversions: Double
    /// Of what these conversions are worth; 0 where nothing says that.
    public var worth: Double

    public init(conversions: Double = 0, worth: Double = 0) {
      (self.conversions, self.worth) = (conversions, worth)
    }
  }

  public struct Touched: Hashable, Sendable, Codable {
    public var value: String
    /// Conversions whose path has it, and lost paths that do.
    public var conversions: Int
    public var lost: Int
    /// Parallel to the models of the query.
    public var credits: [Credit]

    public init(value: String, conversions: Int, lost: Int, credits: [Credit]) {
      (self.value, self.conversions, self.lost, self.credits) = (value, conversions, lost, credits)
    }
  }

  public struct Path: Hashable, Sendable, Codable {
    /// At least one.
    public var values: [String]
    public var conversions: Int
    public var lost: Int
    public var worth: Double

    public init(values: [String], conversions: Int, lost: Int, worth: Double) {
      (self.values, self.conversions, self.lost, self.worth) = (values, conversions, lost, worth)
    }
  }

  /// All values that any path has, those that most conversions have first, equal ones by value (UTF-8 bytes).
  public var values: [Touched]
  public var direct: Credit
  public var conversions: Int
  /// Customers with a conversion.
  public var customers: Int
  public var worth: Double
  /// Those that most conversions have, equal ones by fewer lost and then by values; `top` at most, none that only loses.
  public var paths: [Path]
  /// Different paths that have conversions, and lost ones in all.
  public var distinct: Int
  public var lost: Int
  public var basis: Basis

  public init(
    values: [Touched] = [], direct: Credit = Credit(), conversions: Int = 0, customers: Int = 0, worth: Double = 0,
    paths: [Path] = [], distinct: Int = 0, lost: Int = 0, basis: Basis = Basis()
  ) {
    (self.values, self.direct, self.conversions, self.customers) = (values, direct, conversions, customers)
    (self.worth, self.paths, self.distinct, self.lost, self.basis) = (worth, paths, distinct, lost, basis)
  }
}
