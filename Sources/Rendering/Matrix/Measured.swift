import JourneyModel

/// What the question of a kpi, goal or win came to, and whether that is as it was meant to be.
package struct Measured: Hashable, Sendable {
  /// Missing where the question has no figure.
  package let value: Cell
  /// Nil without a target, and where the two cannot be compared.
  package let isMet: Bool?
  /// How many may still complete what they began, so that it may yet rise.
  package let unfinished: Int
  /// Why it was not measured, in words; nil where it was.
  package let fault: String?

  package init(_ value: Cell, isMet: Bool?, unfinished: Int = 0) {
    (self.value, self.isMet, self.unfinished, fault) = (value, isMet, unfinished, nil)
  }

  package init(fault: String) {
    (value, isMet, unfinished, self.fault) = (.missing, nil, 0, fault)
  }

  /// `now 38.2 %, missed`
  var text: String {
    if let fault { return "not measured: \(fault)" }
    if value == .missing { return "now –" }
    return "now \(value.text())" + (verdict.map { ", \($0)" } ?? "")
  }

  /// `met` or `missed`.
  var verdict: String? { isMet.map { $0 ? "met" : "missed" } }
}
