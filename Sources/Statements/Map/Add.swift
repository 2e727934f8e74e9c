import JourneyModel
import Language
import SourceText

/// `add KIND NAME …`: puts an element on the map.
enum AddStatement: Statement {
  static let form = Form(
    "add", in: .map,
    [
      "add", .kind, .slot("name", .name(.new)), .optional([.slot("place", .place)]),
      .repeated([.slot("setting", .setting)]), .optional([.slot("meaning", .meaning)]),
    ],
    summary: "put a stage, touchpoint, persona, pain, win … on the map",
    meaning: """
      To says what it belongs to, after and before where it stands among its siblings; without either it comes \
      last. Attributes follow, each with its value: emotion runs from -2 to +2 and may be that of one persona (emotion -2 for Newcomer), severity, impact and effort from \
      1 to 5. A persona is the people after its as; a kpi, goal or win is measured by the question after its as. A target is to be reached, or with at most not to be passed.
      """,
    examples: [
      "add touchpoint \"Gift wrapping\" to Purchase channel web owner Marketing emotion +1",
      "add stage Loyalty after Post-purchase",
      "add pain \"No gift receipt\" to Purchase severity 3 owner Logistics",
      "add kpi \"Cart rate\" target 40% as funnel cart_added -> purchase within 7d",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let kind = try parsed.kind
    guard let name = parsed.name("name") else { throw .incomplete(parsed) }
    let settings = try session.settings(of: parsed)
    let meaning = try session.meaning(of: parsed, for: kind)
    let map = try session.edit(parsed) { (map) throws(MapError) in
      try map.edit(
        adding: kind, name.text, at: parsed.place, settings: settings.ofAll, emotions: settings.emotions,
        meaning: meaning)
    }
    let place = map.element(ElementReference(kind, name.text))?.parent.map { " to \($0)" } ?? ""
    return .done("added \(ElementReference(kind, name.text))\(place)")
  }
}
