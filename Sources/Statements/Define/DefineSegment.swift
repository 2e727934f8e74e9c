import Language
import SourceText

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
    return try session.define(name, as: .people(people), .segment, in: \.segments) { (resolver) throws(Diagnostic) in
      try resolver.checkOutlives(people, kept: "segment '\(name.text)'")
      _ = try resolver.people(people)
    }
  }
}
