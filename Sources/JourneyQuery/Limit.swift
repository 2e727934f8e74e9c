/// What a question is too large for.
public enum Limit: Hashable, Sendable, Codable {
  /// So many steps of a path at most, and of one in any order.
  case steps(Int)
  case stepsInAnyOrder(Int)
  /// So many stages of a map at most, for its figures.
  case stages(Int)
  /// So many calendar units of `per` at most.
  case units(Int)
  /// So many rows of groups and units at most, and so many cells of cohort and unit.
  case rows(Int)
  case cells(Int)
  /// So many rows of `list` at most.
  case listed(Int)
  /// Dates in these years, for calendar units, and for days and hours of events.
  case yearsOfUnits(ClosedRange<Int>)
  case yearsOfClocks(ClosedRange<Int>)
  /// So many values of a property at most, for the chain of their order.
  case values(Int, of: String)
  /// The largest number, for the sum of the values of a property.
  case sum(property: String)
}
