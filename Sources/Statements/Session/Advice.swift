import JourneyQuery
import JourneyTime
import Language
import SourceText

/// What to type instead of a statement that cannot be read, where names, dates of the data and habits say more than the grammar.
struct Advice {
  let completer: Completer
  let text: String

  /// The same error with the best hint there is.
  func on(_ error: Diagnostic) -> Diagnostic {
    guard let span = error.span, let stop = Forms.grammar.stop(in: text) else { return dated(error) }
    if let hint = habit(error) { return error.with(hint) }
    if let form = [stop.form, stop.innerForm].first(where: { !$0.isEmpty && Forms.statement(named: $0) == nil }) {
      return .notYet(form, at: stop.before.first?.span ?? span)
    }
    if error.code == .statementLeftOver, text.isIndented(at: span.lowerBound) {
      return error.with(
        "a line that is indented deeper goes on with the statement before it: begin this one further left")
    }
    if error.code == .statementUnknown, word(at: span).flatMap(Clause.init) != nil {
      return error.with("end the line before with \\ to go on in the next")
    }
    if let hint = earlier(stop, error) { return error.with(hint) }
    if let name = spacedName(stop) {
      var copy = error.with(name.text.writtenAsName())
      copy.span = name.span
      return copy
    }
    if let hint = clause(stop, error) ?? literal(stop, error) ?? word(stop, error) { return error.with(hint) }
    return dated(naming(error, stop))
  }

  /// The same for a statement that can be read and not answered.
  func on(meaningOf parsed: ParsedStatement, _ error: Diagnostic) -> Diagnostic {
    guard error.source == nil else { return error }
    switch error.code {
    case .stepUnknown where parsed.form == FunnelStatement.form.name:
      guard let written = error.span.flatMap(word), nearest(to: written, among: ["stages"]) != nil else { return error }
      return completer.vocabulary?.map == nil ? error : error.with("funnel stages")
    case .eventsUnknown where parsed.form == DescribeStatement.form.name: return error.with(error.hint ?? "describe")
    case .propertyUnknown where Forms.grammar.form(named: parsed.form)?.clauses?.contains(.during) == true:
      return error.span.flatMap(time).map(error.with) ?? error
    case .peopleUnknown where error.hint == nil: return error.span.flatMap(value).map(error.with) ?? error
    case .clauseNeeds, .testKind: return dated(error)
    case .mapValuesMany: return error.span.flatMap(number).map(error.with) ?? error
    default: return error
    }
  }

  /// A number that was written with its thousands apart, as `12,430`.
  private func number(at span: Range<Int>) -> String? {
    let written = String(decoding: Array(text.utf8)[span.clamped(to: 0..<text.utf8.count)], as: UTF8.self)
    let groups = (written.split(separator: " ").last ?? "").split(separator: ",", omittingEmptySubsequences: false)
    let isNumber = groups.enumerated().allSatisfy { index, group in
      let digits = index + 1 == groups.count ? group.prefix { $0 != "." } : group
      return digits.utf8.allSatisfy { (48...57).contains($0) }
        && (index == 0 ? 1...3 : 3...3).contains(digits.utf8.count)
    }
    return isNumber && groups.count > 1 ? groups.joined() : nil
  }

  /// What names at `span` that mean the time of an event are written as.
  private func time(at span: Range<Int>) -> String? {
    let tokens = Lexer.tokens(of: text)
    guard let index = tokens.firstIndex(where: { $0.span == span }), let name = tokens[index].keyword,
      let dates = completer.vocabulary.flatMap(DataDates.init)
    else { return nil }
    if let unit = CalendarUnit(rawValue: name), index > 0, tokens[index - 1].keyword == "by" { return "per \(unit)" }
    let names = [
      "timestamp", "time", "date", "datetime", "day", "week", "month", "year", "ts", "created_at", "event_time", "when",
    ]
    guard names.contains(name) else { return nil }
    let behind = tokens[(index + 1)...].prefix(2).map(\.raw)
    guard behind.count == 2, let date = CalendarDate(behind[1]) else { return "during \(dates.last(.month))" }
    let side: String? =
      switch behind[0] {
      case "<", "<=": dates.side(before: true, including: behind[0] == "<=", date)
      case ">", ">=": dates.side(before: false, including: behind[0] == ">=", date)
      default: date.description
      }
    return "during \(side ?? dates.last(.month))"
  }

  /// A test of what has the name at `span` as a value: `device = phone` of `phone`.
  private func value(at span: Range<Int>) -> String? {
    guard let name = Lexer.tokens(of: text).first(where: { $0.span == span })?.raw,
      let vocabulary = completer.vocabulary
    else { return nil }
    let texts = vocabulary.properties.filter { $0.kind == .text }.map(\.name) + vocabulary.customerNames
    let property = texts.first { property in
      completer.named(.valueOf(property), vocabulary).contains { $0.text == name }
    }
    return property.map { "\($0.writtenAsName()) = \(name)" }
  }

  // MARK: Habits

  private func habit(_ error: Diagnostic) -> String? {
    let isAtStart = error.span.map { text.utf8.prefix($0.lowerBound).allSatisfy { $0 <= 0x20 } } ?? false
    let isShown = word(at: 0..<4) == "show" && error.code == .wordUnknown
    guard isShown || isAtStart && [.statementUnknown, .characterUnexpected].contains(error.code) else { return nil }
    let texts = completer.vocabulary?.properties.filter { $0.kind == .text }.map(\.name) ?? []
    // One that groups well, if there is any.
    let property = texts.first { name in
      completer.vocabulary.map { !completer.named(.valueOf(name), $0).isEmpty } ?? false
    }
    return Habits.instead(of: text, property: property ?? texts.first)
  }

  private func word(at span: Range<Int>) -> String? {
    String(decoding: Array(text.utf8)[span.clamped(to: 0..<text.utf8.count)], as: UTF8.self).lowercased()
  }

  // MARK: Options

  /// An option of the statement that is known, and stands behind one that it stands before: both in their order.
  private func earlier(_ stop: Stop, _ error: Diagnostic) -> String? {
    guard [.statementLeftOver, .wordUnknown].contains(error.code), let word = stop.rest.first?.keyword,
      let form = Forms.grammar.form(named: stop.form)
    else { return nil }
    let options = form.syntax.compactMap(\.option)
    guard let own = options.firstIndex(of: word),
      let first = stop.before.first(where: { $0.keyword.flatMap(options.firstIndex).map { $0 > own } ?? false })
    else { return nil }
    let bytes = Array(text.utf8)
    func written(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    let start = stop.rest.first?.span.lowerBound ?? 0
    let end = stop.rest.last { $0.kind != .end }?.span.upperBound ?? start
    let behind = first.span.lowerBound..<(stop.before.last?.span.upperBound ?? start)
    return "\(written(start..<end)) \(written(behind))"
  }

  // MARK: Names of several words

  /// The words that are one name: of a new thing all of them, else as many as make a name that there is.
  private func spacedName(_ stop: Stop) -> Stop.SpacedName? {
    guard let first = stop.spacedNames.first, let vocabulary = completer.vocabulary else { return nil }
    if first.kind == .new { return first }
    let known = Set(completer.named(first.kind, vocabulary).map(\.text))
    if case .attributeValue = first.kind, known.isEmpty { return first }
    for var name in stop.spacedNames {
      let joined = [" ", "_", "-"].map { name.text.replacing(" ", with: $0) }
      guard let text = joined.first(where: known.contains) else { continue }
      name.text = text
      return name
    }
    return nil
  }

  // MARK: Clauses

  /// What a word that opens no clause is likely to mean.
  private func clause(_ stop: Stop, _ error: Diagnostic) -> String? {
    guard [.clauseUnknown, .wordUnknown, .statementLeftOver].contains(error.code),
      let word = stop.rest.first?.keyword
    else { return nil }
    let behind = stop.rest.dropFirst().map(\.raw)
    switch word {
    case "then", "to", "followed":
      guard stop.takesArrow else { break }
      let step = behind.first { $0.lowercased() != "by" }
      return step.map { "-> \($0)" }
    case "since", "from", "between", "until", "before", "after", "on", "in", "over", "for":
      guard stop.takes("during") || stop.takes("within") else { break }
      if stop.takes("within"), let duration = duration(behind) { return "within \(duration)" }
      if stop.takes("during"), let dates = dates(word, behind) { return "during \(dates)" }
    case "group", "grouped", "split", "per": if stop.takes("by") { return "by " + name(behind, of: .property) }
    case "filter", "when", "having", "if", "with":
      if stop.takes("where") { return "where " + name(behind, of: .property) }
    case "limit", "first": if stop.takes("top") { return "top " + (behind.first ?? "10") }
    case "order", "sort", "sorted": if stop.takes("sort") { return sorted(behind) }
    case "by" where self.word(before: stop) == "order": return sorted(stop.rest.map(\.raw))
    case "hourly", "daily", "weekly", "monthly", "quarterly", "yearly":
      if stop.takes("per") { return "per " + (word == "daily" ? "day" : String(word.dropLast(2))) }
    default: break
    }
    if stop.takesArrow, let token = stop.rest.first, let names = completer.vocabulary?.stepNames,
      names.contains(token.raw)
    {
      return "-> \(token.raw)"
    }
    return meant(by: stop)
  }

  /// What stands behind `order`, as a clause: `by events desc` is `sort events descending`.
  private func sorted(_ words: [String]) -> String {
    let words = words.drop { $0.lowercased() == "by" }
    let descends = ["desc", "descending"].contains(words.dropFirst().first?.lowercased() ?? "")
    return "sort \(words.first ?? "COLUMN")" + (descends ? " descending" : "")
  }

  private func word(before stop: Stop) -> String? {
    stop.before.last?.keyword
  }

  /// The first of the words that is a name of the kind, else any such name.
  private func name(_ words: [String], of kind: Names) -> String {
    guard let vocabulary = completer.vocabulary else { return "NAME" }
    let known = completer.named(kind, vocabulary).map(\.text)
    return (words.first(where: known.contains) ?? known.first ?? "NAME").writtenAsName()
  }

  /// `7 days` as a duration.
  func duration(_ words: [String]) -> String? {
    guard let first = words.first else { return nil }
    if (try? Duration(literal: first)) != nil { return first }
    guard words.count > 1 else { return nil }
    let count = ["a", "an", "one"].contains(first.lowercased()) ? "1" : first
    let units = [
      ("second", "s"), ("minute", "m"), ("hour", "h"), ("day", "d"), ("week", "w"), ("sec", "s"), ("min", "m"),
    ]
    let word = words[1].lowercased()
    guard count.utf8.allSatisfy({ (48...57).contains($0) }), count.utf8.count < 6 else { return nil }
    return units.first { word == $0.0 || word == $0.0 + "s" }.map { count + $0.1 }
  }

  /// What stands behind a word like `since` as dates.
  func dates(_ word: String, _ words: [String]) -> String? {
    guard let dates = completer.vocabulary.flatMap(DataDates.init), let first = words.first else { return nil }
    if first.lowercased() == "last" {
      let rest = words.dropFirst().prefix(2).filter { Int($0) != nil || Self.units.contains($0.lowercased()) }
      return rest.isEmpty ? nil : "last " + rest.joined(separator: " ").lowercased()
    }
    let named = dates.named(words)
    guard let date = CalendarDate(named ?? first) else { return named }
    let second = words.dropFirst().first { CalendarDate($0) != nil }
    switch word {
    case "since": return dates.side(before: false, including: true, date)
    case "after": return dates.side(before: false, including: false, date)
    case "until": return dates.side(before: true, including: true, date)
    case "before": return dates.side(before: true, including: false, date)
    default: return second.map { "\(date) .. \($0)" } ?? date.description
    }
  }

  private static let units = Set(CalendarUnit.allCases.flatMap { [$0.rawValue, $0.rawValue + "s"] })

  // MARK: Literals

  /// A date or a duration in other words: `during April`, `within 7 days`.
  private func literal(_ stop: Stop, _ error: Diagnostic) -> String? {
    let words = stop.rest.map(\.raw)
    if stop.expected.contains(.literal(.percent)), !stop.expected.contains(.literal(.number)) {
      let share = words.first.flatMap(Double.init).flatMap { $0 > 0 && $0 <= 100 ? $0 : nil }
      return share.map { ($0 < 1 ? $0 : $0 / 100).asPercent } ?? "50%"
    }
    guard error.code == .literalWrong else { return nil }
    if stop.expected.contains(.literal(.duration)), let duration = duration(words) { return duration }
    guard stop.expected.contains(.literal(.date)), let vocabulary = completer.vocabulary else { return nil }
    return DataDates(vocabulary)?.named(words)
  }

  /// Dates of the data in place of those that the grammar names.
  private func dated(_ error: Diagnostic) -> Diagnostic {
    guard let hint = error.hint, let dates = completer.vocabulary.flatMap(DataDates.init) else { return error }
    return error.with(dates.placed(in: hint))
  }

  // MARK: Names that could stand there

  /// Where a name is missing: the same with names that could stand there as the hint, if there are any.
  private func naming(_ error: Diagnostic, _ stop: Stop) -> Diagnostic {
    let isUnfinished = error.code == .statementIncomplete
    guard error.code == .nameExpected || isUnfinished && (stop.needsName || stop.expected.contains(.literal(.file))),
      let place = error.span?.lowerBound
    else {
      return error
    }
    if stop.expected.contains(.literal(.file)), let file = file(stop) { return error.with(file) }
    // At the end the cursor stands right behind a word, which is whole: what could follow is asked for, not what completes it.
    let isAtEnd = place == text.utf8.count
    let names = completer.candidates(in: isAtEnd ? text + " " : text, at: isAtEnd ? place + 1 : place, most: 100)
      .candidates.filter { !$0.note.isEmpty }.map(\.text)
    guard !names.isEmpty else { return error }
    return error.with(names.prefix(6).joined(separator: ", ") + (names.count > 6 ? ", …" : ""))
  }
}

extension Syntax {
  /// The word that an option opens with; nil of what is none.
  fileprivate var option: String? {
    if case .optional(let parts) = self, case .word(let word)? = parts.first { word } else { nil }
  }
}

extension Diagnostic {
  /// The same with another hint.
  func with(_ hint: String) -> Diagnostic {
    var copy = self
    copy.hint = hint
    return copy
  }
}

extension String {
  /// Whether a UTF-8 offset is where a line behind the first begins, blanks aside.
  fileprivate func isIndented(at offset: Int) -> Bool {
    let before = utf8.prefix(offset)
    guard let lineEnd = before.lastIndex(of: UInt8(ascii: "\n")) else { return false }
    return before[lineEnd...].allSatisfy { $0 <= 0x20 }
  }
}

extension DiagnosticCode {
  package static let eventsUnknown = DiagnosticCode(
    "events.unknown", "The workspace has no events of this name. They are named by the as of load events.")
}
