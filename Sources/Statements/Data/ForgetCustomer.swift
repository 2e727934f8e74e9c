import Language
import SourceText
import Workspace

/// `forget customer ID`: erases a person.
enum ForgetCustomerStatement: Statement {
  static let form = Form(
    "forget customer", in: .data,
    ["forget", "customer", .slot("customer", .customer)],
    summary: "erase a person: events, what is known of them, answers",
    meaning: """
      In all events and surveys of the workspace, under every id that identities join to theirs, for good: undo does not bring them back, and the file holds nothing of theirs \
      afterwards. Files that they were loaded from are left alone.
      """,
    examples: [
      "forget customer u42",
      "forget customer \"u7\"",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let customer = parsed.name("customer") else { throw .incomplete(parsed) }
    let forgotten = try session.attempt(at: customer.span) { () throws(WorkspaceError) in
      try session.workspace.forget(customer: customer.text, at: session.now())
    }
    guard !forgotten.isNothing else { throw .unknownCustomer(customer) }
    let parts =
      forgotten.events.map { "\($0.count.counted("event")) of '\($0.store)'" }
      + (forgotten.answers > 0 ? [forgotten.answers.counted("answer")] : [])
      + (forgotten.wasKnown ? ["what was known of them"] : [])
      + (forgotten.pairs > 0 ? ["\(forgotten.pairs.counted("row")) of identities"] : [])
    var warnings: [Diagnostic] = []
    if !forgotten.savedTexts.isEmpty {
      warnings.append(
        Diagnostic(
          .customerNamed, "'\(customer.text)' still stands in \(forgotten.savedTexts.joined(separator: ", "))",
          severity: .warning))
    }
    return .done("erased '\(customer.text)': \(parts.joined(separator: ", "))", warnings: warnings)
  }
}

extension DiagnosticCode {
  package static let customerNamed = DiagnosticCode(
    "customer.named", "A warning: a text that is saved under a name says the id of a person who was erased.")
}
