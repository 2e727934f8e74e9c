import JourneyTime

// Values, durations and dates in canonical form.

extension ValueSyntax {
  package func canonical(avoiding keywords: Set<String> = []) -> String {
    switch content {
    case .number(let number): number.asLiteral
    case .share(let share): share.asPercent
    case .duration(let duration): duration.literal
    case .date(let date): date.description
    case .truth(let truth): truth ? "true" : "false"
    case .name(let name): name.canonical(avoiding: Competing.value.union(keywords))
    case .variable(let name): name.asVariable
    }
  }
}

extension DurationSyntax {
  package var canonical: String {
    switch self {
    case .literal(let duration, _): duration.literal
    case .variable(let name): name.asVariable
    }
  }
}

extension RangeSyntax {
  package var canonical: String {
    switch content {
    case .last(1, let unit, _): "last \(unit.rawValue)"
    case .last(let count, let unit, _): "last \(count) \(unit.rawValue)s"
    case .dates(let first, let second): first.canonical + (second.map { " .. " + $0.canonical } ?? "")
    }
  }
}

extension RangeSyntax.End {
  package var canonical: String {
    switch self {
    case .date(let date): date.description
    case .variable(let name): name.asVariable
    }
  }
}

extension Double {
  /// The shortest decimal number that reads back as this one, without an exponent.
  package var asLiteral: String { shifted(by: 0) }

  /// The percent that reads back as this share: 0.07 is `7%`.
  package var asPercent: String { shifted(by: 2) + "%" }

  /// The shortest decimal digits of a finite number, the point moved `places` to the right.
  private func shifted(by places: Int) -> String {
    var text = magnitude.description
    var exponent = places
    if let mark = text.firstIndex(of: "e") {
      exponent += Int(text[text.index(after: mark)...]) ?? 0
      text = String(text[..<mark])
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    var digits = parts.joined()
    var point = (parts.first?.count ?? 0) + exponent
    if point <= 0 {
      digits = String(repeating: "0", count: 1 - point) + digits
      point = 1
    }
    if point > digits.count { digits += String(repeating: "0", count: point - digits.count) }
    let whole = digits.prefix(point).drop { $0 == "0" }
    var fraction = digits.dropFirst(point)
    while fraction.last == "0" { fraction.removeLast() }
    let number = (whole.isEmpty ? "0" : whole) + (fraction.isEmpty ? "" : "." + fraction)
    return self < 0 ? "-" + number : String(number)
  }
}
