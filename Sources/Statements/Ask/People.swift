import JourneyQuery
import Language
import Rendering
import SourceText

/// `people $x [[lost] at STEP]`.
enum PeopleStatement: Question {
  static let form = Form(
    "people", in: .ask,
    ["people", .result, .reached, .named],
    summary: "the customers behind an answer",
    meaning: """
      With at, those who reached a step; with lost at, those who reached it and not the next required one. A \
      step that occurs twice is named by its number from 1.
      """,
    examples: [
      "people $main",
      "people $main lost at cart_added",
      "people $_ at 2",
    ])

  /// `$_` is written as the number it stands for now. A list that is kept needs a funnel that is kept.
  static func canonical(_ parsed: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic)
    -> ParsedStatement
  {
    guard var name = parsed.variable("result") else { throw .incomplete(parsed) }
    if name.text == "_", !session.results.isEmpty { name.text = String(session.results.count) }
    if let kept = parsed.name("name"), Int(name.text) != nil {
      throw Diagnostic(
        "people.unsaved", "$\(kept.text) would outlive $\(name.text), which ends with the session", at: name.span,
        hint: "let $main = funnel …, then people $main … as \(kept.text)")
    }
    var canonical = parsed
    canonical.arguments = parsed.arguments.filter { $0.label != "name" && $0.label != "as" }
    for (index, argument) in canonical.arguments.enumerated() where argument.label == "result" {
      canonical.arguments[index].value = .variable(name)
    }
    return canonical
  }

  static func answer(_ canonical: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic)
    -> Answer
  {
    guard let name = canonical.variable("result") else { throw .incomplete(canonical) }
    let funnel = try resolver.savedFunnel(name)
    let query = PeopleQuery(funnel: funnel, part: try part(canonical, of: funnel, resolver))
    let executor = try session.executor(at: canonical.span)
    let report = try session.apart(at: canonical.span) { [run = session.run] in try query.ask(executor, run) }
    return query.answer(report)
  }

  private static func part(
    _ parsed: ParsedStatement, of funnel: FunnelQuery, _ resolver: Resolver
  ) throws(Diagnostic) -> PeopleQuery.Part {
    guard case .spot(let spot)? = parsed["spot"] else { return .all }
    let index = try resolver.index(of: spot, in: funnel.path)
    guard parsed.has("lost") else { return .reached(index) }
    guard !funnel.path.steps[index].isOptional else {
      throw Diagnostic(
        "spot.optional", "nobody is lost at a step that may be skipped", at: spot.span,
        hint: "the required step before it")
    }
    return .lost(index)
  }
}
