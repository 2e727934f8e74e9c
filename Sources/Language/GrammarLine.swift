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
    case .slot(let label, let slot):
      return slot.meaning.map { [(slot.operand ?? label.uppercased(), $0)] } ?? []
    case .optional(let content), .repeated(let content): return content.flatMap(\.legend)
    case .choice(let alternatives): return alternatives.joined().flatMap(\.legend)
    case .clauses(let clauses):
      let words = Clause.allCases.filter(clauses.contains).map(\.word).joined(separator: ", ")
      let own = clauses.filter(\.isOfForm).map { ($0.word, $0.explanation) }
      return [("CLAUSES", words + ", in any order")] + own
    }
  }
}
