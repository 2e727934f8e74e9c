/// `value of p`: what customers bring. A customer's value is the sum of a number property over their events that have it; of events
/// each by itself, what it has. `during` bounds all events. Groups and calendar units are read at each event: a customer may have a value in several.
public struct ValueQuery: Query {
  /// The property that is asked where none is named.
  public static let standard = "revenue"

  /// A number property of the store by its exact name; any other is missing everywhere.
  public var property: String
  public var counting: Counting
  public var scope: Scope
  public var split: Split

  /// What has one value.
  public enum Counting: String, CaseIterable, Hashable, Sendable, Codable { case customers, events }

  public init(
    property: String, counting: Counting = .customers, scope: Scope = Scope(), split: Split = Split()
  ) {
    self.property = property
    self.counting = counting
    self.scope = scope
    self.split = split
  }

  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> ValueReport {
    try executor.value(self, run)
  }
}

public struct ValueFigures: Hashable, Sendable, Codable {
  /// Customers with an event that has the property, or these events; the figures below are over these.
  public var counted: Int
  /// The exact sum of all values, rounded once; so is what each customer brings.
  public var total: Double
  /// Of the values; nil without any. Quantiles are by the R-7 rule.
  public var mean: Double?
  public var least: Double?
  public var median: Double?
  /// The ninth decile.
  public var p90: Double?
  public var most: Double?
  /// The sum of the squared deviations from the mean, by one less than there are values; nil of fewer than two, and beyond the largest number.
  public var variance: Double?

  public init(
    counted: Int = 0, total: Double = 0, mean: Double? = nil, least: Double? = nil, median: Double? = nil,
    p90: Double? = nil, most: Double? = nil, variance: Double? = nil
  ) {
    self.counted = counted
    self.total = total
    (self.mean, self.least, self.median, self.p90, self.most) = (mean, least, median, p90, most)
    self.variance = variance
  }
}

/// Groups are sorted by total.
public typealias ValueReport = Cut<ValueFigures>
