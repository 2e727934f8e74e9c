import JourneyQuery
import Language
import SourceText

/// `list [STEP] …`: the events themselves.
enum ListStatement: EventQuestion {
  static let form = Form(
    "list", in: .ask,
    [
      "list", .optional([.slot("one", .one)]),
      .clauses([
        .where, .for, .during, .with, .as,
        .sort.taking(
          "The column or property that events are sorted by, the smallest first unless descending; missing values come last."
        ),
        .top.taking("How many events are listed: the first in the order of sort.", standard: "20"),
      ]),
    ],
    summary: "the events themselves, a row each",
    meaning: """
      Customer, time, event, and the properties that with names, or all. Without sort the events of each customer stand \
      together, in order of time; sort time mixes customers. During bounds all events.
      """,
    examples: [
      "list",
      "list purchase where revenue > 500 sort revenue descending top 5",
      "list during 2025-06-29 sort time descending with device, channel",
    ])

  static let sortsItself = true

  static func complete(_ parsed: inout ParsedStatement, _ resolver: Resolver) throws(Diagnostic) {
    guard let (name, isDescending) = parsed.clauses.sort else { return }
    parsed.clauses[.sort] = .list([.name(resolver.qualified(name))] + (isDescending ? [.word("descending")] : []))
  }

  static func query(_ complete: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> ListQuery {
    var query = ListQuery(top: try complete.needed(\.top), scope: try resolver.scope(complete))
    if case .one(let one)? = complete["one"] { query.step = try resolver.step(one) }
    query.properties = resolver.vocabulary.properties.map(\.name)
    if complete.clauses[.with] != nil {
      let own: [BuiltinProperty?] = [.customer, .time, .event]
      let asked = try complete.clauses.with.map { (name) throws(Diagnostic) in try resolver.property(name) }
      query.properties = asked.filter { $0.builtin == nil || !own.contains($0.builtin) }.map(\.name)
    }
    if let (name, isDescending) = complete.clauses.sort {
      query.order = try order(name, isDescending, resolver)
    }
    return query
  }

  private static func order(
    _ name: NameSyntax, _ isDescending: Bool, _ resolver: Resolver
  ) throws(Diagnostic) -> ListQuery.Order {
    let property = try resolver.property(name)
    return switch property.builtin {
    case .customer: .customer(isDescending: isDescending)
    case .time: .time(isDescending: isDescending)
    case .event: .event(isDescending: isDescending)
    default: .property(property.name, isDescending: isDescending)
    }
  }
}
