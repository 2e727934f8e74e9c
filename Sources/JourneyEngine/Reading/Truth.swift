/// The three truth values as numbers, so that `and` is the smaller, `or` the larger, and `not` the mirror image
/// (Kleene's logic).
enum Truth {
  static let no: UInt8 = 0
  static let unknown: UInt8 = 1
  static let yes: UInt8 = 2

  static func of(_ holds: Bool) -> UInt8 { holds ? yes : no }
}
