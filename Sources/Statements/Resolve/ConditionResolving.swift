import EventStore
import JourneyQuery
import JourneyTime
import Language
import SourceText

extension Resolver {
  package func condition(_ syntax: ConditionSyntax) throws(Diagnostic) -> Condition {
    switch syntax {
    case .test(let name, let test):
      let (positive, isNegated) = try propertyTest(name, test)
      return isNegated ? .not(.test(positive)) : .test(positive)
    case .not(let inner): return .not(try condition(inner))
    case .and(let parts): return .and(try all(parts))
    case .or(let parts): return .or(try all(parts))
    }
  }

  private func all(_ parts: [ConditionSyntax]) throws(Diagnostic) -> [Condition] {
    var conditions: [Condition] = []
    for part in parts { conditions.append(try condition(part)) }
    return conditions
  }

  /// Several `where` clauses hold together.
  package func filter(_ conditions: [ConditionSyntax]) throws(Diagnostic) -> Condition? {
    guard conditions.count > 1 else {
      return try conditions.first.map { (one) throws(Diagnostic) in try condition(one) }
    }
    return .and(try all(conditions))
  }

  /// A property by its name; `event.` before it says that the event's is meant.
  /// `hint` is what to type where no name is near.
  package func property(
    _ name: NameSyntax, hint: String = "describe"
  ) throws(Diagnostic) -> Vocabulary.StoreProperty {
    let candidates = [name.text] + (name.text.hasPrefix("event.") ? [String(name.text.dropFirst(6))] : [])
    for candidate in candidates {
      if let property = vocabulary.properties.first(where: { $0.name == candidate }) { return property }
    }
    if name.text.hasPrefix("customer.") {
      throw Diagnostic(
        "property.unknown", "'\(name.text)' asks for a property of customers, and none are loaded", at: name.span,
        hint: nearest(to: String(name.text.dropFirst(9)), among: vocabulary.properties.map(\.name)))
    }
    var problem = Diagnostic.unknown("property.unknown", "property", name, among: vocabulary.properties.map(\.name))
    problem.hint = problem.hint ?? hint
    throw problem
  }

  /// A test with both sides of one kind, and whether its opposite is meant (`not in`, `is not missing`); sides of different
  /// kinds are an error at the literal.
  func propertyTest(_ name: NameSyntax, _ test: TestSyntax) throws(Diagnostic) -> (PropertyTest, isNegated: Bool) {
    let property = try property(name)
    switch test.content {
    case .missing(let negated):
      return (PropertyTest(property.name, .isMissing), negated)
    case .contains(let literal):
      guard case .text(let text) = try value(literal, for: property) else {
        throw Diagnostic(
          "test.kind", "'~' looks into text, and \(property.name) is \(property.kind.phrase)", at: literal.span)
      }
      return (PropertyTest(property.name, .contains(text)), false)
    case .oneOf(let literals, let negated):
      var values: [Value] = []
      for literal in literals { values.append(try value(literal, for: property)) }
      return (PropertyTest(property.name, .oneOf(values)), negated)
    case .compare(let comparison, let literal):
      let value = try value(literal, for: property)
      if case .truth = value, comparison != .equal, comparison != .notEqual {
        throw Diagnostic("test.kind", "true and false have no order", at: literal.span, hint: "= or !=")
      }
      return (PropertyTest(property.name, .compare(comparison, value)), false)
    }
  }

  private func value(_ syntax: ValueSyntax, for property: Vocabulary.StoreProperty) throws(Diagnostic) -> Value {
    let content = try literalContent(syntax)
    switch (property.kind, content) {
    case (.text, .name(let name)): return .text(name.text)
    case (.text, .truth(let truth)): return .text(truth ? "true" : "false")
    case (.number, .number(let number)), (.number, .share(let number)): return .number(number)
    case (.truth, .truth(let truth)): return .truth(truth)
    case (.time, .date(let date)): return .date(date.range(in: vocabulary.zone))
    case (.time, .number(let year)) where year == year.rounded() && (0...9999).contains(year):
      return .date(CalendarDate.year(Int(year)).range(in: vocabulary.zone))
    default:
      let written = syntax.canonical()
      let hint = property.kind == .text ? written.quoted : property.kind.example
      throw Diagnostic(
        "test.kind", "\(property.name) is \(property.kind.phrase), and '\(written)' is \(content.phrase)",
        at: syntax.span, hint: hint)
    }
  }

  /// The literal itself, or the one a variable stands for.
  func literalContent(_ syntax: ValueSyntax) throws(Diagnostic) -> ValueSyntax.Content {
    guard case .variable(let name) = syntax.content else { return syntax.content }
    let saved = try binding(of: name)
    switch saved.argument {
    case .value(let literal): return literal.content
    case .duration(.literal(let duration, _)): return .duration(duration)
    case .range(let range):
      if case .dates(.date(let date), nil) = range.content { return .date(date) }
      fallthrough
    default:
      throw Diagnostic("variable.kind", "$\(name.text) is \(saved.kindPhrase), not a value", at: syntax.span)
    }
  }
}

extension Property.Kind {
  package var phrase: String {
    switch self {
    case .text: "text"
    case .number: "a number"
    case .truth: "true or false"
    case .time: "a time"
    }
  }

  /// A literal of the kind, for hints.
  fileprivate var example: String {
    switch self {
    case .text: "\"text\""
    case .number: "a number, as 12"
    case .truth: "true"
    case .time: "a date, as 2025-07-01"
    }
  }
}

extension ValueSyntax.Content {
  fileprivate var phrase: String {
    switch self {
    case .number: "a number"
    case .share: "a percentage"
    case .duration: "a duration"
    case .date: "a date"
    case .truth: "true or false"
    case .name: "text"
    case .variable: "a variable"
    }
  }
}
