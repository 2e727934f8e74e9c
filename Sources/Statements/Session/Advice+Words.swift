import JourneyModel
import JourneyTime
import Language
import SourceText

// Words and signs of other languages, and what was left out before a name.

extension Advice {
  /// What words that open no clause mean where nothing else tells: dates, a test that its `where` is missing before.
  func meant(by stop: Stop) -> String? {
    let words = stop.rest.map(\.raw)
    guard let first = stop.rest.first?.keyword, let vocabulary = completer.vocabulary else { return nil }
    if stop.takes("where"), names(behindWhere: stop, vocabulary).contains(first), words.count > 2,
      Expectation.comparisons.contains(words[1])
    {
      return "where " + words.prefix(3).joined(separator: " ")
    }
    let dated = ["last", "this", "current", "previous", "past", "today", "yesterday"].contains(first)
    guard stop.takes("during"), dated || DataDates(vocabulary)?.named(words) != nil else { return nil }
    return dates(first, words).map { "during \($0)" }
  }

  /// The names of properties that the statement's `where` may test.
  private func names(behindWhere stop: Stop, _ vocabulary: Vocabulary) -> [String] {
    let before = Array(text.utf8.prefix(stop.rest.first?.span.lowerBound ?? 0)) + Array("where ".utf8)
    let begun = Forms.grammar.completion(of: String(decoding: before, as: UTF8.self), at: before.count)?.begun
    return (completer.vocabulary(ofRows: begun, vocabulary) ?? vocabulary).propertyNames
  }

  /// What a word or sign stands for that cannot stand there.
  func word(_ stop: Stop, _ error: Diagnostic) -> String? {
    guard [.wordUnknown, .symbolUnexpected, .characterUnexpected, .nameExpected, .clauseUnknown].contains(error.code),
      let sign = stop.rest.first?.raw.lowercased()
    else { return nil }
    let (before, behind) = (stop.before.last, stop.rest.dropFirst().first)
    return range(before, sign, behind) ?? test(stop, before?.keyword ?? before?.raw, sign, behind?.raw)
      ?? arrow(stop, sign, behind?.raw) ?? kind(stop)
  }

  /// `2025-03 - 2025-04`, `2025-03 to 2025-04`.
  private func range(_ before: Token?, _ sign: String, _ behind: Token?) -> String? {
    guard ["-", "–", "—", "…", "to", "until", "till", "through"].contains(sign), let before, let behind,
      CalendarDate(before.raw) != nil, CalendarDate(behind.raw) != nil
    else { return nil }
    return "\(before.raw) .. \(behind.raw)"
  }

  /// `device is phone`, `device == phone`, `device like pho`.
  private func test(_ stop: Stop, _ before: String?, _ sign: String, _ behind: String?) -> String? {
    switch (before, sign) {
    case ("is", _) where stop.takes("missing"): return "= \(stop.rest.first?.raw ?? "")"
    case ("not", _) where stop.takes("missing"): return "!= \(stop.rest.first?.raw ?? "")"
    case ("=", "="): return behind.map { "= \($0)" }
    case (_, "like"), (_, "contains"), (_, "matches"):
      return stop.expected.contains(.symbol(.contains)) ? behind.map { "~ \($0)" } : nil
    case (_, "equals"), (_, "eq"):
      return stop.expected.contains(.symbol(.contains)) ? behind.map { "= \($0)" } : nil
    default: return nil
    }
  }

  /// `visit > cart`, `visit, cart`.
  private func arrow(_ stop: Stop, _ sign: String, _ behind: String?) -> String? {
    guard stop.takesArrow, [">", ",", "-", "–", "|"].contains(sign), let behind,
      completer.vocabulary?.stepNames.contains(behind) == true
    else { return nil }
    return "-> \(behind)"
  }

  /// A name before which its kind is missing: `set Checkout …`, `use main`.
  private func kind(_ stop: Stop) -> String? {
    guard let token = stop.rest.first, let vocabulary = completer.vocabulary else { return nil }
    let name: String
    switch token.kind {
    case .word(let text), .string(let text): name = text
    default: return nil
    }
    for case .keyword(let word) in stop.expected {
      let names: Names? =
        switch word {
        case "events": .store
        case "map": .map
        default: ElementKind(rawValue: word).map { .element($0) }
        }
      if let names, completer.named(names, vocabulary).contains(where: { $0.text == name }) {
        return "\(word) \(token.raw)"
      }
    }
    return nil
  }

  /// Files that could be read where the statement ends; an example where there are none, and of one that would be written.
  func file(_ stop: Stop) -> String? {
    switch stop.form {
    case NewWorkspaceStatement.form.name, SaveStatement.form.name: return "\"shop.waymark\""
    case ExportMapStatement.form.name: return "\"journey.svg\""
    case ExportEventsStatement.form.name: return "\"events.csv\""
    case ExportPeopleStatement.form.name, ExportResultStatement.form.name: return "\"answer.csv\""
    default: break
    }
    let open = text + (text.hasSuffix(" ") ? "\"" : " \"")
    let files = completer.candidates(in: open, at: open.utf8.count, most: 4).candidates.filter(\.endsWord).map(\.text)
    if !files.isEmpty { return files.prefix(3).joined(separator: ", ") + (files.count > 3 ? ", …" : "") }
    return switch stop.form {
    case OpenStatement.form.name: "\"shop.waymark\""
    case LoadMapStatement.form.name: "\"shop.yaml\""
    case RunStatement.form.name: "\"review.way\""
    default: nil
    }
  }
}

extension Expectation {
  /// How comparisons are written.
  fileprivate static let comparisons: Set<String> = ["=", "!=", "<", "<=", ">", ">=", "~"]
}
