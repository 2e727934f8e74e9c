import JourneyQuery
import Language
import Rendering
import SourceText

/// `value [of PROPERTY] …`: what customers bring.
enum ValueStatement: EventQuestion {
  static let form = Form(
    "value", in: .ask,
    [
      "value", .optional(["of", .slot("property", .name(.property))]),
      .clauses(
        .ofEvents + [
          .counting.taking(
            "What has one value: a customer, the sum of their events, or each event.",
            .oneOf(ValueQuery.Counting.allCases.map(\.rawValue)), standard: ValueQuery.Counting.customers.rawValue)
        ]),
    ],
    summary: "what customers bring: a number property added up",
    meaning: """
      The property is revenue unless of names another. A customer's value is its sum over their events; those \
      without any are not counted. During bounds all events. By and per read each event, so a customer may stand \
      in several rows; groups come by their totals, the largest first. Counting events the figures are of single \
      events, the smallest and the largest among them. By channel has what each channel cost on these days, its return (total / cost) and \
      its cost per customer, where spend is loaded; per has the part of it that falls into each unit.
      """,
    examples: [
      "value of revenue",
      "value by channel",
      "value of revenue counting events by device",
      "value per month during 2025-Q2 for device = phone",
    ])

  static func complete(_ parsed: inout ParsedStatement, _ resolver: Resolver) throws(Diagnostic) {
    if !parsed.has("of") {
      parsed.complete(
        "of", "property", with: .name(NameSyntax(text: ValueQuery.standard, isQuoted: false, span: parsed.span)))
    }
    parsed.qualify("property", resolver)
  }

  /// With what channels cost, where that is known and they are asked for.
  static func telling(
    _ canonical: ParsedStatement, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> @Sendable (ValueQuery, ValueReport) -> Answer {
    let spend = try session.attempt(session.workspace.spend())
    return { query, report in report.answer(to: query, spend: spend) }
  }

  static func tellingColumns(in session: Session) throws(Diagnostic) -> @Sendable (ValueQuery, ValueReport) -> Answer {
    let spend = try session.attempt(session.workspace.hasSpend()) ? Spend([]) : nil
    return { query, report in report.answer(to: query, spend: spend) }
  }

  static func query(_ complete: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> ValueQuery {
    ValueQuery(
      property: try property(complete, resolver),
      counting: complete.clauses[.counting]?.asWord.flatMap(ValueQuery.Counting.init) ?? .customers,
      scope: try resolver.scope(complete),
      split: try resolver.split(complete))
  }

  /// Throws with the number properties there are for a property that is missing or no number.
  private static func property(_ complete: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> String {
    guard let name = complete.name("property") else { throw .incomplete(complete) }
    let numbers = resolver.vocabulary.properties.filter { $0.kind == .number }
      .prefix(5).map { "value of \($0.name.writtenAsName())" }
    let hint = numbers.isEmpty ? nil : numbers.joined(separator: ", or ")
    let property = try resolver.property(name, hint: hint)
    guard property.builtin == nil else {
      throw Diagnostic(
        .valueKind, "\(property.name) is what every event has, and does not add up", at: name.span, hint: hint)
    }
    guard property.ofCustomer == nil else {
      throw Diagnostic(
        .valueKind, "\(property.name) is what a customer has once, and does not add up over their events",
        at: name.span, hint: hint)
    }
    guard property.kind == .number else {
      throw Diagnostic(
        .valueKind, "only numbers add up, and \(property.name) is \(property.kind.phrase)", at: name.span, hint: hint)
    }
    return property.name
  }
}

extension DiagnosticCode {
  package static let valueKind = DiagnosticCode(
    "value.kind", "Only properties that are numbers add up; the hint lists those.")
}
