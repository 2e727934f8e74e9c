import JourneyQuery
import JourneyTime
import Language
import SourceText

extension Resolver {
  /// `within`; nil for `forever`, and where it is left out.
  func window(_ clauses: ClausesSyntax) throws(Diagnostic) -> Duration? {
    try clauses[.within]?.asDuration.map { (length) throws(Diagnostic) in try duration(length) }
  }

  package func duration(_ syntax: DurationSyntax) throws(Diagnostic) -> Duration {
    switch syntax {
    case .literal(let duration, _): return duration
    case .variable(let name):
      let saved = try binding(of: name)
      switch saved.argument {
      case .duration(.literal(let duration, _)): return duration
      case .value(let value):
        if case .duration(let duration) = value.content { return duration }
      default: break
      }
      throw Diagnostic(.variableKind, "$\(name.text) is \(saved.kindPhrase), not a duration", at: name.span)
    }
  }

  /// From the start of the first date to the end of the second; `last n weeks` ends with the unit of the store's last event.
  package func range(_ syntax: RangeSyntax) throws(Diagnostic) -> Range<Instant> {
    switch try written(syntax).content {
    case .last(let count, let unit, let place): return try last(count, unit, place, in: syntax)
    case .dates(let first, let second):
      guard case .date(let from) = first, case .date(let to) = second ?? first,
        case let (start, end) = (from.range(in: vocabulary.zone).lowerBound, to.range(in: vocabulary.zone).upperBound),
        start < end
      else { throw Diagnostic(.rangeReversed, "the range ends before it starts", at: syntax.span) }
      return start..<end
    }
  }

  /// As many units of the calendar right before the range: those that it is written in, days where its ends are of two kinds, the
  /// same length where they are times of day.
  func previous(_ syntax: RangeSyntax) throws(Diagnostic) -> Range<Instant> {
    let (range, zone) = (try range(syntax), vocabulary.zone)
    var unit: CalendarUnit?
    switch try written(syntax).content {
    case .last(_, let written, _): unit = written
    case .dates(let first, let second):
      if case .date(let from) = first, case .date(let to) = second ?? first, let one = from.unit, let other = to.unit {
        unit = one == other ? one : .day
      }
    }
    guard let unit else {
      let length = range.upperBound.microseconds - range.lowerBound.microseconds
      return Instant(microseconds: range.lowerBound.microseconds - length)..<range.lowerBound
    }
    let last = unit.start(of: Instant(microseconds: range.upperBound.microseconds - 1), in: zone)
    let count = unit.count(from: range.lowerBound, through: last, in: zone)
    return unit.start(-count, after: range.lowerBound, in: zone)..<range.lowerBound
  }

  /// So many units up to the store's last event, none before the first date that can be written.
  private func last(
    _ count: Int, _ unit: CalendarUnit, _ place: Range<Int>?, in syntax: RangeSyntax
  ) throws(Diagnostic) -> Range<Instant> {
    guard let last = vocabulary.span?.upperBound else {
      throw Diagnostic(.storeEmpty, "'last' counts from the last event, and no events are loaded", at: syntax.span)
    }
    let zone = vocabulary.zone
    let start = unit.start(of: last, in: zone)
    let most = unit.count(from: CalendarDate.year(1).range(in: zone).lowerBound, through: start, in: zone)
    guard count <= most else {
      throw Diagnostic(
        .rangeTooLong, "the last \(count) \(unit.rawValue)s begin before the year 1, where dates begin",
        at: place ?? syntax.span,
        hint: "last \(most) \(unit.rawValue)\(most == 1 ? "" : "s")")
    }
    return unit.start(1 - count, after: start, in: zone)..<unit.start(1, after: start, in: zone)
  }
}

extension DiagnosticCode {
  package static let rangeReversed = DiagnosticCode(
    "range.reversed", "The second date of a range lies before the first.")
  package static let rangeTooLong = DiagnosticCode(
    "range.too-long", "last reaches back beyond the year 1; the hint is the most that it can.")
  package static let storeEmpty = DiagnosticCode(
    "store.empty", "last 12 weeks counts from the last event, and there is none.")
}
