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
}

/// The grammar of a form as data. At each place the next token decides: keywords win over names where both fit.
package indirect enum Syntax: Sendable {
  /// A keyword.
  case word(String)
  /// An operand under the label by which the statement asks for it.
  case slot(String, Slot)
  case optional([Syntax])
  /// The first alternative whose first token fits.
  case choice([[Syntax]])
  /// Zero or more times.
  case repeated([Syntax])
  /// One of these keywords, kept under the label.
  case oneWord(String, [String])
  /// Clauses of a question, in any order.
  case clauses([Clause])
}

/// The kinds of operand: what may be written there, and so what completion offers.
package enum Slot: Hashable, Sendable {
  /// A word or string that names something of this sort.
  case name(Names)
  /// A quoted text that is a file or an address (`string` in the grammar).
  case file, text
  case number, variable
  case column
  case path, one, steps, spot, duration, range, condition, people, value, values
  case place, settings, meaning, node
  /// A literal, a span of dates, a path of at least two steps, or a question: what `let` takes.
  case binding
  /// A question with its clauses, or a variable.
  case ask, askOrVariable
  case question
  /// Any statement.
  case statement
  case measure, test, code
}

/// Where a name comes from.
package enum Names: Hashable, Sendable {
  case new, map, store, survey, sample, template, source, snapshot, segment, step, element, property, event, lesson,
    topic
  case customer, figure, zone, format, persona
}
