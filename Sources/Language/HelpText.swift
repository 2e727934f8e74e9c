import SourceText

/// What `help` says, written from forms, clauses and codes alone. Forms that are not yet answered are left out.
package struct HelpText: Sendable {
  private let grammar: Grammar
  private let codes: [DiagnosticCode]
  private let width: Int

  /// `codes` are all that messages can end with. Text is filled to `width` columns.
  package init(_ grammar: Grammar, codes: [DiagnosticCode] = [], width: Int = 80) {
    self.grammar = grammar
    self.codes = codes
    self.width = max(40, width)
  }

  var forms: [Form] { grammar.forms.filter(\.isDue) }

  /// What `help` is likely to be asked about, for completion.
  package var subjects: [String] { unique(forms.map(\.name) + clauses.map(\.word) + [Self.names, Self.recipes]) }

  /// All that `help` can be asked about.
  package var topics: [String] {
    let words = Self.operands.flatMap(\.words) + Self.elsewhere.flatMap(\.words)
    return unique(forms.compactMap(\.verb) + subjects + codes.map(\.name) + words)
  }

  private func unique(_ topics: [String]) -> [String] {
    var seen: Set<String> = []
    return topics.filter { seen.insert($0).inserted }
  }

  /// All statements by group, a line each.
  package var overview: String {
    let column = (forms.map(\.heading.displayWidth).max() ?? 0) + 2
    var lines: [String] = []
    for group in Form.Group.allCases {
      let members = forms.filter { $0.group == group }
      guard !members.isEmpty else { continue }
      if !lines.isEmpty { lines.append("") }
      lines.append(group.title)
      lines += members.map { "  " + $0.heading.padded(to: column) + $0.summary }
    }
    lines += [
      "", "help funnel, help within: more of a statement, a clause or an error code",
      "help names: which names need quotes",
      "help recipes: what others often want, and how to say it",
      "lesson 1: learn journey mapping here, step by step",
      ".tour: shown around on a sample; .help: commands of the shell",
    ]
    return lines.joined(separator: "\n")
  }

  /// The overview, or what there is to say of a topic of one or more words; `span` is where they stand in what was typed.
  package func text(on topics: [String], at span: Range<Int>? = nil) throws(Diagnostic) -> String {
    guard !topics.isEmpty else { return overview }
    do {
      return try about(topics.joined(separator: " "))
    } catch {
      throw error.located(at: span)
    }
  }

  /// What there is to say of a statement (by its name or first word), a clause or a code.
  package func about(_ topic: String) throws(Diagnostic) -> String {
    let topic = topic.lowercased()
    let named = forms.filter { $0.name == topic }
    let opened = forms.filter { $0.name.hasPrefix(topic + " ") }
    if let form = named.first, opened.isEmpty { return text(of: form) }
    if !opened.isEmpty { return (named + opened).map(text).joined(separator: "\n\n") }
    if let clause = clauses.first(where: { $0.word == topic }) { return text(of: clause) }
    if let code = codes.first(where: { $0.name == topic }) { return "\(code.name)\n" + filled(code.meaning, indent: 2) }
    if topic == Self.names { return aboutNames }
    if let text = about(word: topic) { return text }
    throw Diagnostic(
      .topicUnknown, "there is no help on '\(shortened(topic))'",
      hint: nearest(to: topic, among: topics).map { "help \($0)" } ?? "help")
  }

  /// The clauses that some question uses.
  var clauses: [Clause] {
    Clause.allCases.filter { clause in forms.contains { $0.clauses?.contains(clause) == true } }
  }

  private static let names = "names"
  /// Told by whoever has the cookbook.
  private static let recipes = "recipes"

  private var aboutNames: String {
    let rule = """
      A name begins with a letter or _ and goes on with letters, digits and _, and with . or - between two of these. \
      Any other name stands in quotes, and so does one that is a word of the language where it stands:
      """
    let places = grammar.reserved.map {
      filled("\($0.place): \($0.words.joined(separator: ", "))", indent: 2, hanging: 2)
    }
    return ([filled(rule, indent: 0)] + places).joined(separator: "\n")
  }

  func text(of form: Form) -> String {
    var parts = [filled(form.grammarLine, indent: 0, hanging: 4), filled(form.summary, indent: 2)]
    let column = (form.legend.map(\.operand.displayWidth).max() ?? 0) + 2
    if !form.legend.isEmpty {
      let lines = form.legend.map { operand, meaning in
        filled(operand.padded(to: column) + meaning, indent: 2, hanging: column)
      }
      parts.append(lines.joined(separator: "\n"))
    }
    if !form.meaning.isEmpty { parts.append(filled(form.meaning, indent: 2)) }
    parts.append(form.examples.map { "    " + $0 }.joined(separator: "\n"))
    return parts[0] + "\n" + parts.dropFirst().joined(separator: "\n\n")
  }

  /// What it means, and where; behind that the versions that forms have of it.
  func text(of clause: Clause) -> String {
    var versions: [(text: String, forms: [String])] = []
    for form in forms {
      guard let own = form.clauses?.first(where: { $0 == clause }) else { continue }
      let text = own.grammarLine + "\n" + filled(own.explanation, indent: 2)
      if let index = versions.firstIndex(where: { $0.text == text }) {
        versions[index].forms.append(form.name)
      } else {
        versions.insert((text, [form.name]), at: own.isOfForm ? versions.count : 0)
      }
    }
    return versions.map { $0.text + "\n" + filled("in " + $0.forms.joined(separator: ", "), indent: 2) }
      .joined(separator: "\n\n")
  }

  /// Words filled to the width, all lines indented, those after the first by `hanging` more.
  func filled(_ text: String, indent: Int, hanging: Int = 0) -> String {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = margin
    // Blanks that align a column stay; words are cut at single ones only.
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let isStart = line.allSatisfy { $0 == " " }
      if !isStart, line.displayWidth + 1 + word.displayWidth > width {
        lines.append(line)
        line = margin + String(repeating: " ", count: hanging) + word
      } else {
        line += (isStart && !word.isEmpty ? "" : line == margin ? "" : " ") + word
      }
    }
    return (lines + [line]).joined(separator: "\n")
  }
}

extension Form.Group {
  package var title: String {
    switch self {
    case .data: "data: workspaces, files in and out"
    case .map: "map: the journey as it was designed"
    case .ask: "ask: the journeys that customers took"
    case .judge: "judge: is it as it should be"
    case .teach: "teach: look, explain, find out why"
    case .also: "also: names, segments, scripts"
    }
  }
}

extension String {
  /// Blanks behind it up to `width` columns.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - displayWidth))
  }
}

extension DiagnosticCode {
  package static let topicUnknown = DiagnosticCode(
    "topic.unknown", "Help has nothing under this name.")
}
