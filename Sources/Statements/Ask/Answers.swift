import JourneyQuery
import Language
import Rendering
import SourceText

/// `answers [of SURVEY] …`: what people answered.
enum AnswersStatement: SurveyQuestion {
  static let form = Form(
    "answers", in: .ask,
    [
      "answers", .optional(["of", .slot("survey", .name(.survey))]),
      .clauses([
        .where, .for, .during, .with, .as,
        .by.taking("The property that answers are put together by, the smallest first.", .list(of: .name(.property))),
        .sort.taking(
          "The property that answers are sorted by, the smallest first unless descending; missing values come last."),
        .top.taking("How many answers are listed: the first in the order of sort.", standard: "20"),
      ]),
    ],
    summary: "what people answered, the newest first",
    meaning: """
      Time, customer, score, touchpoint and comment of each, and the properties that with names: of answers, of customers, and of \
      events, of which each customer has the first value that is not missing. An answer is at the touchpoint that it \
      names, else at the last one of the customer on the map in use, at most 30 days before. With for only answers of such people count.
      """,
    examples: [
      "answers",
      "answers where score <= 6 and comment ~ shipping",
      "answers of shop by touchpoint for persona Newcomer top 5",
    ])

  static let sortsItself = true

  private static let own = ["score", "touchpoint", "comment"]

  static func query(_ complete: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> ListQuery {
    var query = ListQuery(top: try complete.needed(\.top), scope: try resolver.scope(complete))
    let others = try complete.clauses.with.map { (name) throws(Diagnostic) in try resolver.property(name).name }
    let groups = try complete.clauses.by.map { (name) throws(Diagnostic) in try resolver.property(name).name }
    let asked = groups + others
    query.properties = own + asked.filter { !own.contains($0) && !["customer", "time"].contains($0) }
    query.order = .time(isDescending: true)
    let (by, sort) = (complete.clauses.by.first, complete.clauses.sort)
    if let name = by ?? sort?.name {
      let (property, isDescending) = (try resolver.property(name), sort?.isDescending ?? false)
      query.order =
        switch property.builtin {
        case .customer: .customer(isDescending: isDescending)
        case .time: .time(isDescending: isDescending)
        default: .property(property.name, isDescending: isDescending)
        }
    }
    return query
  }

  static func telling(
    _ canonical: ParsedStatement, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> @Sendable (ListQuery, ListReport) -> Answer {
    { query, report in report.answersAnswer(to: query) }
  }
}
