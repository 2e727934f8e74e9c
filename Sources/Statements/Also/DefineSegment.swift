import Language
import SourceText
import Workspace

/// `define segment NAME as PEOPLE`.
enum DefineSegmentStatement: Statement {
  static let form = Form(
    "define segment", in: .also,
    ["define", "segment", .slot("name", .name(.new)), "as", .slot("people", .people)],
    summary: "name a group of people to use in for and between",
    meaning: """
      The test looks at whole journeys, before where and during. Defining the name again replaces it.
      """,
    examples: [
      "define segment mobile as device = phone",
      "define segment loyal as did purchase 3 or more times",
      "define segment converted as $main",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let name = parsed.name("name"), case .people(let people)? = parsed["people"] else {
      throw .incomplete(parsed)
    }
    let resolver = try session.resolver()
    let written = try resolver.written(people)
    try resolver.checkOutlives(written, kept: "segment '\(name.text)'")
    let text = written.canonical()
    var vocabulary = resolver.vocabulary
    vocabulary.segments[name.text] = text
    do {
      var trial = Resolver(vocabulary)
      trial.customers = resolver.customers
      _ = try trial.people(people)
    } catch  where error.code == "definition.circular" || !vocabulary.events.isEmpty {
      throw error
    } catch {
      // Before events are loaded their names cannot be checked.
    }
    try session.attempt(at: name.span) {
      try session.workspace.save(SavedText(name: name.text, text: text, at: session.now()), as: .segment)
    }
    return .done("segment '\(name.text)' is \(text)")
  }
}
