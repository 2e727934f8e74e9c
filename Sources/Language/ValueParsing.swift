import JourneyTime
import SourceText

// Values, durations, dates and ranges.

extension Parser {
  /// The right side of a test, of `assert`, or of an attribute.
  mutating func value(_ names: Names? = nil) throws(Diagnostic) -> ValueSyntax {
    expect(Expectation.value(names))
    let start = index
    let content: ValueSyntax.Content
    switch next.kind {
    case .number(let number): content = .number(number)
    case .percent(let share): content = .share(share)
    case .duration(let duration): content = .duration(duration)
    case .date(let date): content = .date(date)
    case .word where next.keyword == "true": content = .truth(true)
    case .word where next.keyword == "false": content = .truth(false)
    case .word, .string:
      let name = try name(names ?? .valueOf(""))
      return ValueSyntax(content: .name(name), span: name.span)
    case .variable:
      let variable = try variable()
      return ValueSyntax(content: .variable(variable), span: variable.span)
    default: throw failure()
    }
    take(as: .literal)
    return ValueSyntax(content: content, span: span(from: start))
  }

  mutating func duration() throws(Diagnostic) -> DurationSyntax {
    expect(Slot.duration.first(grammar))
    if case .variable = next.kind { return .variable(try variable()) }
    guard case .duration(let duration) = next.kind else { throw failure() }
    return .literal(duration, span: take(as: .literal).span)
  }

  mutating func date() throws(Diagnostic) -> CalendarDate {
    expect(.literal(.date))
    if case .date(let date) = next.kind {
      take(as: .literal)
      return date
    }
    guard let year = next.year else { throw failure() }
    take(as: .literal)
    return .year(year)
  }

  mutating func range() throws(Diagnostic) -> RangeSyntax {
    let start = index
    expect(Slot.range.first(grammar))
    if takes("last") {
      expect(.literal(.wholeNumber))
      var (count, place): (Int, Range<Int>?) = (1, nil)
      if case .number = next.kind {
        place = next.span
        count = try wholeNumber(atLeast: 1)
      }
      let unit = try unit(isPlural: count != 1)
      return RangeSyntax(content: .last(count, unit, count: place), span: span(from: start))
    }
    let first = try end()
    let second = takes(.range) ? try end() : nil
    return RangeSyntax(content: .dates(first, second), span: span(from: start))
  }

  private mutating func end() throws(Diagnostic) -> RangeSyntax.End {
    expect([.literal(.date), .literal(.variable)])
    if case .variable = next.kind { return .variable(try variable()) }
    return .date(try date())
  }

  /// A unit of the calendar in the singular or the plural; `isPlural` says which is offered.
  mutating func unit(isPlural: Bool) throws(Diagnostic) -> CalendarUnit {
    let singular = CalendarUnit.allCases.map(\.rawValue)
    let plural = singular.map { $0 + "s" }
    let word = try oneOf(isPlural ? plural : singular, silent: isPlural ? singular : plural)
    let index = singular.firstIndex(of: word) ?? plural.firstIndex(of: word) ?? 0
    return CalendarUnit.allCases[index]
  }
}
