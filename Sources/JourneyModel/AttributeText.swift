import JourneyTime

extension AttributeValue {
  /// How the figure of `atMost`, and that of every other target, may begin.
  static let (atMost, atLeast) = ("at most ", "at least ")

  /// As files and tables write it, without quotes: `email`, `-2`, `30`, `12%`, `1d12h`, `2025-Q3`, `at most 5%`.
  public var text: String {
    switch self {
    case .text(let text), .date(let text): text
    case .integer(let integer): String(integer)
    case .number(let number): decimal(number, shiftedBy: 0)
    case .share(let share): decimal(share, shiftedBy: 2) + "%"
    case .duration(let microseconds): Duration(microseconds: microseconds).literal
    case .atMost(let figure): Self.atMost + figure.text
    }
  }

  /// As a statement writes it: texts quoted where they must be.
  public var typed: String {
    if case .text(let text) = self { nameLiteral(text) } else { text }
  }
}

extension Attribute {
  /// The values that `texts` are, each as `AttributeValue.text` writes it; throws `valueUnfit` or `valuesTooMany`.
  public func values(reading texts: [String]) throws(MapError) -> [AttributeValue] {
    var read: [AttributeValue] = []
    for text in texts {
      guard let value = value(reading: text) else { throw .valueUnfit(self, found: textLiteral(text)) }
      read.append(value)
    }
    return try values(read)
  }

  private func value(reading text: String) -> AttributeValue? {
    switch content {
    case .text, .names: .text(text)
    case .scale: Int(text).map { .integer($0) }
    case .date: .date(text)
    case .figure where text.hasPrefix(AttributeValue.atMost):
      figure(String(text.dropFirst(AttributeValue.atMost.count))).map { .atMost($0) }
    case .figure where text.hasPrefix(AttributeValue.atLeast):
      figure(String(text.dropFirst(AttributeValue.atLeast.count)))
    case .figure: figure(text)
    }
  }

  private func figure(_ text: String) -> AttributeValue? {
    if text.hasSuffix("%") { return number(text.dropLast(), shiftedBy: -2).map { .share($0) } }
    if let number = number(Substring(text), shiftedBy: 0) { return .number(number) }
    return (try? Duration(literal: text)).map { .duration(microseconds: $0.microseconds) }
  }
}

/// The shortest decimal that reads back as `number`, its point moved `places` to the right, without an exponent.
private func decimal(_ number: Double, shiftedBy places: Int) -> String {
  let written = number.magnitude.description
  let parts = written.split(separator: "e")
  let mantissa = parts[0].split(separator: ".")
  let whole = String(mantissa[0])
  let fraction = mantissa.count > 1 && mantissa[1] != "0" ? String(mantissa[1]) : ""
  let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
  var digits = whole + fraction
  var point = whole.count + exponent + places
  if point <= 0 {
    digits = String(repeating: "0", count: 1 - point) + digits
    point = 1
  }
  if point > digits.count { digits += String(repeating: "0", count: point - digits.count) }
  var before = String(digits.prefix(point).drop { $0 == "0" })
  var after = digits.dropFirst(point)
  while after.last == "0" { after.removeLast() }
  if before.isEmpty { before = "0" }
  return (number < 0 ? "-" : "") + before + (after.isEmpty ? "" : "." + after)
}

/// The number that a plain decimal is, its point moved `places` to the right; nil for anything else, and beyond what a double holds.
private func number(_ text: Substring, shiftedBy places: Int) -> Double? {
  let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text
  let parts = unsigned.split(separator: ".", omittingEmptySubsequences: false)
  guard parts.count <= 2, text.utf8.count <= 400,
    parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } })
  else { return nil }
  guard let value = Double("\(text)e\(places)"), value.isFinite else { return nil }
  return value
}
