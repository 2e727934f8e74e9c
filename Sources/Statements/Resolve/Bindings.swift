import JourneyQuery
import Language
import SourceText

/// What a `$name` stands for.
struct Binding {
  let argument: Argument

  /// What it is, for messages: `a duration`.
  var kindPhrase: String {
    switch argument {
    case .duration: "a duration"
    case .range: "a range of dates"
    case .path: "a path"
    case .statement: "a result"
    case .value(let value): value.content.phrase
    default: "something else"
    }
  }
}

extension Resolver {
  /// The saved value behind a variable; values are kept as canonical texts and read again here.
  func binding(of name: NameSyntax) throws(Diagnostic) -> Binding {
    guard let text = vocabulary.variables[name.text] else {
      throw .unknownVariable(name, among: vocabulary.variables.keys.sorted())
    }
    do {
      return Binding(argument: try Forms.grammar.parse(text, as: .binding))
    } catch {
      throw error.inDefinition(of: "$" + name.text, at: name.span)
    }
  }

  /// The saved question behind `$x`.
  func savedQuestion(_ name: NameSyntax) throws(Diagnostic) -> ParsedStatement {
    let binding = try binding(of: name)
    guard case .statement(let statement) = binding.argument else {
      throw Diagnostic(.variableKind, "$\(name.text) is \(binding.kindPhrase), not a result", at: name.span)
    }
    return statement
  }

  /// The funnel behind `$x`.
  func savedFunnel(_ name: NameSyntax) throws(Diagnostic) -> FunnelQuery {
    let saved = try savedQuestion(name)
    guard saved.form == FunnelStatement.form.name else {
      throw Diagnostic(.variableKind, "$\(name.text) is an answer of '\(saved.form)', not of a funnel", at: name.span)
    }
    return try definition(of: "$" + name.text, at: name.span) { (inner) throws(Diagnostic) in
      inner.complete(try FunnelStatement.query(FunnelStatement.completed(saved, inner), inner))
    }
  }

  /// The designed journey that `$x` held lived ones against.
  func savedConform(_ name: NameSyntax) throws(Diagnostic) -> ConformQuery {
    let saved = try savedQuestion(name)
    guard saved.form == ConformStatement.form.name else {
      throw Diagnostic(
        .variableKind, "$\(name.text) is an answer of '\(saved.form)', not of conform", at: name.span,
        hint: "conform as fit, then people $fit …")
    }
    return try definition(of: "$" + name.text, at: name.span) { (inner) throws(Diagnostic) in
      inner.complete(try ConformStatement.query(ConformStatement.completed(saved, inner), inner))
    }
  }
}

extension Resolver {
  /// Who is behind `$x`: the people of a saved `people`, those who completed a saved funnel.
  func savedPeople(_ name: NameSyntax) throws(Diagnostic) -> PeopleQuery {
    let saved = try savedQuestion(name)
    if saved.form == PeopleStatement.form.name {
      do {
        return try PeopleStatement.query(saved, inside(name.text, at: name.span))
      } catch {
        throw error.inDefinition(of: "$" + name.text, at: name.span)
      }
    }
    guard saved.form == FunnelStatement.form.name else {
      throw Diagnostic(
        .variableKind, "$\(name.text) is an answer of '\(saved.form)', and no people", at: name.span,
        hint: "people $main … as \(Int(name.text) == nil ? name.text : "lost")")
    }
    let funnel = try savedFunnel(name)
    let last = funnel.path.steps.lastIndex { !$0.isOptional } ?? 0
    return PeopleQuery(funnel: funnel, part: .reached(last))
  }

  /// Throws where a question that is kept for good names an answer of the session alone.
  func checkOutlives(_ question: ParsedStatement, kept: NameSyntax) throws(Diagnostic) {
    if let name = question.variable("result"), Int(name.text) != nil {
      throw Diagnostic(
        .peopleUnsaved, "$\(kept.text) would outlive $\(name.text), which ends with the session", at: name.span,
        hint: "let $main = funnel …, then people $main … as \(kept.text)")
    }
    let (clauses, kept) = (question.clauses, kept.asVariable)
    for case .people(let people) in question.arguments.map(\.value) { try checkOutlives(people, kept: kept) }
    if let people = clauses.people { try checkOutlives(people, kept: kept) }
    for name in clauses.by where name.isVariable { try checkOutlives(.test(.saved(name)), kept: kept) }
  }

  func checkOutlives(_ people: PeopleSyntax, kept: String) throws(Diagnostic) {
    switch people {
    case .test(.saved(let name)) where Int(name.text) != nil:
      throw Diagnostic(
        .peopleUnsaved, "\(kept) would outlive $\(name.text), which ends with the session", at: name.span,
        hint: "people $main … as lost")
    case .not(let inner): try checkOutlives(inner, kept: kept)
    case .and(let parts), .or(let parts): for part in parts { try checkOutlives(part, kept: kept) }
    case .test: return
    }
  }
}

extension Diagnostic {
  static func unknownVariable(_ name: NameSyntax, among candidates: [String]) -> Diagnostic {
    let isNumbered = name.text == "_" || Int(name.text) != nil
    let near = isNumbered ? nil : nearest(to: name.text, among: candidates.filter { Int($0) == nil })
    return Diagnostic(
      .variableUnknown, "nothing is saved as $\(name.text)", at: name.span,
      hint: isNumbered
        ? "show results" : near.map { "$" + $0 } ?? "let $\(name.text) = 7d, or a question with 'as \(name.text)'")
  }
}

extension DiagnosticCode {
  package static let variableUnknown = DiagnosticCode(
    "variable.unknown", "Nothing is saved under this name. let $name = … saves, and so does as NAME.")
  package static let variableKind = DiagnosticCode(
    "variable.kind", "What is saved under this name is of another kind than can stand here.")
  package static let peopleUnsaved = DiagnosticCode(
    "people.unsaved", "A list of people is kept by the name of its funnel, so the funnel needs a name first.")
}
