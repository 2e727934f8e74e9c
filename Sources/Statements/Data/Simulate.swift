import EventStore
import JourneyModel
import JourneyQuery
import JourneyTime
import Language
import Rendering
import Simulation
import SourceText
import Workspace

/// `simulate N customers [from map NAME] [seed N] [as NAME]`: journeys that nobody lived, over a map.
enum SimulateStatement: Statement {
  static let form = Form(
    "simulate", in: .data,
    [
      "simulate", .slot("customers", .count), "customers",
      .optional(["from", "map", .optional([.slot("map", .name(.map))])]),
      .optional(["seed", .slot("seed", .number)]), .named,
    ],
    summary: "make up customers who go through a map, to try things on",
    meaning: """
      Journeys lead over the touchpoints of the map in use, or of the one named: stage after stage with returns and \
      skips, more to touchpoints that feel good, at the pace of their channels. Events are called as links say, or as \
      their touchpoint; they have the channel and the persona where the map has any. The reply says all that is assumed. The same \
      seed (1) makes the same journeys everywhere. The events go into a store of their own, called simulated, take the place of what was simulated \
      under this name before, and are those in use from then on.
      """,
    examples: [
      "simulate 500 customers",
      "simulate 2_000 customers from map shop seed 7 as sim",
    ])

  static let standardName = "simulated"
  static let standardSeed = 1
  static let mostCustomers = 10_000_000
  /// Of the source that the workspace keeps.
  static let kind = "simulated"

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let customers = try customers(parsed)
    let seed = parsed.number("seed") ?? standardSeed
    let name = parsed.name("name")?.text ?? standardName
    let map = try session.map(parsed.name("map"), at: parsed.span)
    var links = SimulatedLinks(try session.vocabulary())
    let story = MapStory(map) { links.events(of: $0) }
    guard !story.stages.isEmpty else {
      throw Diagnostic(
        .simulateMap, "map '\(map.name)' has no touchpoints in its stages", at: parsed.span(of: "map") ?? parsed.span,
        hint: "add touchpoint NAME to STAGE")
    }
    let before = try session.attempt(session.workspace.activeEventsName())
    try keepOthers(name, parsed, in: session)
    let draft = try draft(MapSimulator(story, seed: UInt64(seed)), of: customers, parsed, in: session)
    let source = LoadedSource(
      kind: kind, store: name, file: map.name, size: 0, fingerprint: "\(customers) \(seed)", rows: draft.eventCount,
      badRows: 0, at: session.now(), roles: "")
    try session.attempt(at: parsed.span) { () throws(WorkspaceError) in
      try session.workspace.saveEvents(draft, as: name, from: source, at: session.now()) { share in
        session.progress?(share, "saving '\(name)'")
      }
    }
    let head = """
      simulated \(customers.counted("customer")) with \(draft.eventCount.counted("event")) from map '\(map.name)', seed \(seed), \
      into '\(name)'; nobody lived these journeys
      """
    let back = before.flatMap {
      $0 == name ? nil : "'\($0)' was in use before: use events \($0.writtenAsName())"
    }
    let remarks = story.assumptions + links.remarks + (back.map { [$0] } ?? [])
    return .done(([head] + remarks.map { "  " + $0 }).joined(separator: "\n"))
  }

  private static func customers(_ parsed: ParsedStatement) throws(Diagnostic) -> Int {
    guard let customers = parsed.number("customers") else { throw .incomplete(parsed) }
    guard customers <= mostCustomers else {
      throw Diagnostic(
        .simulateMany, "at most \(mostCustomers.grouped) customers are simulated", at: parsed.span(of: "customers"),
        hint: "simulate \(mostCustomers) customers")
    }
    return customers
  }

  /// Refuses to take the place of events that were not simulated: they could not be brought back.
  private static func keepOthers(_ name: String, _ parsed: ParsedStatement, in session: Session) throws(Diagnostic) {
    guard try session.holdsEvents(name, otherThan: kind) else { return }
    throw Diagnostic(
      .simulateTaken, "events called '\(name)' are here already, and they were not simulated",
      at: parsed.span(of: "name") ?? parsed.span, hint: "as \(name == standardName ? "sim" : standardName)")
  }

  private static func draft(
    _ simulator: MapSimulator, of customers: Int, _ parsed: ParsedStatement, in session: Session
  ) throws(Diagnostic) -> BucketAssembly {
    let spill = RowSpill(budget: session.memory / 2, folder: session.spillFolder)
    let tell = session.progress
    let made = try session.apart(at: parsed.span) { [run = session.run] () throws(ExecutionError) in
      let builder = simulator.events(
        of: customers, spill: spill, progress: { tell?($0, "simulating \(customers.counted("customer"))") },
        isCancelled: { run.isCancelled })
      try run.check()
      let draft = Result { () throws(SpillFailure) in try builder.draft { run.isCancelled } }
      try run.check()
      return draft
    }
    do throws(SpillFailure) { return try made.get() } catch {
      throw Diagnostic(
        .loadSpill, "rows that memory has no room for cannot be put aside: \(error.reason)", at: parsed.span,
        hint: ".memory 8GB")
    }
  }
}

extension DiagnosticCode {
  package static let simulateMap = DiagnosticCode(
    "simulate.map", "Journeys are simulated over touchpoints that stand in stages, and the map has none.")
  package static let simulateMany = DiagnosticCode(
    "simulate.many", "More customers than simulate makes up at once.")
  package static let simulateTaken = DiagnosticCode(
    "simulate.taken", "Events that were not simulated have this name, and simulate does not replace them.")
}
