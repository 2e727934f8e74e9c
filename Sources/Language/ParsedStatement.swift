/// A statement by its form, with its operands under their labels.
package struct ParsedStatement: Hashable, Sendable {
  /// `Form.name`.
  package var form: String
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
  case number(Double)
  case path(PathSyntax)
  case one(OneSyntax)
  case spot(SpotSyntax)
  case duration(DurationSyntax)
  case range(RangeSyntax)
  case condition(ConditionSyntax)
  case people(PeopleSyntax)
  case value(ValueSyntax)
  case place(PlaceSyntax)
  case setting(SettingSyntax)
  case meaning(MeaningSyntax)
  case node(NodeSyntax)
  case statement(ParsedStatement)
}
