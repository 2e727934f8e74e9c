import EventStore
import JourneyTime

/// Text in the making, as bytes: cells of delimited files and values of JSON.
struct CellWriter {
  private(set) var bytes: [UInt8] = []
  /// The day written last, and its ten letters: events of one journey are near each other.
  private var day: (number: Int64, text: [UInt8]) = (.min, [])

  mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func append(_ text: ArraySlice<UInt8>) { bytes.append(contentsOf: text) }

  mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// The shortest decimal form that reads back as the same number; without a point if it is whole and at most 2⁵³.
  mutating func append(number: Double) {
    if number.magnitude <= 0x1p53, number == number.rounded() {
      if number == 0, number.sign == .minus { append(UInt8(ascii: "-")) }
      append(whole: Int64(number))
    } else if number.magnitude < 1e13, (number * 100).rounded() / 100 == number {
      // At most 15 digits, so that no shorter decimal reads as this number (IEEE 754 keeps 15 digits).
      append(hundredths: Int64((number * 100).rounded()))
    } else {
      append(number.description)
    }
  }

  /// ISO 8601 in UTC, with as many digits of a fraction as there are: what `Instant.iso` gives.
  mutating func append(instant microseconds: Int64) {
    let perDay: Int64 = 86_400_000_000
    var (number, rest) = microseconds.quotientAndRemainder(dividingBy: perDay)
    if rest < 0 { (number, rest) = (number - 1, rest + perDay) }
    if number != day.number { day = (number, Array("\(CivilDate(daysSince1970: Int(number)))T".utf8)) }
    bytes.append(contentsOf: day.text)
    let seconds = Int(rest / 1_000_000)
    append(twoDigits: seconds / 3_600)
    append(UInt8(ascii: ":"))
    append(twoDigits: seconds / 60 % 60)
    append(UInt8(ascii: ":"))
    append(twoDigits: seconds % 60)
    var fraction = Int(rest % 1_000_000)
    if fraction > 0 {
      append(UInt8(ascii: "."))
      var unit = 100_000
      while fraction > 0 {
        append(UInt8(truncatingIfNeeded: 48 + fraction / unit))
        (fraction, unit) = (fraction % unit, unit / 10)
      }
    }
    append(UInt8(ascii: "Z"))
  }

  /// `text` as a cell of a table with this sign between cells: quoted where RFC 4180 asks for it, and where blanks at
  /// its ends belong to it.
  mutating func append(cell text: some Collection<UInt8>, delimiter: UInt8) {
    guard Self.needsQuotes(text, delimiter) else { return bytes.append(contentsOf: text) }
    append(UInt8(ascii: "\""))
    for byte in text {
      if byte == UInt8(ascii: "\"") { append(byte) }
      append(byte)
    }
    append(UInt8(ascii: "\""))
  }

  private static func needsQuotes(_ text: some Collection<UInt8>, _ delimiter: UInt8) -> Bool {
    var (last, isFirst) = (UInt8(0), true)
    for byte in text {
      switch byte {
      case delimiter, UInt8(ascii: "\""), 0x0A, 0x0D: return true
      case 0x20, 0x09: if isFirst { return true }
      default: break
      }
      (last, isFirst) = (byte, false)
    }
    return last == 0x20 || last == 0x09
  }

  /// `text` as a string of JSON (RFC 8259).
  mutating func append(json text: some Collection<UInt8>) {
    append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        append(UInt8(ascii: "\\"))
        append(byte)
      case 0x0A: append("\\n")
      case 0..<0x20:
        append("\\u00")
        append(Self.hexDigits[Int(byte >> 4)])
        append(Self.hexDigits[Int(byte & 15)])
      default: append(byte)
      }
    }
    append(UInt8(ascii: "\""))
  }

  private static let hexDigits = Array("0123456789abcdef".utf8)

  private mutating func append(whole number: Int64) {
    if number < 0 { append(UInt8(ascii: "-")) }
    append(digits: number.magnitude)
  }

  private mutating func append(hundredths number: Int64) {
    if number < 0 { append(UInt8(ascii: "-")) }
    append(digits: number.magnitude / 100)
    append(UInt8(ascii: "."))
    let rest = Int(number.magnitude % 100)
    if rest % 10 == 0 { append(UInt8(truncatingIfNeeded: 48 + rest / 10)) } else { append(twoDigits: rest) }
  }

  private mutating func append(digits number: UInt64) {
    if number >= 10 { append(digits: number / 10) }
    append(UInt8(truncatingIfNeeded: 48 + number % 10))
  }

  private mutating func append(twoDigits number: Int) {
    append(UInt8(truncatingIfNeeded: 48 + number / 10))
    append(UInt8(truncatingIfNeeded: 48 + number % 10))
  }
}
