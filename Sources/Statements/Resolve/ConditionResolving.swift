import EventStore
import JourneyQuery
import JourneyTime
import Language
import SourceText

extension Resolver {
  package func condition(_ syntax: ConditionSyntax) throws(Diagnostic) -> Condition {
    switch syntax {
    case .test(let test):
      let (positive, isNegated) = try propertyTest(test)
      return isNegated ? .not(.test(positive)) : .test(positive)
    case .not(let inner): return .not(try condition(inner))
    case .and(let parts): return .and(try parts.map { (part) throws(Diagnostic) in try condition(part) })
    case .or(let parts): return .or(try parts.map { (part) throws(Diagnostic) in try condition(part) })
    }
  }

  /// A test with both sides of one kind, and whether its opposite is meant (`not in`, `is not missing`); sides of different
  /// kinds are an error at the literal.
  func propertyTest(
    _ test: TestSyntax, of owner: PropertyOwner = .event
  ) throws(Diagnostic) -> (PropertyTest, isNegated: Bool) {
    let property = try property(test.property, of: owner)
    let (plain, isNegated) = try plainTest(test, of: property)
    guard let builtin = property.builtin else { return (PropertyTest(property.name, plain), isNegated) }
    return (try self.test(plain, of: builtin, as: property.name, at: test.property.span), isNegated)
  }

  private func plainTest(
    _ test: TestSyntax, of property: Vocabulary.StoreProperty
  ) throws(Diagnostic) -> (ValueTest, isNegated: Bool) {
    switch test.content {
    case .missing(let negated):
      return (.isMissing, negated)
    case .contains(let literal):
      guard case .text(let text) = try value(literal, for: property) else {
        throw Diagnostic(
          .testKind, "'~' looks into text, and \(property.name) is \(property.kind.phrase)", at: literal.span)
      }
      return (.contains(text), false)
    case .oneOf(let literals, let negated):
      var values: [Value] = []
      for literal in literals { values.append(try value(literal, for: property)) }
      return (.oneOf(values), negated)
    case .compare(let comparison, let literal):
      let value = try value(literal, for: property)
      if case .truth = value, comparison != .equal, comparison != .notEqual {
        throw Diagnostic(.testKind, "true and false have no order", at: literal.span, hint: "= or !=")
      }
      return (.compare(comparison, value), false)
    }
  }

  private func value(_ syntax: ValueSyntax, for property: Vocabulary.StoreProperty) throws(Diagnostic) -> Value {
    let content = try literalContent(syntax)
    switch (property.kind, content) {
    case (.text, .name(let name)) where property.builtin == .weekday && !Builtin.weekdays.contains(name.text):
      let begun = Builtin.weekdays.first { name.text.lowercased().hasPrefix($0.lowercased()) }
      throw Diagnostic(
        .testKind, "'\(name.text)' is no weekday", at: syntax.span,
        hint: begun ?? Builtin.weekdays.joined(separator: ", "))
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
        .testKind, "\(property.name) is \(property.kind.phrase), and '\(written)' is \(content.phrase)",
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
      throw Diagnostic(.variableKind, "$\(name.text) is \(saved.kindPhrase), not a value", at: syntax.span)
    }
  }
}

extension Catalog.Property.Kind {
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
  var phrase: String {
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

extension DiagnosticCode {
  package static let propertyUnknown = DiagnosticCode(
    "property.unknown", "No event in use has a property of this name; describe lists them.")
  package static let testKind = DiagnosticCode(
    "test.kind", "The two sides of a test are of different kinds: text stands in quotes, numbers do not.")
}
