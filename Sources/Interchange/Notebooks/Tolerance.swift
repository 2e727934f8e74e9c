/// How far a figure may be from the recorded one.
package enum Tolerance: Sendable, Hashable {
  /// Not at all.
  case none
  /// So much of the recorded figure.
  case relative(Double)
  /// Percentage points, of shares.
  case points(Double)
  case absolute(Double)

  /// `0.5%`, `2pt` or `3`.
  init?(_ text: String) {
    func number(_ text: Substring) -> Double? { Double(text).flatMap { $0 >= 0 && $0.isFinite ? $0 : nil } }
    if text.hasSuffix("%"), let value = number(text.dropLast()) {
      self = .relative(value / 100)
    } else if text.hasSuffix("pt"), let value = number(text.dropLast(2)) {
      self = .points(value)
    } else if let value = number(text[...]) {
      self = .absolute(value)
    } else {
      return nil
    }
  }

  /// Whether a figure is near enough; `isShare` where it is a share, 0.12 for 12 %.
  package func allows(_ found: Double, for recorded: Double, isShare: Bool) -> Bool {
    if found == recorded { return true }
    // What one rounding takes from a limit is no difference.
    let room =
      switch self {
      case .none: 0.0
      case .relative(let part): part * abs(recorded)
      case .points(let points): isShare ? points / 100 : 0
      case .absolute(let limit): limit
      }
    return abs(found - recorded) <= room * (1 + 1e-12)
  }
}
