import JourneyModel
import Language
import SourceText

/// `link [touchpoint] NAME to STEP, STEP …`.
enum LinkStatement: Statement {
  static let form = Form(
    "link", in: .map,
    ["link", .touchpoint, "to", .slot("one", .one), .repeated([.symbol(.comma), .slot("one", .one)])],
    summary: "tie a touchpoint to the events that realise it",
    meaning: """
      Several links of a touchpoint add up. A link may carry a condition on the event. A touchpoint without a \
      link matches the event of its own name.
      """,
    examples: [
      "link Checkout to event checkout_started, wishlist_added",
      "link touchpoint Checkout to event checkout_started(device = phone)",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let name = parsed.name("name") else { throw .incomplete(parsed) }
    let ones = parsed.arguments.compactMap { if case .one(let one) = $0.value { one } else { nil } }
    let resolver = try session.resolver()
    var links: [String] = []
    for one in ones { links.append(try resolver.writtenText(of: .one(one))) }
    try session.edit(parsed) { (map) throws(MapError) in try map.edit(linking: name.text, to: links) }
    // As it is now, for a step may be this very touchpoint.
    let linked = try session.resolver()
    var warnings: [Diagnostic] = []
    for one in ones {
      do {
        _ = try linked.step(one)
      } catch {
        // A map may be linked before the events arrive; what does not fit yet is said, not refused.
        if !linked.vocabulary.events.isEmpty { warnings.append(error.asWarning) }
      }
    }
    return .done("linked touchpoint '\(name.text)' to \(links.joined(separator: ", "))", warnings: warnings)
  }
}
