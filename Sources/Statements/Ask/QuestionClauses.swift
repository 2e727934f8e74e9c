import JourneyQuery
import Language

extension Clause {
  /// What steps are named by.
  static let naming = Clause.using.taking(
    "What steps are named by: touchpoints, stages or events. Unless said otherwise: touchpoints, where the map has any.",
    .oneOf(Naming.Basis.allCases.map(\.rawValue)))
}

extension [Clause] {
  /// Of questions about a path.
  static let ofPaths: [Clause] = [
    .within, .order, .entry, .counting, .gap, .without, .holding, .where, .for, .by, .at, .during, .vs, .per, .sort,
    .top,
    .as,
  ]

  /// Of questions about events as they come.
  static let ofEvents: [Clause] = [.where, .for, .by, .during, .vs, .per, .sort, .top, .as]
}
