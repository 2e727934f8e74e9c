import JourneyEngine
import JourneyQuery
import Language
import Rendering
import SourceText
import Workspace

/// A question of rows that the workspace keeps beside events.
protocol TableQuestion: EventQuestion {
  associatedtype Source: TableSource
  /// The rows that are asked.
  static func source(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Source
  /// What these rows have, told without reading them.
  static func catalog(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Catalog
}

extension TableQuestion {
  /// What these rows have of what events have.
  static var builtins: Set<BuiltinProperty> { Source.builtins }
}

extension TableQuestion {
  static func asking(
    _ parsed: ParsedStatement, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> Asking {
    let source = try source(parsed, in: session)
    let own = session.resolver(of: source, beside: resolver)
    return Asking(resolver: own) { () throws(Diagnostic) in
      try session.engine(of: source, knowing: own.askedOfEvents)
    }
  }

  static func sortableColumns(
    _ parsed: ParsedStatement, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> [String] {
    let catalog = try catalog(parsed, in: session)
    let own = resolver.ofRows(catalog, having: Source.builtins) { (_, _) throws(Diagnostic) in [] }
    return try columnsWithoutEvents(parsed, own, of: catalog, in: session)
  }
}

/// A question of what people answered: of the survey that `of` names, else of the one in use.
protocol SurveyQuestion: TableQuestion where Source == SurveySource {}

extension SurveyQuestion {
  static func source(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> SurveySource {
    try session.answers(of: session.survey(parsed.name("survey"), at: parsed.span))
  }

  static func catalog(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Catalog {
    let survey = try session.survey(parsed.name("survey"))
    let people = try session.attempt(session.workspace.customerDetails())
    return Catalog(
      events: [survey.name], properties: (SurveySource.columns + survey.details).map(Catalog.Property.init),
      people: people.map(Catalog.Property.init))
  }

  static func canonical(_ parsed: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic)
    -> ParsedStatement
  {
    let source = try source(parsed, in: session)
    var parsed = parsed
    if !parsed.has("of") {
      let name = NameSyntax(text: source.survey.name, isQuoted: false, span: parsed.span)
      parsed.complete("of", "survey", with: .name(name))
    }
    return try completed(parsed, session.resolver(of: source, beside: resolver))
  }
}

extension Catalog.Property {
  init(_ detail: RowDetail) {
    self.init(name: detail.name, kind: Kind(detail.kind))
  }
}
