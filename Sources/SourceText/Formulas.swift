/// What is done about cells of CSV and TSV that a spreadsheet would run as formulas.
///
/// A spreadsheet takes a cell for a formula that begins with `=`, `+`, `-` or `@` (or one of their wide forms), be it behind tabs and line
/// breaks, and is no number: OWASP's "CSV Injection". Who can put a name into the data could so have it compute, or fetch an address, where
/// somebody opens the export.
package enum Formulas: String, CaseIterable, Sendable {
  /// Data stay data.
  case plain
  /// Each such cell has an apostrophe in front, which makes it text.
  case safe

  package static func isFormula(_ cell: some Collection<UInt8>) -> Bool {
    let rest = cell.drop { [0x09, 0x0A, 0x0D].contains($0) }
    switch rest.first {
    case UInt8(ascii: "="), UInt8(ascii: "@"): return true
    case UInt8(ascii: "+"), UInt8(ascii: "-"): return !isNumber(rest.dropFirst())
    // U+FF1D, U+FF0B, U+FF0D, U+FF20
    case 0xEF:
      return [[0xBC, 0x9D], [0xBC, 0x8B], [0xBC, 0x8D], [0xBC, 0xA0]].contains(Array(rest.dropFirst().prefix(2)))
    default: return false
    }
  }

  /// The cell as it is written, before it is quoted.
  package func written(_ cell: String) -> String { self == .safe && Self.isFormula(cell.utf8) ? "'" + cell : cell }

  /// Digits, maybe with a fraction and an exponent.
  private static func isNumber(_ text: some Collection<UInt8>) -> Bool {
    let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
    let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 | 0x20 == UInt8(ascii: "e") }
    let places = parts[0].split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard places.allSatisfy({ $0.allSatisfy(isDigit) }), places.contains(where: { !$0.isEmpty }) else { return false }
    guard parts.count == 2 else { return true }
    let exponent = parts[1].drop { [UInt8(ascii: "+"), UInt8(ascii: "-")].contains($0) }
    return !exponent.isEmpty && exponent.allSatisfy(isDigit)
  }
}
