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
  /// What was written with commas between.
  case list([Argument])
}

// What an argument is, where it is of that form.
extension Argument {
  package var asWord: String? { if case .word(let word) = self { word } else { nil } }
  package var asName: NameSyntax? { if case .name(let name) = self { name } else { nil } }
  package var asText: String? { if case .text(let text) = self { text } else { nil } }
  package var asNumber: Int? { if case .number(let number) = self { number } else { nil } }
  package var asVariable: NameSyntax? { if case .variable(let variable) = self { variable } else { nil } }
  package var asOne: OneSyntax? { if case .one(let one) = self { one } else { nil } }
  package var asSpot: SpotSyntax? { if case .spot(let spot) = self { spot } else { nil } }
  package var asDuration: DurationSyntax? { if case .duration(let duration) = self { duration } else { nil } }
  package var asRange: RangeSyntax? { if case .range(let range) = self { range } else { nil } }
  package var asCondition: ConditionSyntax? { if case .condition(let condition) = self { condition } else { nil } }
  package var asPeople: PeopleSyntax? { if case .people(let people) = self { people } else { nil } }
  package var asStatement: ParsedStatement? { if case .statement(let statement) = self { statement } else { nil } }
  package var asList: [Argument] { if case .list(let list) = self { list } else { [] } }
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
  package func word(_ label: String) -> String? { first(label, \.asWord) }
  package func name(_ label: String) -> NameSyntax? { first(label, \.asName) }
  package func text(_ label: String) -> String? { first(label, \.asText) }
  package func number(_ label: String) -> Int? { first(label, \.asNumber) }
  package func variable(_ label: String) -> NameSyntax? { first(label, \.asVariable) }
  package func statement(_ label: String) -> ParsedStatement? { first(label, \.asStatement) }

  /// What the first argument with this label is that has the wanted form; a keyword and an operand may share a label.
  private func first<Operand>(_ label: String, _ read: @escaping (Argument) -> Operand?) -> Operand? {
    arguments.lazy.filter { $0.label == label }.compactMap { read($0.value) }.first
  }

  /// All settings in order.
  package var settings: [SettingSyntax] {
    arguments.compactMap { if case .setting(let setting) = $0.value { setting } else { nil } }
  }
}
