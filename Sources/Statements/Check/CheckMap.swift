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
    let unmet = try events.isEmpty ? [] : unmet(map, in: session)
    let felt = try session.emotions(resolver).mapValues(\.mean)
    let findings = try session.apart {
      MapCheck(map, events: events.isEmpty ? nil : events, unmet: unmet, felt: felt).findings
    }
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

  /// Personas that nobody in the events is; of those whose people cannot be asked for that is not known.
  private static func unmet(_ map: JourneyMap, in session: Session) throws(Diagnostic) -> Set<String> {
    var unmet: Set<String> = []
    for persona in map.all(.persona) {
      guard let meaning = persona.meaning, let question = try? Forms.grammar.parse("count for \(meaning)") else {
        continue
      }
      let answer: Answer
      do {
        answer = try session.ask(question)
      } catch {
        guard error.isOfQuestion else { throw error.pointingNowhere }
        continue
      }
      if answer.figures.first(where: { $0.name == "customers" })?.value == .integer(0) { unmet.insert(persona.name) }
    }
    return unmet
  }

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    .answer(try session.ask(parsed))
  }
}
