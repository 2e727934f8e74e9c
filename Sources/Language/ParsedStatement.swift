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

  /// Where the last argument with this label stands: the operand, where its keyword has the label too.
  package func span(of label: String) -> Range<Int>? {
    arguments.last { $0.label == label }?.span
  }

  /// Writes out an optional part that was left out: its keyword and its operand. It must be the last part before the clauses.
  package mutating func complete(_ word: String, _ label: String, with operand: Argument) {
    arguments.append(Labelled(label: word, value: .word(word), span: span))
    arguments.append(Labelled(label: label, value: operand, span: span))
  }

  /// Whether the keyword of an optional part was written.
  package func has(_ word: String) -> Bool { self[word] != nil }

  /// The keyword chosen under the label.
  package func word(_ label: String) -> String? {
    first(label) { if case .word(let word) = $0 { word } else { nil } }
  }

  package func name(_ label: String) -> NameSyntax? {
    first(label) { if case .name(let name) = $0 { name } else { nil } }
  }

  package func text(_ label: String) -> String? {
    first(label) { if case .text(let text) = $0 { text } else { nil } }
  }

  package func number(_ label: String) -> Int? {
    first(label) { if case .number(let number) = $0 { number } else { nil } }
  }

  package func variable(_ label: String) -> NameSyntax? {
    first(label) { if case .variable(let variable) = $0 { variable } else { nil } }
  }

  package func statement(_ label: String) -> ParsedStatement? {
    first(label) { if case .statement(let statement) = $0 { statement } else { nil } }
  }

  /// What the first argument with this label is that has the wanted form; a keyword and an operand may share a label.
  private func first<Operand>(_ label: String, _ read: (Argument) -> Operand?) -> Operand? {
    for argument in arguments where argument.label == label {
      if let operand = read(argument.value) { return operand }
    }
    return nil
  }

  /// All settings in order.
  package var settings: [SettingSyntax] {
    arguments.compactMap { if case .setting(let setting) = $0.value { setting } else { nil } }
  }
}
