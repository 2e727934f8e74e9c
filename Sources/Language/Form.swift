/// One form of statement: how it is written, what it means, how it is used. Parser, completion, highlighting, `help` and the docs
/// all read forms; none of them knows a statement by name.
package struct Form: Sendable {
  /// Groups of `help` and docs/LANGUAGE.md, in their order.
  package enum Group: String, CaseIterable, Sendable { case data, map, ask, judge, teach, also }

  /// Unique: the words it opens with, as `load events`.
  package var name: String
  package var group: Group
  package var syntax: [Syntax]
  /// One line, lower case, no full stop.
  package var summary: String
  /// A few sentences of what it means: defaults, units, ties. Empty for a form not yet due.
  package var meaning: String
  /// Statements that run on the sample shop, at least two; empty for a form not yet due.
  package var examples: [String]
  /// Whether its figures can be compared, as those of two groups.
  package var isCompared = false

  package init(
    _ name: String, in group: Group, _ syntax: [Syntax], summary: String, meaning: String = "",
    examples: [String] = []
  ) {
    self.name = name
    self.group = group
    self.syntax = syntax
    self.summary = summary
    self.meaning = meaning
    self.examples = examples
  }

  /// False for a form that is read but not yet answered.
  package var isDue: Bool { !examples.isEmpty }

  /// The clauses its question uses, as it has them, in canonical order; nil for a form that takes none.
  package var clauses: [Clause]? {
    for case .clauses(let used) in syntax {
      return Clause.allCases.compactMap { clause in used.first { $0 == clause } }
    }
    return nil
  }
}

/// The grammar of a form as data. At each place the next token decides: keywords win over names where both fit.
/// What stands in `optional`, `repeated` and each alternative of `choice` begins with something that must be there.
package indirect enum Syntax: Sendable, ExpressibleByStringLiteral {
  /// A keyword. Within an optional, a choice or a repetition it is kept as an argument labelled with itself.
  case word(String)
  case symbol(Symbol)
  /// An operand under the label by which the statement asks for it.
  case slot(String, Slot)
  case optional([Syntax])
  /// The first alternative whose first token fits.
  case choice([[Syntax]])
  /// Zero or more times.
  case repeated([Syntax])
  /// Clauses of a question, in any order. Every clause is read; those not listed are reported by `Grammar.check`.
  case clauses([Clause])

  package init(stringLiteral word: String) { self = .word(word) }
}
