import JourneyModel
import JourneyQuery
import Language
import Rendering
import SourceText
import Workspace

/// `show stages`, `show links`, `show results` …
enum ShowListStatement: Statement {
  static let form = Form(
    "show list", in: .teach,
    [
      "show",
      .slot(
        "list",
        .oneOf([
          "stages", "touchpoints", "personas", "channels", "pains", "opportunities", "questions", "needs", "actions",
          "motivations", "quotes", "backstages", "wins", "kpis", "goals", "links", "segments", "steps", "results",
        ])), .optional(["by", "price"]),
    ],
    summary: "list all of one kind: stages, touchpoints, links, segments …",
    meaning: """
      In map order, or in the order they were made. By price come pains and opportunities that matter most: a pain is \
      priced at those who leave the map at its touchpoint (its stage, if it hangs there), times the revenue of those who \
      go on divided by their number, which is more than can be won. An opportunity ranks by the price of its pain times \
      impact divided by effort.
      """,
    examples: [
      "show touchpoints",
      "show links",
      "show pains by price",
      "show results",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let list = parsed.word("list") ?? ""
    if let kind = ElementKind.allCases.first(where: { $0.plural == list }) {
      let map = try session.activeMap(at: parsed.span)
      if parsed.has("by") { return .answer(try prices(of: kind, on: map, parsed, in: session)) }
      let measures = try session.measures(of: map.all(kind))
      return .answer(try session.apart { map.listing(of: kind, measures: measures) })
    }
    switch list {
    case "links":
      let map = try session.activeMap(at: parsed.span)
      return .answer(try session.apart { map.links() })
    case "segments": return .answer(try saved(.segment, in: session))
    case "steps": return .answer(try saved(.step, in: session))
    default: return .answer(try results(in: session))
    }
  }

  private static func prices(
    of kind: ElementKind, on map: JourneyMap, _ parsed: ParsedStatement, in session: Session
  ) throws(Diagnostic) -> Answer {
    guard kind == .pain || kind == .opportunity else {
      throw Diagnostic(
        .listUnpriced, "only pains and opportunities have a price", at: parsed.span(of: "by"),
        hint: "show pains by price")
    }
    let reading = try session.reading(of: map, as: parsed)
    return try session.apart { map.priced(kind, reading) }
  }

  private static func saved(_ kind: Workspace.SavedKind, in session: Session) throws(Diagnostic) -> Answer {
    let rows = try session.attempt(session.workspace.saved(kind)).map { [Cell.text($0.name), .text($0.text)] }
    return Answer(tables: [
      Table(columns: [.init(kind == .step ? "step" : "segment"), .init("definition")], rows: rows)
    ])
  }

  /// Answers of this session by number, then what is saved by name.
  private static func results(in session: Session) throws(Diagnostic) -> Answer {
    var rows = session.results.enumerated().map { [Cell.text("$\($0 + 1)"), .text($1.question)] }
    for kind in [Workspace.SavedKind.result, .value] {
      rows += try session.attempt(session.workspace.saved(kind)).map { [.text("$" + $0.name), .text($0.text)] }
    }
    return Answer(tables: [Table(columns: [.init("name"), .init("stands for")], rows: rows)])
  }
}

extension DiagnosticCode {
  package static let listUnpriced = DiagnosticCode(
    "list.unpriced", "Only pains and opportunities are listed by price.")
}
