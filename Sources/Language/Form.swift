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

  /// The clauses its question uses, in canonical order; nil for a form that takes none.
  package var clauses: [Clause]? {
    for case .clauses(let used) in syntax { return Clause.allCases.filter(used.contains) }
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
  /// One of these keywords, kept under the label.
  case oneWord(String, [String])
  /// Clauses of a question, in any order. Every clause is read; those not listed are reported by `Grammar.check`.
  case clauses([Clause])

  package init(stringLiteral word: String) { self = .word(word) }
}

/// The kinds of operand: what may be written there, and so what completion offers. In brackets the `Argument` it becomes.
package enum Slot: Hashable, Sendable {
  /// A word or string that names something of this sort (`name`).
  case name(Names)
  /// A quoted text that is a file or an address (`text`).
  case file
  /// A quoted text (`text`).
  case text
  /// A whole number, 0 or more (`number`).
  case number
  /// `$name`, `$3`, `$_` (`variable`).
  case variable
  /// A column of a file by name or by its number from 1 (`name` or `number`).
  case column
  /// A customer's id; digits need no quotes (`name`).
  case customer
  case path, one, spot, duration, range, condition, people, value, comparison
  /// A number, a percent or a duration (`value`).
  case figure
  /// A date, a year included (`date`).
  case date
  /// One test of people, without `and` and `or` at its top (`people`).
  case test
  case place, node
  /// One attribute with its values (`setting`).
  case setting
  /// `as` and what follows it (`meaning`).
  case meaning
  /// A literal, a span of dates, a path of at least two steps, or a question: what `let` takes (`value`, `range`, `path`, `statement`).
  case binding
  /// Any question (`statement`).
  case ask
  /// Any question, or a variable (`statement` or `variable`).
  case askOrVariable
  /// A question that can be asked of two groups; its clauses become those of the statement around it (`statement`).
  case question
  /// Any statement (`statement`).
  case statement
}
