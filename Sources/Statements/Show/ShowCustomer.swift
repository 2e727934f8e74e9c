import JourneyQuery
import Language
import SourceText

/// `show customer ID`.
enum ShowCustomerStatement: Statement {
  static let form = Form(
    "show customer", in: .teach,
    ["show", "customer", .slot("customer", .customer)],
    summary: "the journey of one customer as a timeline",
    meaning: """
      All events in canonical order with the time between them and their properties; by any id of theirs where identities are loaded.
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
    else { throw .unknownCustomer(customer) }
    return .journey(journey, touchpoints: try session.touchpointsByEvent())
  }
}
