/// `value of p`: what customers bring. A customer's value is the sum of a number property over their events that have it; `during` bounds all
/// events. Groups and calendar units are read at each event: a customer may have a value in several.
public struct ValueQuery: Query {
  /// A number property of the store by its exact name; any other is missing everywhere.
  public var property: String
  public var scope: Scope
  public var split: Split

  public init(property: String, scope: Scope = Scope(), split: Split = Split()) {
    self.property = property
    self.scope = scope
    self.split = split
  }

  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> ValueReport {
    try executor.value(self, run)
  }
}

public struct ValueFigures: Hashable, Sendable, Codable {
  /// Customers with an event that has the property; the figures below are over these.
  public var customers: Int
  /// The exact sum of all values, rounded once; so is what each customer brings.
  public var total: Double
  /// Per customer; nil without customers. Quantiles are by the R-7 rule.
  public var mean: Double?
  public var median: Double?
  /// The ninth decile.
  public var p90: Double?

  public init(
    customers: Int = 0, total: Double = 0, mean: Double? = nil, median: Double? = nil, p90: Double? = nil
  ) {
    self.customers = customers
    self.total = total
    self.mean = mean
    self.median = median
    self.p90 = p90
  }
}

/// Groups are sorted by total.
public typealias ValueReport = Cut<ValueFigures>
