// Durations as people write them.

extension Duration {
  /// The units of a literal, longest first, each with its length in microseconds.
  public static let units: [(suffix: String, microseconds: Int64)] = [
    ("w", 604_800_000_000), ("d", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000),
    ("s", 1_000_000), ("ms", 1_000),
  ]

  /// The longest that a literal may be: ten thousand years of the calendar.
  public static let longest = Duration.days(3_652_425)

  /// Why a text is no duration.
  public enum LiteralFault: Error, Hashable, Sendable {
    /// It is something else.
    case shape
    /// A unit that there is not, behind one count or behind several.
    case unit(String, isAlone: Bool)
    /// A longer unit behind a shorter one, or the same again.
    case order
    /// More than `longest`.
    case length
  }

  /// Reads `1d12h`: counts with units, longest unit first, each at most once; the last may have decimals, as in `1.2s`,
  /// which are rounded to milliseconds.
  public init(literal text: String) throws(LiteralFault) {
    var rest = Array(text.utf8)[...]
    var (total, largest): (Int64, Int64) = (0, .max)
    guard !rest.isEmpty else { throw .shape }
    while !rest.isEmpty {
      let digits = rest.prefix { (48...57).contains($0) }
      rest = rest.dropFirst(digits.count)
      let decimals = rest.first == UInt8(ascii: ".") ? rest.dropFirst().prefix { (48...57).contains($0) } : []
      if !decimals.isEmpty { rest = rest.dropFirst(1 + decimals.count) }
      let letters = rest.prefix { !(48...57).contains($0) }
      rest = rest.dropFirst(letters.count)
      guard !digits.isEmpty, decimals.isEmpty || rest.isEmpty else { throw .shape }
      let suffix = String(decoding: letters, as: UTF8.self)
      guard let unit = Self.units.first(where: { $0.suffix == suffix }) else {
        throw .unit(suffix, isAlone: rest.isEmpty && largest == .max)
      }
      guard unit.microseconds < largest else { throw .order }
      // A count with more digits than a number holds is too long in every unit.
      let count = Int64(String(decoding: digits, as: UTF8.self)) ?? .max
      total = total.addingHeld(count.multipliedHeld(by: unit.microseconds))
      if let part = Double("0." + String(decoding: decimals, as: UTF8.self)) {
        total = total.addingHeld(Int64((Double(unit.microseconds) / 1_000 * part).rounded()) * 1_000)
      }
      largest = unit.microseconds
    }
    guard total <= Self.longest.microseconds else { throw .length }
    self.init(microseconds: total)
  }

  /// The literal that reads back as this duration: `7d`, `1d12h`, `90s` as `1m30s`. Weeks are written as days;
  /// what is finer than a millisecond is dropped.
  public var literal: String {
    var rest = microseconds.magnitude
    var text = microseconds < 0 ? "-" : ""
    for (suffix, size) in Self.units.dropFirst() {
      let count = rest / UInt64(size)
      rest %= UInt64(size)
      if count > 0 { text += "\(count)\(suffix)" }
    }
    return text.isEmpty || text == "-" ? "0s" : text
  }
}
