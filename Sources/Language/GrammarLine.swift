// Forms as people read them: keywords as they are typed, operands in capitals, `[ ]` for what may be absent, `( | )` for a choice,
// `…` for what may be repeated.

extension Form {
  /// `load events FILE [customer|time|… COLUMN]… [zone TEXT] [again] [as NAME]`, on one line.
  package var grammarLine: String { syntax.map(\.written).joined(separator: " ") }

  /// What the capitals in its grammar line stand for, in their order: `("PATH", "steps joined by …")`.
  package var legend: [(operand: String, meaning: String)] {
    var legend: [(operand: String, meaning: String)] = []
    for (operand, meaning) in syntax.flatMap(\.legend) where !legend.contains(where: { $0.operand == operand }) {
      legend.append((operand, meaning))
    }
    return legend
  }
}

extension Syntax {
  fileprivate var written: String {
    switch self {
    case .word(let word): word
    case .symbol(let symbol): symbol.rawValue
    case .slot(let label, let slot): slot.operand ?? label.uppercased()
    case .optional(let content): "[\(Self.written(content))]"
    case .repeated(let content): "[\(Self.written(content))]…"
    case .choice(let alternatives):
      alternatives.count == 1 ? Self.sequence(alternatives[0]) : "(\(Self.alternatives(alternatives)))"
    case .oneWord(let label, let words): words.count <= 4 ? words.joined(separator: "|") : label.uppercased()
    case .clauses: "[CLAUSES]"
    }
  }

  /// Within brackets of its own a choice needs none.
  private static func written(_ content: [Syntax]) -> String {
    if content.count == 1, case .choice(let alternatives) = content[0] { return Self.alternatives(alternatives) }
    return sequence(content)
  }

  private static func sequence(_ items: [Syntax]) -> String { items.map(\.written).joined(separator: " ") }

  private static func alternatives(_ alternatives: [[Syntax]]) -> String {
    alternatives.map(sequence).joined(separator: " | ")
  }

  fileprivate var legend: [(operand: String, meaning: String)] {
    switch self {
    case .word, .symbol: return []
    case .slot(_, let slot):
      guard let operand = slot.operand, let meaning = slot.meaning else { return [] }
      return [(operand, meaning)]
    case .optional(let content), .repeated(let content): return content.flatMap(\.legend)
    case .choice(let alternatives): return alternatives.joined().flatMap(\.legend)
    case .oneWord(let label, let words):
      return words.count <= 4 ? [] : [(label.uppercased(), words.joined(separator: ", "))]
    case .clauses(let clauses):
      let used = Clause.allCases.filter(clauses.contains)
      return [("CLAUSES", used.map(\.rawValue).joined(separator: ", ") + ", in any order")]
    }
  }
}

extension Slot {
  /// Its name in grammar lines; nil where the label says it better.
  fileprivate var operand: String? {
    switch self {
    case .name: nil
    case .file: "FILE"
    case .text: "TEXT"
    case .number: "N"
    case .variable: "$NAME"
    case .column: "COLUMN"
    case .customer: "CUSTOMER"
    case .path: "PATH"
    case .one: "STEP"
    case .spot: "STEP"
    case .duration: "DURATION"
    case .range: "DATES"
    case .condition: "CONDITION"
    case .people, .test: "PEOPLE"
    case .value: "VALUE"
    case .figure: "NUMBER"
    case .comparison: "COMPARISON"
    case .date: "DATE"
    case .place: "PLACE"
    case .node: "ELEMENT"
    case .setting: "ATTRIBUTE VALUE"
    case .meaning: "as MEANING"
    case .binding: "VALUE"
    case .ask, .question: "QUESTION"
    case .askOrVariable: "QUESTION|$NAME"
    case .statement: "STATEMENT"
    }
  }

  /// What may be written for it.
  fileprivate var meaning: String? {
    switch self {
    case .name, .text, .number, .duration, .condition, .test, .question, .ask, .statement, .node: nil
    case .file: "a quoted file name"
    case .variable: "a saved value or answer: $name, $3 for the third of the session, $_ for the last"
    case .column: "a column by its name, or by its number from 1"
    case .customer: "a customer's id; quoted unless it is a name or digits"
    case .path: "steps joined by -> (later) or => (directly next), a time limit behind: ->[2h]; STEP? may be skipped"
    case .one:
      "a touchpoint, stage, event or defined step, with or without (condition), {a | b} for either, * for any event"
    case .spot: "a step of the path, or its number from 1"
    case .range: "2025, 2025-Q3, 2025-07-01 .. 2025-07-14, last 12 weeks, $name"
    case .people:
      "tests of persons: device = mobile, did purchase 2 or more times in 2025-Q3, persona NAME, segment NAME"
    case .value: "a number, percent, duration, date, true, false, name or $name"
    case .figure: "a number, a percent or a duration"
    case .comparison: "= != < <= > >="
    case .date: "2025, 2025-Q3, 2025-07, 2025-W31, 2025-07-01"
    case .place: "to what it belongs, after or before which sibling: to Purchase after Payment"
    case .setting:
      "owner, status, channel, persona, emotion, severity, impact, effort, target, since, due, reviewed, note"
    case .meaning: "the people it stands for, or the question it is measured by"
    case .binding: "a number, text, duration, range of dates, a path of two steps or more, or a question"
    case .askOrVariable: "a question with its clauses, or a saved answer"
    }
  }
}
