import JourneyQuery
import JourneyTime
import Language
import SourceText

extension Resolver {
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
      throw Diagnostic("variable.kind", "$\(name.text) is \(saved.kindPhrase), not a duration", at: name.span)
    }
  }

  /// Nil is `forever`.
  func window(_ syntax: WindowSyntax) throws(Diagnostic) -> Duration? {
    switch syntax {
    case .forever: nil
    case .duration(let length): try duration(length)
    }
  }

  /// From the start of the first date to the end of the second; `last n weeks` ends with the unit of the store's last event.
  package func range(_ syntax: RangeSyntax) throws(Diagnostic) -> Range<Instant> {
    switch syntax.content {
    case .last(let count, let unit, let place): return try last(count, unit, place, in: syntax)
    case .dates(let first, let second):
      let from = try range(first, in: syntax)
      let to = try second.map { (end) throws(Diagnostic) in try range(end, in: syntax) } ?? from
      guard from.lowerBound < to.upperBound else {
        throw Diagnostic("range.reversed", "the range ends before it starts", at: syntax.span)
      }
      return from.lowerBound..<to.upperBound
    }
  }

  /// So many units up to the store's last event, none before the first date that can be written.
  private func last(
    _ count: Int, _ unit: CalendarUnit, _ place: Range<Int>?, in syntax: RangeSyntax
  ) throws(Diagnostic) -> Range<Instant> {
    guard let last = vocabulary.span?.upperBound else {
      throw Diagnostic("store.empty", "'last' counts from the last event, and no events are loaded", at: syntax.span)
    }
    let zone = vocabulary.zone
    let start = unit.start(of: last, in: zone)
    let most = unit.count(from: CalendarDate.year(1).range(in: zone).lowerBound, through: start, in: zone)
    guard count <= most else {
      throw Diagnostic(
        "range.too-long", "the last \(count) \(unit.rawValue)s begin before the year 1, where dates begin",
        at: place ?? syntax.span,
        hint: "last \(most) \(unit.rawValue)\(most == 1 ? "" : "s")")
    }
    return unit.start(1 - count, after: start, in: zone)..<unit.start(1, after: start, in: zone)
  }

  private func range(_ end: RangeSyntax.End, in syntax: RangeSyntax) throws(Diagnostic) -> Range<Instant> {
    switch end {
    case .date(let date): return date.range(in: vocabulary.zone)
    case .variable(let name):
      let saved = try binding(of: name)
      switch saved.argument {
      case .range(let range):
        do {
          return try inside(name.text, at: name.span).range(range)
        } catch {
          throw error.inDefinition(of: "$" + name.text, at: name.span)
        }
      case .value(let value):
        if case .date(let date) = value.content { return date.range(in: vocabulary.zone) }
      default: break
      }
      throw Diagnostic("variable.kind", "$\(name.text) is \(saved.kindPhrase), not a date or a range", at: name.span)
    }
  }
}
