import JourneyQuery
import Language
import Rendering
import SourceText

/// `show customers …`: what is known of people.
enum ShowCustomersStatement: TableQuestion {
  static let form = Form(
    "show customers", in: .teach,
    [
      "show", "customers",
      .clauses([
        .where, .for, .with,
        .sort.taking("What customers are sorted by, the smallest first unless descending; missing values come last."),
        .top.taking("How many are listed: the first in the order of sort.", standard: "20"),
      ]),
    ],
    summary: "what is known of customers, a row each",
    meaning: """
      By their ids, unless sort says otherwise, with what with names, or all that is known. \
      A property of events is the first value that is not missing.
      """,
    examples: [
      "show customers",
      "show customers where loyalty = gold sort age descending top 5",
    ])

  static let sortsItself = true

  static func source(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> CustomerSource {
    try session.customerSource(at: parsed.span)
  }

  static func catalog(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Catalog {
    Catalog(people: try session.attempt(session.workspace.customerDetails()).map(Catalog.Property.init))
  }

  static func query(_ complete: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> ListQuery {
    var query = ListQuery(top: try complete.needed(\.top), scope: try resolver.scope(complete))
    query.properties = try resolver.vocabulary.customerNames.map { (name) throws(Diagnostic) in
      try resolver.property(NameSyntax(text: name, isQuoted: true, span: complete.span)).name
    }
    if complete.clauses[.with] != nil {
      query.properties = try complete.clauses.with.map { (name) throws(Diagnostic) in try resolver.property(name).name }
    }
    if let (name, isDescending) = complete.clauses.sort {
      let property = try resolver.property(name)
      query.order =
        property.builtin == .customer
        ? .customer(isDescending: isDescending) : .property(property.name, isDescending: isDescending)
    }
    return query
  }

  static func telling(
    _ canonical: ParsedStatement, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> @Sendable (ListQuery, ListReport) -> Answer {
    { query, report in report.customersAnswer(to: query) }
  }
}
