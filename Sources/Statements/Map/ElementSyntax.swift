import JourneyModel
import Language

extension Syntax {
  /// A kind of element; label `kind`.
  static let kind: Syntax = .slot("kind", .oneOf(ElementKind.allCases.map(\.rawValue)))

  /// An element of the kind written before it; label `name`.
  static let element: Syntax = .slot("name", .name(.element(nil)))

  /// `[touchpoint] NAME`, where only a touchpoint can be meant; label `name`.
  static let touchpoint: Syntax = .choice([
    ["touchpoint", .slot("name", .name(.element(.touchpoint)))], [.slot("name", .name(.element(.touchpoint)))],
  ])
}
