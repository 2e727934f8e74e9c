import JourneyQuery
import JourneyTime

/// A statement by its form, with its operands under their labels.
package struct ParsedStatement: Hashable, Sendable {
  /// `Form.name`.
  package var form: String
  /// In the order of the form. Keywords of optional parts are arguments too, under their own word.
  package var arguments: [Labelled]
  package var clauses: ClausesSyntax
  /// The text it was read from; all spans are offsets into it.
  package var text: String
  package var span: Range<Int>

  package struct Labelled: Hashable, Sendable {
    package var label: String
    package var value: Argument
    package var span: Range<Int>
  }
}

package indirect enum Argument: Hashable, Sendable {
  /// A keyword that was there (`again`), or the one that was chosen.
  case word(String)
  case name(NameSyntax)
  /// A quoted text, without its quotes.
  case text(String)
  case number(Int)
  /// Without its `$`.
  case variable(NameSyntax)
  case path(PathSyntax)
  case one(OneSyntax)
  case spot(SpotSyntax)
  case duration(DurationSyntax)
  case range(RangeSyntax)
  case date(CalendarDate)
  case condition(ConditionSyntax)
  case people(PeopleSyntax)
  case value(ValueSyntax)
  case comparison(Comparison)
  case place(PlaceSyntax)
  case setting(SettingSyntax)
  case meaning(MeaningSyntax)
  case node(NodeSyntax)
  case statement(ParsedStatement)
}

extension ParsedStatement {
  /// The first argument with this label.
  package subscript(label: String) -> Argument? {
    arguments.first { $0.label == label }?.value
  }

  /// Where the first argument with this label stands.
  package func span(of label: String) -> Range<Int>? {
    arguments.first { $0.label == label }?.span
  }

  /// Whether the keyword of an optional part was written.
  package func has(_ word: String) -> Bool { self[word] != nil }

  /// The keyword chosen under the label.
  package func word(_ label: String) -> String? {
    if case .word(let word)? = self[label] { word } else { nil }
  }

  package func name(_ label: String) -> NameSyntax? {
    if case .name(let name)? = self[label] { name } else { nil }
  }

  package func text(_ label: String) -> String? {
    if case .text(let text)? = self[label] { text } else { nil }
  }

  package func number(_ label: String) -> Int? {
    if case .number(let number)? = self[label] { number } else { nil }
  }

  package func variable(_ label: String) -> NameSyntax? {
    if case .variable(let name)? = self[label] { name } else { nil }
  }

  package func statement(_ label: String) -> ParsedStatement? {
    if case .statement(let statement)? = self[label] { statement } else { nil }
  }

  /// All settings in order.
  package var settings: [SettingSyntax] {
    arguments.compactMap { if case .setting(let setting) = $0.value { setting } else { nil } }
  }
}
