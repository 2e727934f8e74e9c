import JourneyQuery
import JourneyTime

/// How figures are written for people: `1,234`, `12.3 %`, `2d 4h`, `2025-07-01 10:30`.
enum HumanText {
  /// `-1,234,567`
  static func integer(_ value: Int) -> String {
    grouped(String(value.magnitude), isNegative: value < 0)
  }

  /// One decimal; two significant digits for what is less than that: `12.3 %`, `0.042 %`.
  static func share(_ value: Double) -> String {
    guard value.isFinite else { return String(value) }
    return percent(value) + " %"
  }

  /// A share without its sign.
  static func percent(_ value: Double) -> String { number(value * 100, decimals: 1) }

  /// `0.034`, `< 0.001`; below 0.05 with as many places as say so: `0.0498`.
  static func probability(_ value: Double) -> String {
    guard value >= 0.001 else { return "< 0.001" }
    guard (0.0495..<0.05).contains(value) else { return number(value, decimals: value < 0.1 ? 3 : 2) }
    let places = (4...9).first { (value * powerOfTen($0)).rounded() < 0.05 * powerOfTen($0) }
    return places.map { number(value, decimals: $0) } ?? exactNumber(value)
  }

  /// `decimals` places, two significant digits for a value that is less than the last of them.
  static func number(_ value: Double, decimals: Int) -> String {
    guard value.isFinite, value.magnitude < 1e15 else { return exactNumber(value) }
    let places = value == 0 || (value * powerOfTen(decimals)).magnitude >= 1 ? decimals : significantPlaces(value)
    guard places <= 9 else { return exactNumber(value) }
    let scaled = (value.magnitude * powerOfTen(places)).rounded()
    guard scaled < 9e18 else { return exactNumber(value) }
    let digits = String(UInt64(scaled))
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    let whole = grouped(String(padded.dropLast(places)), isNegative: value < 0 && scaled > 0)
    return places == 0 ? whole : whole + "." + padded.suffix(places)
  }

  /// Decimal places that suit all of a column's numbers: two to five significant digits of the largest, no zeros at every end.
  static func decimals(for values: [Double]) -> Int {
    let largest = values.filter(\.isFinite).map(\.magnitude).max() ?? 0
    var places = largest >= 1_000 ? 1 : largest >= 1 ? 2 : largest > 0 ? min(9, significantPlaces(largest)) : 0
    while places > 0,
      values.allSatisfy({
        !$0.isFinite || (($0 * powerOfTen(places)).rounded()).truncatingRemainder(dividingBy: 10) == 0
      })
    {
      places -= 1
    }
    return places
  }

  /// The two largest units, rounded: `412d`, `2d 4h`, `35m`, `1m 5s`, `1.2s`, `350ms`, `12µs`.
  static func duration(_ value: Duration, micro: String = "µ") -> String {
    let sign = value.microseconds < 0 ? "-" : ""
    let size = value.microseconds.magnitude
    switch size {
    case 0: return "0s"
    case ..<1_000: return "\(sign)\(size)\(micro)s"
    case ..<999_500: return "\(sign)\((size + 500) / 1_000)ms"
    case ..<9_950_000:
      let tenths = (size + 50_000) / 100_000
      return sign + "\(tenths / 10)" + (tenths % 10 == 0 ? "s" : ".\(tenths % 10)s")
    default: break
    }
    let seconds = size / 1_000_000 + (size % 1_000_000 >= 500_000 ? 1 : 0)
    switch seconds {
    case ..<60: return sign + "\(seconds)s"
    case ..<3_600: return sign + pair(seconds / 60, "m", seconds % 60, "s")
    default: break
    }
    let minutes = (seconds + 30) / 60
    if minutes < 1_440 { return sign + pair(minutes / 60, "h", minutes % 60, "m") }
    let hours = (minutes + 30) / 60
    if hours < 2_400 { return sign + pair(hours / 24, "d", hours % 24, "h") }
    return sign + grouped(String((hours + 12) / 24), isNegative: false) + "d"
  }

  /// The shortest digits that read back as the same number, no `.0` on whole ones; `nan`, `inf` as such.
  static func exactNumber(_ value: Double) -> String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  static func truth(_ value: Bool) -> String { value ? "yes" : "no" }

  private static func pair(_ large: UInt64, _ unit: String, _ small: UInt64, _ smallUnit: String) -> String {
    small == 0 ? "\(large)\(unit)" : "\(large)\(unit) \(small)\(smallUnit)"
  }

  private static func grouped(_ digits: String, isNegative: Bool) -> String {
    var text = isNegative ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  private static func powerOfTen(_ exponent: Int) -> Double {
    (0..<max(0, exponent)).reduce(1.0) { product, _ in product * 10 }
  }

  /// Decimal places that show two significant digits of a value under 1.
  private static func significantPlaces(_ value: Double) -> Int {
    var (rest, places) = (value.magnitude, 1)
    while rest < 1, places < 12 {
      rest *= 10
      places += 1
    }
    return places
  }
}
