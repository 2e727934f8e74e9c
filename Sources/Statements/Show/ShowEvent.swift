import JourneyQuery
import Language
import Rendering
import SourceText

/// `show event NAME`.
enum ShowEventStatement: Statement {
  static let form = Form(
    "show event", in: .teach,
    ["show", "event", .slot("event", .name(.event))],
    summary: "one event: how often, when, with which properties",
    meaning: """
      Counts and dates, the properties it carries with their fill and commonest values, and the touchpoints it \
      is linked to.
      """,
    examples: [
      "show event purchase",
      "show event visit",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let name = parsed.name("event") else { throw .incomplete(parsed) }
    let vocabulary = try session.vocabulary()
    guard vocabulary.events.contains(name.text) else {
      throw .unknown(.eventUnknown, "event", name, among: vocabulary.events)
    }
    let executor = try session.executor(at: parsed.span)
    let description = try session.apart(at: parsed.span) { [run = session.run] () throws(ExecutionError) in
      try executor.describe(event: name.text, run)
    }
    var answer = description.answer()
    let realised = try session.touchpoints(realisedBy: name.text)
    if !realised.isEmpty { answer.notes.append("realises \(realised.joined(separator: ", "))") }
    return .answer(answer)
  }
}

extension DiagnosticCode {
  package static let eventUnknown = DiagnosticCode(
    "event.unknown", "The events in use have none of this name; show events lists them.")
}
