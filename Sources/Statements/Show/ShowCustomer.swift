import JourneyEngine
import JourneyQuery
import Language
import SourceText
import Workspace

/// `show customer ID`.
enum ShowCustomerStatement: Statement {
  static let form = Form(
    "show customer", in: .teach,
    ["show", "customer", .slot("customer", .customer)],
    summary: "the journey of one customer as a timeline",
    meaning: """
      All events in canonical order with the time between them and their properties, and what is known of them; by any id of theirs where identities are loaded.
      """,
    examples: [
      "show customer u42",
      "show customer u7",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let customer = parsed.name("customer") else { throw .incomplete(parsed) }
    let executor = try session.executor(at: parsed.span)
    let person = try session.person(customer.text)
    guard
      let journey = try session.apart(
        at: parsed.span,
        { [run = session.run] () throws(ExecutionError) in try executor.journey(of: person, run) })
    else { return .journey(try withoutEvents(person, customer, in: session), touchpoints: [:]) }
    return .journey(journey, touchpoints: try session.touchpointsByEvent())
  }

  /// What is known of somebody who did nothing.
  private static func withoutEvents(
    _ person: String, _ name: NameSyntax, in session: Session
  ) throws(Diagnostic) -> Journey {
    guard let known = try session.attempt(session.workspace.customer(person)) else { throw .unknownCustomer(name) }
    return Journey(
      customer: person, properties: known.map { Journey.Property($0.name, Value($0.value)) }, events: [])
  }
}
