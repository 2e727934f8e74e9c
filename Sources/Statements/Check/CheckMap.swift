import JourneyModel
import JourneyQuery
import Language
import Rendering
import SourceText

/// `check map [NAME]`.
enum CheckMapStatement: Question {
  static let form = Form(
    "check map", in: .ask,
    ["check", "map", .optional([.slot("map", .name(.map))])],
    summary: "what is missing on the map or does not fit the events",
    meaning: """
      Each finding has a stable code, such as map.touchpoint-unlinked. Assert check map = 0 holds when there is \
      none.
      """,
    examples: [
      "check map",
      "check map shop",
    ])

  static func answer(_ parsed: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic) -> Answer
  {
    let map = try session.map(parsed.name("map"), at: parsed.span)
    let events = resolver.vocabulary.events
    let findings = try session.apart { MapCheck(map, events: events.isEmpty ? nil : events).findings }
    let rows = findings.map { finding -> [Cell] in
      [
        .text(finding.code), finding.element.map { .text("\($0)") } ?? .missing, .text(finding.message),
        .text(finding.mend),
      ]
    }
    let columns: [Table.Column] = [
      .init("finding"), .init("on", priority: 1), .init("what", priority: 2), .init("to type", isWhole: true),
    ]
    return Answer(
      tables: rows.isEmpty ? [] : [Table(columns: columns, rows: rows)],
      notes: [rows.isEmpty ? "map '\(map.name)' lacks nothing" : "map '\(map.name)': \(rows.count) findings"],
      figures: [.init("findings", .integer(rows.count))])
  }

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    .answer(try session.ask(parsed))
  }
}
