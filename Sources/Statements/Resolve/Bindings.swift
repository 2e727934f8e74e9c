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
    case .value(let value):
      switch value.content {
      case .number: "a number"
      case .share: "a percentage"
      case .duration: "a duration"
      case .date: "a date"
      case .truth: "true or false"
      case .name, .variable: "text"
      }
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
      throw Diagnostic("variable.kind", "$\(name.text) is \(binding.kindPhrase), not a result", at: name.span)
    }
    return statement
  }

  /// The funnel behind `$x`.
  func savedFunnel(_ name: NameSyntax) throws(Diagnostic) -> FunnelQuery {
    var saved = try savedQuestion(name)
    guard saved.form == FunnelStatement.form.name else {
      throw Diagnostic("variable.kind", "$\(name.text) is an answer of '\(saved.form)', not of a funnel", at: name.span)
    }
    do {
      let inner = try inside(name.text, at: name.span)
      FunnelStatement.complete(&saved, inner)
      return try FunnelStatement.query(saved, inner)
    } catch {
      throw error.inDefinition(of: "$" + name.text, at: name.span)
    }
  }
}

extension Diagnostic {
  static func unknownVariable(_ name: NameSyntax, among candidates: [String]) -> Diagnostic {
    let isNumbered = name.text == "_" || Int(name.text) != nil
    let near = isNumbered ? nil : nearest(to: name.text, among: candidates.filter { Int($0) == nil })
    return Diagnostic(
      "variable.unknown", "nothing is saved as $\(name.text)", at: name.span,
      hint: isNumbered
        ? "show results" : near.map { "$" + $0 } ?? "let $\(name.text) = 7d, or a question with 'as \(name.text)'")
  }
}
