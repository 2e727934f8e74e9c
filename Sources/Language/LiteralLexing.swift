import JourneyTime
import SourceText

// Numbers, percents, durations and dates.

extension Lexer {
  /// The longest run that looks like one literal, then what it is.
  mutating func literal() -> Token.Kind {
    let start = index
    takeRun()
    var text = raw(start..<index)
    if let sign = placeBehindBlanks(), scalars[sign] == "%", sign == index || Self.plainNumber(text[...]) != nil {
      index = sign + 1
      text += "%"
    }
    do throws(LiteralError) {
      let kind = try Self.kind(of: text)
      guard case .duration(let duration) = kind else { return kind }
      return .duration(longest(from: text) ?? duration)
    } catch {
      return wrong(.literalWrong, "'\(shortened(text))' \(error.message)", from: start, hint: error.hint)
    }
  }

  /// Takes what looks like one literal, which `scalar()` begins.
  private mutating func takeRun() {
    let start = index
    index += 1
    while let next = scalar() {
      if next.continuesName {
        index += 1
      } else if (next == "." || next == ":") && scalar(1)?.isDecimalDigit == true {
        index += 1
      } else if next == "-" && scalar(1)?.continuesName == true {
        index += 1
      } else if next == "+" && scalar(1)?.isDecimalDigit == true && scalars[start..<index].contains("T") {
        index += 1
      } else {
        break
      }
    }
  }

  /// Where the next character that is no blank of the line stands; nil at the end of the line.
  private func placeBehindBlanks() -> Int? {
    let place = scalars[index...].firstIndex { $0 == "\n" || !$0.isBlank }
    return place.flatMap { scalars[$0] == "\n" ? nil : $0 }
  }

  /// Takes further parts of a duration that was begun with `text`, as answers show it: `1m 24s`. Nil where none follow.
  private mutating func longest(from text: String) -> Duration? {
    var (written, found): (String, Duration?) = (text, nil)
    while let place = placeBehindBlanks(), place > index, scalars[place].isDecimalDigit {
      let end = index
      index = place
      takeRun()
      written += raw(place..<index)
      guard let longer = try? Duration(literal: written) else {
        index = end
        break
      }
      found = longer
    }
    return found
  }

  private struct LiteralError: Error {
    var message: String
    var hint: String?
  }

  private static func kind(of text: String) throws(LiteralError) -> Token.Kind {
    if text.hasSuffix("%") {
      guard let digits = plainNumber(text.dropLast()) else {
        throw LiteralError(message: "is not a percent", hint: "12%")
      }
      return .percent(try finite(Double(digits + "e-2")))
    }
    if let digits = plainNumber(text[...]) { return .number(try finite(Double(digits))) }
    if let date = CalendarDate(text) { return .date(date) }
    if let duration = try duration(text) { return .duration(duration) }
    if text.utf8.prefix(5).last == UInt8(ascii: "-"), text.utf8.prefix(4).allSatisfy({ (48...57).contains($0) }) {
      throw LiteralError(message: "is not a date", hint: "2025-07-01, 2025-07, 2025-Q3, 2025-W31, 2025-07-01T10:30")
    }
    throw LiteralError(message: "is not a number, duration or date", hint: "12, 12%, 7d, 2025-07-01")
  }

  private static func finite(_ number: Double?) throws(LiteralError) -> Double {
    guard let number, number.isFinite else { throw LiteralError(message: "is too large a number", hint: nil) }
    return number == 0 ? 0 : number
  }

  /// The text without `_` and `+` if it is a sign, digits with `_` between two of them, and a decimal part.
  private static func plainNumber(_ text: Substring) -> String? {
    var bytes = Array(text.utf8)
    var plain: [UInt8] = []
    if bytes.first == UInt8(ascii: "-") {
      plain.append(bytes.removeFirst())
    } else if bytes.first == UInt8(ascii: "+") {
      bytes.removeFirst()
    }
    var (before, points): (UInt8?, Int) = (nil, 0)
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): plain.append(byte)
      case UInt8(ascii: "_"): guard let before, (48...57).contains(before), points == 0 else { return nil }
      case UInt8(ascii: "."):
        guard let before, (48...57).contains(before), points == 0 else { return nil }
        points = 1
        plain.append(byte)
      default: return nil
      }
      before = byte
    }
    guard let before, (48...57).contains(before) else { return nil }
    return String(decoding: plain, as: UTF8.self)
  }

  /// Nil if the text is of another shape than a duration.
  private static func duration(_ text: String) throws(LiteralError) -> Duration? {
    do {
      return try Duration(literal: text)
    } catch {
      switch error {
      case .shape: return nil
      case .unit(let unit, let isAlone): return isAlone ? try unknownUnit(unit) : nil
      case .order: throw LiteralError(message: "is not a duration: longer units stand first", hint: "1d12h")
      case .length:
        throw LiteralError(
          message: "is too long a duration, more than \(Duration.longest.literal), ten thousand years",
          hint: Duration.longest.literal)
      }
    }
  }

  private static func unknownUnit(_ unit: String) throws(LiteralError) -> Duration? {
    guard !unit.isEmpty, unit.utf8.allSatisfy({ (65...122).contains($0) }) else { return nil }
    if ["mo", "month", "months", "y", "year", "years", "M", "Y", "q", "Q"].contains(unit) {
      throw LiteralError(message: "is not a duration: months and years differ in length", hint: "30d, 365d")
    }
    throw LiteralError(message: "is not a duration", hint: "500ms, 90s, 30m, 24h, 7d, 2w, 1d12h")
  }
}
