import SourceText

/// A journey diagram of Mermaid as it is written: nothing is rounded, renamed or filled in.
///
/// Reads what Mermaid 11 reads: front matter, `%%` and `#` comments, directives, keywords in any case, entity codes (`#35;`). More
/// than that, `;` ends a statement like a line break, and a task may begin with the word `journey`.
package struct MermaidJourney: Hashable, Sendable {
  package struct Task: Hashable, Sendable {
    package var name: String
    /// Nil where what stands there is no number.
    package var score: Double?
    /// One empty actor where a colon is followed by nothing, as in Mermaid.
    package var actors: [String]
    /// The index of its section; nil before the first.
    package var section: Int?
    /// The line of the text, from 1.
    package var line: Int

    package init(_ name: String, _ score: Double?, _ actors: [String], section: Int?, line: Int) {
      self.name = name
      self.score = score
      self.actors = actors
      self.section = section
      self.line = line
    }
  }

  /// Of the diagram, else of the front matter, else empty.
  package var title = ""
  package var accTitle = ""
  package var accDescr = ""
  /// In their order; a name may stand twice.
  package var sections: [String] = []
  package var tasks: [Task] = []

  /// Throws what Mermaid would not read, with its place in `file`.
  package init(_ text: String, file: String = "journey") throws(Diagnostic) {
    var reader = MermaidReader(text, MapSource(file: file))
    try reader.readHeader()
    while try reader.readStatement() {}
    self = reader.journey
  }

  fileprivate init() {}
}

/// Reads the statements of a journey one after another. Line breaks are line feeds or carriage returns.
private struct MermaidReader {
  var journey = MermaidJourney()
  private let source: MapSource
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var line = 1
  /// No directive ends behind the current place.
  private var hasNoEnds = false

  init(_ text: String, _ source: MapSource) {
    self.source = source
    scalars = Array(text.withLineFeeds.unicodeScalars)
  }

  // MARK: Header

  /// Front matter, comments and directives, then the word `journey`.
  mutating func readHeader() throws(Diagnostic) {
    skipBlanks()
    readFrontMatter()
    skipBlanks()
    guard skip(keyword: "journey") else {
      throw fail(.mermaidNotAJourney, "the diagram does not begin with 'journey'", hint: "journey")
    }
  }

  /// From a line of three or more dashes to the next; of what stands between, the title counts.
  private mutating func readFrontMatter() {
    guard rest(startsWith: "---") else { return }
    let (start, startLine) = (index, line)
    _ = takeLine()
    var title = ""
    while index < scalars.count {
      let text = takeLine().trimmed
      if text.hasPrefix("---") {
        journey.title = title
        return
      }
      if text.hasPrefix("title:") { title = Self.unquoted(text.dropFirst("title:".count)) }
    }
    (index, line) = (start, startLine)
  }

  private static func unquoted(_ text: Substring) -> String {
    let text = String(text).trimmed
    guard text.count > 1, let quote = text.first, quote == "\"" || quote == "'", text.last == quote else { return text }
    return String(text.dropFirst().dropLast())
  }

  // MARK: Statements

  /// Reads one statement; false at the end.
  mutating func readStatement() throws(Diagnostic) -> Bool {
    skipBlanks()
    guard index < scalars.count else { return false }
    if skip(keyword: "accTitle", before: ":") {
      journey.accTitle = decoded(takeLine())
    } else if skip(keyword: "accDescr", before: ":") {
      journey.accDescr = decoded(takeLine())
    } else if skip(keyword: "accDescr", before: "{") {
      try readDescription()
    } else if skip(keywordAndBlank: "title") {
      journey.title = decoded(take(until: "#\n;"))
    } else if skip(keywordAndBlank: "section") {
      try readSection()
    } else {
      try readTask()
    }
    return true
  }

  /// Up to the closing brace, after which the line goes on; the margins of its lines do not count.
  private mutating func readDescription() throws(Diagnostic) {
    let start = line
    let text = take(until: "}")
    guard next == "}" else {
      throw fail(.mermaidUnclosed, "the description is not closed", line: start, hint: "accDescr { … }")
    }
    index += 1
    let lines = text.trimmed.split(separator: "\n", omittingEmptySubsequences: false)
    let described = decoded(lines.map { String($0.drop { $0 == " " || $0 == "\t" }) }.joined(separator: "\n"))
    if !described.isEmpty { journey.accDescr = described }
  }

  private mutating func readSection() throws(Diagnostic) {
    let name = decoded(take(until: "#:\n;"))
    guard next != ":" else {
      throw fail(.mermaidSectionColon, "the name of a section holds no ':'", hint: "#58;")
    }
    guard !name.isEmpty else { throw fail(.mermaidSectionName, "a section has no name") }
    journey.sections.append(name)
  }

  /// A name up to the first colon, then the score and, after another colon, the actors; what comes after a third is left out.
  private mutating func readTask() throws(Diagnostic) {
    let start = line
    let name = decoded(take(until: "#:\n;"))
    guard next == ":" else {
      throw fail(.mermaidTaskScore, "'\(name)' has no score", line: start, hint: "\(name): 3")
    }
    guard !name.isEmpty else { throw fail(.mermaidTaskName, "a task has no name", line: start) }
    index += 1
    let pieces = take(until: "#\n;").split(separator: ":", omittingEmptySubsequences: false)
    guard let score = pieces.first, !(pieces.count == 1 && score.isEmpty) else {
      throw fail(.mermaidTaskScore, "'\(name)' has no score", line: start, hint: "\(name): 3")
    }
    let actors = pieces.count > 1 ? pieces[1].split(separator: ",", omittingEmptySubsequences: false) : []
    journey.tasks.append(
      MermaidJourney.Task(
        name, Self.number(String(score).trimmed), actors.map { decoded(String($0)) },
        section: journey.sections.isEmpty ? nil : journey.sections.count - 1, line: start))
  }

  /// As JavaScript reads it: nothing is zero.
  private static func number(_ text: String) -> Double? {
    if text.isEmpty { return 0 }
    let allowed = "0123456789+-.eE".unicodeScalars
    guard text.unicodeScalars.allSatisfy({ allowed.contains($0) }), let number = Double(text), number.isFinite else {
      return nil
    }
    return number
  }

  // MARK: Texts

  private func decoded(_ text: String) -> String {
    MermaidText.decoded(text.trimmed)
  }

  private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  /// Everything up to one of `stops` or the end. The `#` of an entity code does not stop it, nor does the `;` that ends the code.
  private mutating func take(until stops: String) -> String {
    let stops = Set(stops.unicodeScalars)
    var text = ""
    while let scalar = next {
      if scalar == "#", let length = MermaidText.entityLength(scalars[index...]) {
        text.unicodeScalars.append(contentsOf: scalars[index..<(index + length)])
        index += length
        continue
      }
      if stops.contains(scalar) { break }
      if scalar == "\n" { line += 1 }
      text.unicodeScalars.append(scalar)
      index += 1
    }
    return text
  }

  private mutating func takeLine() -> String {
    let end = scalars[index...].firstIndex(of: "\n") ?? scalars.count
    defer {
      index = min(end + 1, scalars.count)
      if end < scalars.count { line += 1 }
    }
    return String(String.UnicodeScalarView(scalars[index..<end]))
  }

  /// Skips white space, statement ends, comments and directives.
  private mutating func skipBlanks() {
    while let scalar = next {
      if rest(startsWith: "%%{") {
        skipDirective()
      } else if rest(startsWith: "%%") || (scalar == "#" && MermaidText.entityLength(scalars[index...]) == nil) {
        index = scalars[index...].firstIndex(of: "\n") ?? scalars.count
      } else if scalar == ";" || scalar.properties.isWhitespace {
        if scalar == "\n" { line += 1 }
        index += 1
      } else {
        return
      }
    }
  }

  /// `%%{init: …}%%`, which may be several lines; without an end it is a comment.
  private mutating func skipDirective() {
    var end = hasNoEnds ? scalars.count : index + 3
    while end + 2 < scalars.count, !(scalars[end] == "}" && scalars[end + 1] == "%" && scalars[end + 2] == "%") {
      end += 1
    }
    guard end + 2 < scalars.count else {
      hasNoEnds = true
      index = scalars[index...].firstIndex(of: "\n") ?? scalars.count
      return
    }
    line += scalars[index..<end].count { $0 == "\n" }
    index = end + 3
  }

  private func rest(startsWith text: String) -> Bool {
    scalars[index...].starts(with: text.unicodeScalars)
  }

  /// The index after a keyword in any case.
  private func end(of keyword: String) -> Int? {
    let end = index + keyword.unicodeScalars.count
    guard end <= scalars.count else { return nil }
    return String(String.UnicodeScalarView(scalars[index..<end])).lowercased() == keyword.lowercased() ? end : nil
  }

  private mutating func skip(keyword: String) -> Bool {
    guard let end = end(of: keyword) else { return false }
    if end < scalars.count, scalars[end] == "_" || scalars[end].properties.isAlphabetic || scalars[end].isDigit {
      return false
    }
    index = end
    return true
  }

  /// A keyword, blanks and a sign.
  private mutating func skip(keyword: String, before sign: Unicode.Scalar) -> Bool {
    guard var end = end(of: keyword) else { return false }
    while end < scalars.count, scalars[end] == " " || scalars[end] == "\t" { end += 1 }
    guard end < scalars.count, scalars[end] == sign else { return false }
    index = end + 1
    return true
  }

  private mutating func skip(keywordAndBlank keyword: String) -> Bool {
    guard let end = end(of: keyword), end < scalars.count, scalars[end] == " " || scalars[end] == "\t" else {
      return false
    }
    index = end + 1
    return true
  }

  private func fail(_ code: DiagnosticCode, _ message: String, line: Int? = nil, hint: String? = nil) -> Diagnostic {
    let line = line ?? self.line
    let start = (scalars[..<index].lastIndex(of: "\n") ?? -1) + 1
    return source.error(
      code, message, at: Mark(line: line, column: line == self.line ? index - start + 1 : 1), hint: hint)
  }
}

extension String {
  /// With line feeds for line breaks of other kinds.
  var withLineFeeds: String {
    utf8.contains(UInt8(ascii: "\r")) ? replacing("\r\n", with: "\n").replacing("\r", with: "\n") : self
  }

  /// Without white space at both ends.
  var trimmed: String {
    let start = unicodeScalars.drop(while: \.properties.isWhitespace)
    let end = start.lastIndex { !$0.properties.isWhitespace }
    return end.map { String(start[...$0]) } ?? ""
  }
}

extension Unicode.Scalar {
  var isDigit: Bool { ("0"..."9").contains(self) }
}

extension DiagnosticCode {
  package static let mermaidUnclosed = DiagnosticCode(
    "mermaid.unclosed", "The description in braces is not closed.")
  package static let mermaidSectionColon = DiagnosticCode(
    "mermaid.section-colon", "The name of a section holds a colon; #58; stands for one.")
  package static let mermaidSectionName = DiagnosticCode(
    "mermaid.section-name", "A section has no name.")
  package static let mermaidTaskName = DiagnosticCode(
    "mermaid.task-name", "A task has no name.")
  package static let mermaidTaskScore = DiagnosticCode(
    "mermaid.task-score", "A task has no score; NAME: 3 is a neutral one.")
}
