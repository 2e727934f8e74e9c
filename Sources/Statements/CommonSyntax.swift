import Interchange
import JourneyModel
import JourneyQuery
import Language

// Parts that several forms share.

extension Syntax {
  /// `[as NAME]`: what the thing will be called; label `name`.
  static let named: Syntax = .optional(["as", .slot("name", .name(.new))])

  /// A kind of element; label `kind`.
  static let kind: Syntax = .slot("kind", .oneOf(ElementKind.allCases.map(\.rawValue)))

  /// An element of the kind written before it; label `name`.
  static let element: Syntax = .slot("name", .name(.element(nil)))

  /// `[touchpoint] NAME`, where only a touchpoint can be meant; label `name`.
  static let touchpoint: Syntax = .choice([
    ["touchpoint", .slot("name", .name(.element(.touchpoint)))], [.slot("name", .name(.element(.touchpoint)))],
  ])

  /// A saved answer; label `result`.
  static let result: Syntax = .slot("result", .variable)

  /// `[lost] at SPOT`; labels `lost`, `at`, `spot`.
  static let reached: Syntax = .optional([
    .choice([["lost", "at", .slot("spot", .spot)], ["at", .slot("spot", .spot)]])
  ])

  /// `[where CONDITION] [for PEOPLE] [with PROPERTY, PROPERTY …]`; labels `condition`, `people`, `property`.
  static let partsOfPeople: Syntax = .repeated([
    .choice([
      ["where", .slot("condition", .condition)], ["for", .slot("people", .people)],
      [
        "with", .slot("property", .name(.property)),
        .repeated([.symbol(.comma), .slot("property", .name(.property))]),
      ],
    ])
  ])

  /// `to FILE [as FORMAT]`; labels `file`, `format`.
  static let exported: Syntax = .choice([
    ["to", .slot("file", .file), .optional(["as", .slot("format", .oneOf(FileFormat.all.map(\.name)))])]
  ])

  /// Which column of a file of events is what; labels `role` and `column`, in pairs.
  static let eventRoles: Syntax = .repeated([
    .slot("role", .oneOf(EventRole.allCases.map(\.rawValue))), .slot("column", .column),
  ])
}

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
