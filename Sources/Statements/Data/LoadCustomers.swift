import EventStore
import Interchange
import JourneyEngine
import JourneyQuery
import Language
import Rendering
import SourceText
import Workspace

/// `load customers FILE`: reads what is known of people.
enum LoadCustomersStatement: Statement {
  static let form = Form(
    "load customers", in: .data,
    [
      "load", "customers", .slot("file", .file), .roles(of: .customers), .optional(["zone", .slot("zone", .text)]),
      .named,
    ],
    summary: "read what is known of people, as a CRM exports it",
    meaning: """
      A row a person: the column of their ids is found by its name or given, and must have the ids of the events; all others become \
      properties, as customer.plan. They stand wherever properties may. A person who is known gets the values of the new row; columns \
      that it does not have stay. Of several rows of one person the last counts. People are one table, whatever a load is called with as.
      """,
    examples: [
      "load customers \"crm.csv\"",
      "load customers \"contacts.csv\" customer \"Contact ID\"",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let load = try FileLoad(of: .customers, parsed, in: session)
    let rows = try LoadedRows(load.loaded, of: load.shown)
    let (people, repeated) = try people(of: rows)
    let change = try session.attempt(at: parsed.span) { () throws(WorkspaceError) in
      try session.workspace.addCustomers(people, rows.details, unknown: rows.unknown, from: load.source)
    }
    let known = people.count - change.added
    let updated =
      known > 0 ? ": \(change.added.grouped) new, \(change.updated.grouped) of \(known.grouped) changed" : ""
    let (remarks, stranger) = try meeting(people.map(\.customer), in: session, at: parsed.span)
    return .done(
      LoadReport(
        load.loaded.summary, "loaded \(people.count.counted("customer")) from '\(load.shown)'\(updated)",
        remarks: remarks,
        changedKinds: change.becameText.map { "customer.\($0) is text from now on: its values are of two kinds" },
        properties: rows.details.map { ("customer." + $0.name, $0.kind) }
      ).text, warnings: [repeated, stranger].compactMap { $0 })
  }

  /// Each person once, and a warning of those who stand several times with different values.
  private static func people(of rows: LoadedRows) throws(Diagnostic) -> ([CustomerRow], Diagnostic?) {
    var (people, different): ([CustomerRow], [String]) = ([], [])
    _ = try rows.map { row throws(Diagnostic) in
      let person = CustomerRow(customer: row.key, values: rows.values(row))
      guard let last = people.last, last.customer == row.key else { return people.append(person) }
      if !last.values.elementsEqual(person.values, by: ==), different.last != row.key { different.append(row.key) }
      people[people.count - 1] = person
    }
    guard !different.isEmpty else { return (people, nil) }
    let named = different.prefix(3).map { "'\($0)'" }.joined(separator: ", ") + (different.count > 3 ? " …" : "")
    return (
      people,
      Diagnostic(
        .customersRepeated,
        "\(different.count.counted("customer")) \(different.count == 1 ? "stands" : "stand") several times with different values: \(named); the last row counts",
        severity: .warning)
    )
  }

  /// How people and those of the events in use meet.
  ///
  /// - Parameter loaded: those who were just loaded.
  private static func meeting(
    _ loaded: [String], in session: Session, at span: Range<Int>
  ) throws(Diagnostic) -> (remarks: [String], warning: Diagnostic?) {
    guard let store = try session.attempt(session.workspace.activeEventsName()) else { return ([], nil) }
    let identities = try session.attempt(session.workspace.identities())
    let ids = identities.map { identities in Set(loaded.map(identities.person)).sorted() } ?? loaded
    let known = try session.customerSource(at: span).customers
    let (found, customers) = (try session.countCustomers(among: known), try session.countCustomers())
    if try (ids.count == known.count ? found : session.countCustomers(among: ids)) == 0, customers > 0 {
      let written = loaded.first.map { ", as '\($0)'" } ?? ""
      return (
        [],
        Diagnostic(
          .customersUnmet, "none of them is a customer of '\(store)': are ids written alike\(written)?",
          hint: "list top 1", severity: .warning)
      )
    }
    let unknown = customers - found
    let rest =
      unknown == 0
      ? "of everybody in these events something is known"
      : "of \(unknown.counted("customer")) of these events nothing is known"
    return (["\(found.grouped) of \(known.count.counted("customer")) have events in '\(store)'; \(rest)"], nil)
  }
}

extension DiagnosticCode {
  package static let customersRepeated = DiagnosticCode(
    "customers.repeated",
    "A warning: a person stands in several rows of the file with different values. The last row counts.")
  package static let customersUnmet = DiagnosticCode(
    "customers.unmet",
    "A warning: nobody in the file is a customer of the events in use, so that nothing joins the two.")
}
