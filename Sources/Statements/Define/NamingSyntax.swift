import Language

extension Syntax {
  /// `[as NAME]`: what the thing will be called; label `name`.
  static let named: Syntax = .optional(["as", .slot("name", .name(.new))])

  /// A saved answer; label `result`.
  static let result: Syntax = .slot("result", .variable)
}
