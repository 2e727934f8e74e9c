import JourneyModel
import SourceText

// What `help` says of words that are no statement, clause or code of their own: words within statements and clauses, operands, and
// what people call things elsewhere.

extension HelpText {
  /// What there is to say of such a word; nil where it is none.
  func about(word topic: String) -> String? {
    let word = topic.lowercased()
    let isOperand = { (operand: Operand) in operand.words.contains(word) || operand.name.lowercased() == word }
    if let operand = Self.operands.first(where: isOperand) { return text(of: operand) }
    if let (name, meaning) = forms.flatMap(\.legend).first(where: { $0.operand.lowercased() == word }) {
      return text(of: Operand(name: name, words: [], meaning: meaning))
    }
    let users = forms.filter { $0.syntax.contains { $0.holds(word) } }
    let clauses = clauses.filter { $0.grammarLine.split { !$0.isLetter }.contains { $0 == word } }
    if users.count == 1, clauses.isEmpty { return text(of: users[0]) }
    if users.isEmpty, clauses.count == 1 { return text(of: clauses[0]) }
    if !users.isEmpty || !clauses.isEmpty {
      return "'\(word)' is a word of:\n" + lines(of: users)
        + clauses.map { "  " + $0.grammarLine }.joined(separator: "\n")
    }
    guard let topics = Self.elsewhere.first(where: { $0.words.contains(word) })?.topics else { return nil }
    let known = topics.compactMap { topic in
      (try? about(topic)).map { $0.split(separator: "\n\n").first.map(String.init) ?? $0 }
    }
    return known.isEmpty ? nil : "'\(word)' is said otherwise here:\n\n" + known.joined(separator: "\n\n")
  }

  /// A line each, ending the last.
  private func lines(of forms: [Form]) -> String {
    let column = (forms.map(\.heading.displayWidth).max() ?? 0) + 2
    return forms.map { "  " + $0.heading.padded(to: column) + $0.summary + "\n" }.joined()
  }

  private func text(of operand: Operand) -> String {
    let users = forms.filter { $0.grammarLine.contains(operand.name) }
    let clauses = clauses.filter { $0.grammarLine.contains(operand.name) }
    let places = users.map(\.heading) + clauses.map(\.word)
    return operand.name + "\n" + filled(operand.meaning, indent: 2)
      + (places.isEmpty ? "" : "\n" + filled("in " + places.joined(separator: ", "), indent: 2))
  }

  /// What stands in capitals in grammar lines, or is written there, and the words that lead to it.
  struct Operand {
    var name: String
    var words: [String]
    var meaning: String
  }

  static let operands = [
    Operand(
      name: "PATH", words: ["path", "step?", "arrow", "->", "=>"],
      meaning: """
        steps joined by -> (later) or => (directly next), a time limit behind: visit ->[2h] cart_added => purchase; STEP? may \
        be skipped
        """),
    Operand(
      name: "STEP", words: ["step", "or-step", "{", "*"],
      meaning: """
        a touchpoint, stage, event or defined step: visit, "Thank-you email", stage Purchase, purchase(revenue > 500), \
        {cart_added | wishlist_added} for either, * for any event
        """),
    Operand(
      name: "DATES", words: ["date", "dates", "range", "last", "..", "period", "when"],
      meaning: """
        2025, 2025-Q3, 2025-07, 2025-W31, 2025-07-01, 2025-07-01T10:30; from one to another 2025-07-01 .. 2025-07-14; \
        last 12 weeks, which ends with the week of the last event; $name
        """),
    Operand(
      name: "DURATION", words: ["duration", "durations", "days", "hours", "minutes", "seconds", "forever"],
      meaning: "500ms 90s 30m 24h 7d 2w, joined as 1d12h; days have 24 hours; months and years are no durations; $name"),
    Operand(
      name: "CONDITION",
      words: ["condition", "and", "or", "not", "in", "is", "missing", "test", "comparison", "~", "=", "!=", "<", ">"],
      meaning: """
        a property, a comparison and a value: device = phone, price >= 20, country in [AT, NO], channel is missing, name ~ shop \
        for contains; joined by and, or, not and brackets
        """),
    Operand(
      name: "PEOPLE", words: ["did", "times", "more", "fewer", "segment", "segments"],
      meaning: """
        tests of persons: device = mobile, did purchase, did purchase 2 or more times in 2025-Q3, persona NAME, segment NAME, \
        $name; joined by and, or, not and brackets. define segment NAME as PEOPLE gives them a name
        """),
    Operand(
      name: "PROPERTY", words: ["property", "properties", "column", "columns", "field"],
      meaning: "a column of the events; describe lists them"),
    Operand(
      name: "ATTRIBUTE", words: ["attribute", "attributes", "setting", "settings"],
      meaning: """
        what is known of a thing on the map: \(Attribute.allCases.map(\.rawValue).joined(separator: ", ")); set touchpoint \
        Checkout owner Payments emotion -1
        """),
    Operand(
      name: "ELEMENT", words: ["element", "elements"],
      meaning: "something on the map by its name, perhaps with its kind before it: Checkout, touchpoint Checkout"),
    Operand(
      name: "MEANING", words: ["meaning"],
      meaning: "behind as: the people that a persona stands for, or the question that a win, KPI or goal is measured by"
    ),
    Operand(
      name: "STATEMENT", words: ["statement", "statements"], meaning: "any statement; help alone lists them"),
    Operand(
      name: "TOPIC", words: ["topic", "topics"],
      meaning: "a statement, a clause, any word or sign of these, what stands in capitals, the code of an error"),
    Operand(
      name: "WORD", words: ["word", "words"], meaning: "one of a few words of the language, which help on it lists"),
    Operand(
      name: "FILE", words: ["file", "files"],
      meaning: "the name of a file in quotes, from the folder that waymark was started in: \"shop.csv\""),
    Operand(
      name: "VALUE", words: ["number", "percent", "text", "true", "false", "literal", "share"],
      meaning: "12, -2, 3.5, 1_000; 12%; a duration; a date; true, false; a name or \"text in quotes\"; $name"),
    Operand(
      name: "$NAME", words: ["variable", "result", "results", "answer", "answers", "saved", "$"],
      meaning: """
        a saved value or answer: $name for what let or as saved, $3 for the third answer of the session, $_ for the last; \
        show results lists them, show $_ shows one again, export $_ to FILE writes it
        """),
  ]

  /// What other tools call things.
  static let elsewhere: [(words: [String], topics: [String])] = [
    (["recipes", "cookbook", "examples"], ["help"]), (["learn", "tutorial", "course"], ["lesson"]),
    (["filter", "having", "restrict", "only"], ["where", "for"]),
    (["group", "groups", "grouping", "breakdown", "split", "segmentation", "dimension"], ["by", "per"]),
    (["since", "until", "between", "before", "after", "timeframe"], ["during"]),
    (["window", "timeout"], ["within"]), (["comparison", "versus", "previous"], ["vs", "compare"]),
    (["test", "experiment", "significance", "significant", "ab", "a/b"], ["compare"]),
    (["driver", "cause", "causes", "contribution", "kitagawa", "root cause"], ["drivers"]),
    (["limit", "rank"], ["top", "sort"]), (["list", "customers", "users"], ["people", "show customer"]),
    (["cohort", "cohorts", "churn", "returning"], ["retention"]),
    (["conversion", "rate", "drop"], ["funnel", "dropoff"]),
    (["conformance", "fitness", "alignment", "deviation", "deviations"], ["conform"]),
    (["sum", "average", "mean", "total", "revenue", "ltv"], ["value"]), (["median", "duration of", "delay"], ["time"]),
    (["table", "tables", "schema", "select", "sql"], ["describe", "count"]),
    (["import", "csv", "read"], ["load events"]),
    (["delete", "drop", "clear"], ["remove", "forget"]),
    (["draw", "chart", "plot", "picture", "diagram"], ["show map"]),
    (["sequence", "sankey", "journeys", "variants"], ["paths", "flow"]),
    (["rename", "alias", "name"], ["names", "as"]),
    (["save", "store", "download", "write"], ["save", "export result"]), (["timeline", "journey"], ["show customer"]),
    (["figure", "test", "kpi"], ["assert"]), (["quote", "quotes", "quoting", "reserved"], ["names"]),
    (["time", "month", "week", "day"], ["per", "during"]),
  ]
}

extension Syntax {
  /// Whether the keyword stands somewhere in it, clauses aside.
  func holds(_ keyword: String) -> Bool {
    switch self {
    case .word(let word): word == keyword
    case .slot(_, let slot) where slot.words != nil: slot.words?.contains(keyword) ?? false
    case .optional(let content), .repeated(let content): content.contains { $0.holds(keyword) }
    case .choice(let alternatives): alternatives.joined().contains { $0.holds(keyword) }
    case .slot(_, .setting): Expectation.attribute.contains(.keyword(keyword))
    case .symbol, .slot, .clauses: false
    }
  }
}

extension Form {
  /// What it is listed as: its name where that is how it begins, else as much of its grammar as tells it from others.
  package var heading: String {
    let opening = syntax.prefix { if case .word = $0 { true } else { false } }.count
    let words = grammarLine.split(separator: " ").map(String.init)
    if words.prefix(opening).joined(separator: " ").hasPrefix(name) { return name }
    let shown = words.prefix { !$0.hasPrefix("[") && !$0.hasPrefix("(") }.prefix(opening + 2)
    let last = shown.lastIndex { $0.contains(where: \.isUppercase) } ?? shown.startIndex
    return shown[...last].joined(separator: " ")
  }
}
