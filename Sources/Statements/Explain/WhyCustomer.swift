import JourneyQuery
import Language
import SourceText

/// `why customer ID $x`.
enum WhyCustomerStatement: Statement {
  static let form = Form(
    "why customer", in: .teach,
    ["why", "customer", .slot("customer", .customer), .result],
    summary: "how one customer was read by a funnel, event by event",
    meaning: """
      Every event of the journey, taken for a step or passed over, and by which rule.
      """,
    examples: [
      "why customer u42 $main",
      "why customer u7 $_",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let customer = parsed.name("customer"), let name = parsed.variable("result") else {
      throw .incomplete(parsed)
    }
    let resolver = try session.resolver()
    let funnel = try resolver.savedFunnel(name)
    let executor = try session.executor(at: parsed.span)
    let person = try session.person(customer.text)
    let trace = try session.apart(at: parsed.span) { [run = session.run] () throws(ExecutionError) in
      try executor.trace(of: person, in: funnel, run)
    }
    guard let trace else { throw .unknownCustomer(customer) }
    return .trace(trace, of: funnel, asked: Forms.grammar.canonical(try resolver.savedQuestion(name)))
  }
}
