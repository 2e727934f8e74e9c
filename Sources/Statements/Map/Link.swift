import JourneyModel
import Language
import SourceText

/// `link touchpoint NAME to STEP`.
enum LinkStatement: Statement {
  static let form = Form(
    "link", in: .map,
    ["link", "touchpoint", .slot("touchpoint", .name(.element(.touchpoint))), "to", .slot("one", .one)],
    summary: "tie a touchpoint to the events that realise it",
    meaning: """
      Several links of a touchpoint add up. A link may carry a condition on the event. A touchpoint without a \
      link matches the event of its own name.
      """,
    examples: [
      "link touchpoint Checkout to event checkout_started",
      "link touchpoint Checkout to event checkout_started(device = phone)",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let name = parsed.name("touchpoint"), case .one(let one)? = parsed["one"] else { throw .incomplete(parsed) }
    let link = (try session.resolver().written(one)).canonical()
    try session.edit(parsed) { (map) throws(MapError) in try map.edit(linking: name.text, to: link) }
    var warnings: [Diagnostic] = []
    do {
      _ = try session.resolver().step(one)
    } catch {
      // A map may be linked before the events arrive; what does not fit yet is said, not refused.
      if try !session.vocabulary().events.isEmpty { warnings = [error.asWarning] }
    }
    return .done("linked touchpoint '\(name.text)' to \(link)", warnings: warnings)
  }
}
