/// The units of a funnel that one thread found: times by row and, where there are groups or periods, a record per unit, as parallel
/// columns. For completions only, units that did not complete the path have neither.
struct FunnelUnits: Sendable, Codable {
  /// All there are.
  let units: Int
  let unfinished: Int
  /// By row, for each unit in turn that reached it: microseconds since the required row before; none for row 0. Behind
  /// those of the rows stand the times of completed paths, from the first required event to the last; for completions only,
  /// nothing else does.
  let times: [[Int64]]
  /// Parallel to the times: the number of the unit's record. Empty without groups and periods, as all that follows.
  let owners: [[Int32]]
  /// Numbers of those that are unfinished.
  let open: [Int32]
  /// By record: instant of the chain's first event; empty without periods.
  let entered: [Int64]
  /// By record: a node; empty without a breakdown.
  let nodes: [Int32]
  /// By node: the number of its combination of breakdown values.
  var groups: [Int]
}
