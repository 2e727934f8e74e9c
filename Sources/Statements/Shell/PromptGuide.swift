import Language
import SourceText

/// What the prompt shows of a text while it is typed: colours, what could follow, what is expected. It reads the session once per
/// statement, so that a key costs no more than reading the text.
package final class PromptGuide {
  package let completer: Completer
  private let names = Completer.KnownNames()
  /// When they were read.
  private var mark: Session.NameMark?
  /// Of each kind, for looking up.
  private var known: [Names: Set<String>] = [:]
  /// How the statements of a long text were read before: a key changes one of them.
  private var read: [String: [Highlight]] = [:]
  private static let mostRead = 2_000
  private static let mostKept = 50_000
  /// Properties whose values are read before they are asked for.
  private static let mostPrepared = 20

  package init(_ session: Session) {
    completer = Completer(session, known: names)
  }

  /// Forgets what is known where names may have changed.
  package func beginStatement() {
    read = [:]
    let mark = try? completer.session.nameMark()
    if let mark, mark == self.mark { return }
    defer { self.mark = mark }
    // An answer has a name, and that is all that is new.
    if let mark, mark.workspace == self.mark?.workspace { return names.forgetVariables() }
    names.forget()
    known = [:]
  }

  /// Reads what keys will ask for, while nobody waits: names, and values of properties.
  package func prepare() {
    guard let vocabulary = completer.vocabulary else { return }
    _ = completer.named(.step, vocabulary)
    for property in vocabulary.properties.filter({ $0.kind == .text }).prefix(Self.mostPrepared) {
      _ = completer.named(.valueOf(property.name), vocabulary)
    }
  }

  /// The rest of the word begun, where only one word or name goes on with it; where only one symbol may stand, that with the first of
  /// what can follow it; empty otherwise.
  package func suggestion(for text: String) -> String {
    let end = text.utf8.count
    let (range, candidates) = completer.candidates(in: text, at: end, most: 2)
    if range.isEmpty, text.hasSuffix(" "), completer.lead(in: text)?.hasSuffix(" ") == true,
      let first = candidates.first
    {
      return first.text + (first.endsWord ? " " : "")
    }
    guard candidates.count == 1, let only = candidates.first, !range.isEmpty else { return "" }
    let typed = String(decoding: Array(text.utf8)[range], as: UTF8.self)
    guard only.text.hasPrefix(typed) else { return "" }
    return only.text.dropFirst(typed.count) + (only.endsWord ? " " : "")
  }

  /// What may stand at the cursor, a UTF-8 offset: `a duration: 7d, 24h`; empty where only keywords may.
  package func hint(in text: String, at cursor: Int) -> String {
    guard !text.hasPrefix(".") else { return "" }
    let start = StatementReader.start(ofStatementAt: cursor, in: text)
    let bytes = Array(text.utf8)
    let statement = String(decoding: bytes[min(start, bytes.count)...], as: UTF8.self)
    guard let completion = Forms.grammar.completion(of: statement, at: cursor - start) else { return "" }
    if let lead = completion.lead {
      let before = String(decoding: bytes.prefix(cursor), as: UTF8.self) + lead
      return hint(in: before, at: before.utf8.count)
    }
    var seen: Set<String> = []
    let parts = completion.expected.compactMap { expectation -> String? in
      switch expectation {
      case .literal(.variable): return nil
      case .literal(let literal): return "\(literal.described): \(literal.examples.joined(separator: ", "))"
      case .name(let names): return names.described
      default: return nil
      }
    }
    return parts.filter { seen.insert($0).inserted }.joined(separator: ", or ")
  }

  /// What each part of the text is; the bracket at the cursor and its other half stand out.
  package func styles(of text: String, cursor: Int) -> [StyledRange] {
    var styles = Comments.ranges(in: text).map { StyledRange($0, .comment) }
    for piece in StatementReader.pieces(of: text) {
      if piece.isDotCommand {
        styles.append(dotCommand(piece))
        continue
      }
      let highlights = highlights(of: piece.text)
      let rows = namesOfRows(piece.text)
      for (index, highlight) in highlights.enumerated() {
        let isBegun = index == highlights.count - 1 && piece.offset + highlight.span.upperBound == cursor
        guard let style = style(of: highlight, in: piece.text, isBegun: isBegun, rows) else { continue }
        styles.append(StyledRange(highlight.span.moved(by: piece.offset), style))
      }
      styles += brackets(highlights, in: piece, cursor: cursor)
    }
    return styles
  }

  private func highlights(of statement: String) -> [Highlight] {
    if let known = read[statement] { return known }
    if read.count >= Self.mostRead { read = [:] }
    let highlights = Forms.grammar.highlights(of: statement)
    read[statement] = highlights
    return highlights
  }

  // MARK: Names

  private func isKnown(_ name: String, as kind: Names) -> Bool {
    if known[kind] == nil {
      let names = completer.vocabulary.map { completer.named(kind, $0) } ?? []
      // A set of very many names takes longer to make than a person may wait; looking through them does not.
      if names.count > Self.mostKept { return names.contains { $0.text == name } }
      known[kind] = Set(names.map(\.text))
    }
    guard let known = known[kind], !known.isEmpty else { return true }
    if known.contains(name) { return true }
    // A property may be written by several names, of which one is offered.
    let isOfProperty = [.property, .grouping].contains(kind)
    return isOfProperty && completer.vocabulary?.property(name, of: .event) != nil
  }

  // MARK: Styles

  /// The names of rows beside events, where a statement asks such rows; else nil.
  private func namesOfRows(_ statement: String) -> Vocabulary? {
    let words = statement.split(maxSplits: 5, whereSeparator: \.isWhitespace).map { $0.lowercased() }
    // A question may stand behind `compare`, `explain`, `let $x =`.
    let asks = (0...3).contains { lead in Self.asksRows.contains { words.dropFirst(lead).starts(with: $0) } }
    guard asks, let known = completer.vocabulary else { return nil }
    let completion = Forms.grammar.completion(of: statement, at: statement.utf8.count)
    return completer.vocabulary(ofRows: completion?.begun, known)
  }

  /// The words that statements which ask such rows begin with.
  private static let asksRows = Forms.statements.filter { $0 is any TableQuestion.Type }
    .map { $0.form.name.split(separator: " ").map(String.init) }

  private func style(
    of highlight: Highlight, in text: String, isBegun: Bool, _ rows: Vocabulary?
  ) -> TextStyle? {
    switch highlight.role {
    case .keyword: return .keyword
    case .variable: return .variable
    case .symbol: return .symbol
    case .literal: return text.byte(at: highlight.span.lowerBound) == UInt8(ascii: "\"") ? .text : .number
    case .unread: return isBegun ? nil : .wrong
    case .name:
      let isQuoted = text.byte(at: highlight.span.lowerBound) == UInt8(ascii: "\"")
      guard let name = highlight.name, !isBegun || isQuoted else { return .name }
      if let rows, !name.isOfPeople, [.property, .grouping].contains(name.kind) {
        return rows.property(name.text, of: .event) != nil ? .name : .unknownName
      }
      return isKnown(name.text, as: name.kind) ? .name : .unknownName
    }
  }

  private func brackets(_ highlights: [Highlight], in piece: StatementReader.Piece, cursor: Int) -> [StyledRange] {
    var open: [Range<Int>] = []
    for highlight in highlights where highlight.span.count == 1 {
      let span = highlight.span.moved(by: piece.offset)
      switch piece.text.byte(at: highlight.span.lowerBound) {
      case UInt8(ascii: "("), UInt8(ascii: "["): open.append(span)
      case UInt8(ascii: ")"), UInt8(ascii: "]"):
        guard let opening = open.popLast() else { continue }
        let isAtCursor = [opening, span].contains { $0.lowerBound == cursor || $0.upperBound == cursor }
        if isAtCursor { return [StyledRange(opening, .bracket), StyledRange(span, .bracket)] }
      default: continue
      }
    }
    return []
  }

  private func dotCommand(_ piece: StatementReader.Piece) -> StyledRange {
    let word = piece.text.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? piece.text
    let isKnown = DotCommand.all.contains { $0.name == word }
    return StyledRange(piece.offset..<piece.offset + word.utf8.count, isKnown ? .keyword : .wrong)
  }
}

extension Range<Int> {
  fileprivate func moved(by distance: Int) -> Range<Int> { lowerBound + distance..<upperBound + distance }
}

extension String {
  fileprivate func byte(at offset: Int) -> UInt8? {
    offset < utf8.count ? utf8[utf8.index(utf8.startIndex, offsetBy: offset)] : nil
  }
}
