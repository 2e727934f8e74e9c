import JourneyQuery
import Language
import SourceText

extension Resolver {
  /// What `value` adds up without `of`.
  static let defaultValueProperty = "revenue"

  /// What a parsed `value` statement asks for. Throws with the number properties there are for a property that is missing or
  /// no number.
  package func value(_ parsed: ParsedStatement) throws(Diagnostic) -> ValueQuery {
    let clauses = parsed.clauses
    var query = ValueQuery(property: try valueProperty(parsed))
    query.scope = try scope(clauses)
    query.split = try split(clauses)
    return query
  }

  private func valueProperty(_ parsed: ParsedStatement) throws(Diagnostic) -> String {
    let name =
      parsed.name("property")
      ?? NameSyntax(text: Self.defaultValueProperty, isQuoted: false, span: parsed.span)
    let property = try self.property(name, hint: numberProperties ?? "describe")
    guard property.kind == .number else {
      throw Diagnostic(
        "value.kind", "only numbers add up, and \(property.name) is \(property.kind.phrase)", at: name.span,
        hint: numberProperties)
    }
    return property.name
  }

  /// `value of amount, or value of price`; nil without any.
  private var numberProperties: String? {
    let numbers = vocabulary.properties.filter { $0.kind == .number }.map { "value of \($0.name.writtenAsName())" }
    return numbers.isEmpty ? nil : numbers.prefix(5).joined(separator: ", or ")
  }
}
