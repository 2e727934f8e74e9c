import JourneyQuery
import Language
import SourceText

/// `nps`, `csat`, `ces`: how the answers of a survey score.
protocol ScoreStatement: SurveyQuestion {
  static var scale: ScoreScale { get }
}

extension ScoreStatement {
  static func makeForm(_ summary: String, _ meaning: String, examples: [String]) -> Form {
    Form(
      scale.rawValue, in: .ask,
      [.word(scale.rawValue), .optional(["of", .slot("survey", .name(.survey))]), .clauses(.ofEvents)],
      summary: summary,
      meaning: """
        \(meaning) The interval behind it holds the score of all who might have answered, 95 times of 100. Without of: of the survey in \
        use, or of the only one on this scale. Of answers where and during keep some; by touchpoint, stage, channel, persona or any \
        property of answers, of customers and of events (of whoever answered the first value that is not missing), and per a calendar unit. \
        With for only answers of such people count.
        """, examples: examples)
  }

  /// The survey that is named, else the one in use where it is on this scale, else the only one that is.
  static func source(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> SurveySource {
    let name = parsed.name("survey")
    if name == nil {
      let fitting = try session.attempt(session.workspace.surveys()).filter { $0.scale == scale.rawValue }
      let active = try session.attempt(session.workspace.activeSurveyName())
      if let only = fitting.first(where: { $0.name == active }) ?? (fitting.count == 1 ? fitting[0] : nil) {
        return try session.answers(of: only)
      }
    }
    let survey = try session.survey(name, at: parsed.span)
    guard survey.scale == scale.rawValue else {
      throw Diagnostic(
        .surveyScale, "'\(survey.name)' is answered as \(survey.scale), not as \(scale.rawValue)",
        at: name?.span ?? parsed.span, hint: "\(survey.scale) of \(survey.name.writtenAsName())")
    }
    return try session.answers(of: survey)
  }

  static func query(_ complete: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> ScoreQuery {
    ScoreQuery(scale, scope: try resolver.scope(complete), split: try resolver.split(complete))
  }
}

enum NPSStatement: ScoreStatement {
  static let scale = ScoreScale.nps
  static let form: Form = makeForm(
    "net promoter score: who recommends, less who does not",
    "The share of answers of 9 and 10 less that of 0 to 6, in points from −100 to +100.",
    examples: ["nps", "nps by touchpoint", "nps by event.device", "nps per month for persona Newcomer"])
}

enum CSATStatement: ScoreStatement {
  static let scale = ScoreScale.csat
  static let form: Form = makeForm(
    "satisfaction: the share of answers of 4 and 5",
    "The share of answers of 4 and 5, of 1 to 5.",
    examples: ["csat", "csat of service by channel during 2025-Q2"])
}

enum CESStatement: ScoreStatement {
  static let scale = ScoreScale.ces
  static let form: Form = makeForm(
    "effort: how easy it was, as a mean",
    "The mean of answers from 1 to 7, of which 7 is easy.",
    examples: ["ces", "ces by stage", "ces per week where score < 7"])
}
