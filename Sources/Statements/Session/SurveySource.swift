import EventStore
import JourneyEngine
import JourneyModel
import JourneyQuery
import JourneyTime
import Language
import SourceText
import Workspace

/// The answers of a survey as events of their own, so that whatever is asked of events is asked of them.
///
/// Each is called as its survey, and is of the customer who gave it, or whose id gave it; of an empty id where nobody is named. It has a score, a comment, the
/// touchpoint it is about with the stage of that on the map in use, a channel, and what else the survey holds.
struct SurveySource: TableSource {
  let survey: StoredSurvey
  let store: EventStore
  let people: PersonTable?

  /// Touchpoint and stage are columns, and an answer is called as its survey, all of them.
  static let builtins: Set<BuiltinProperty> = [.time, .date, .weekday, .hour, .customer]
  static let columns = [
    RowDetail(name: "score", kind: .number), RowDetail(name: "comment", kind: .text),
    RowDetail(name: "touchpoint", kind: .text), RowDetail(name: "stage", kind: .text),
    RowDetail(name: "channel", kind: .text),
  ]

  /// - Parameters:
  ///   - touchpoints: of each answer; nil where none is known.
  ///   - map: whose stages these are on.
  init(
    _ survey: StoredSurvey, _ answers: [AnswerRow], touchpoints: [String?], on map: MapTree?, _ people: PersonTable?
  ) {
    (self.survey, self.people) = (survey, people)
    var builder = RowStoreBuilder(Self.columns + survey.details)
    for (answer, touchpoint) in zip(answers, touchpoints) {
      let element = touchpoint.flatMap { map?.element(ElementReference(.touchpoint, $0)) }
      let stage = element.flatMap { map?.stage(of: $0)?.name }
      let texts = [
        ("comment", answer.comment), ("touchpoint", touchpoint), ("stage", stage), ("channel", answer.channel),
      ]
      builder.append(
        customer: answer.customer ?? "", at: answer.at.microseconds, name: survey.name,
        [("score", .number(Double(answer.score)))] + texts.compactMap { name, text in text.map { (name, .text($0)) } }
          + answer.values)
    }
    store = builder.finish()
  }

  var scale: ScoreScale { ScoreScale(rawValue: survey.scale) ?? .nps }

}

extension Session {
  /// The answers of a survey, each at its touchpoint: its own, else the customer's last one on the map in use, at most 30 days before.
  func answers(of survey: StoredSurvey) throws(Diagnostic) -> SurveySource {
    let mark = try attempt(workspace.mark())
    if knownAnswers?.mark != mark { knownAnswers = (mark, [:]) }
    if let known = knownAnswers?.sources[survey.name] { return known }
    var answers = try attempt(workspace.answers(of: survey.name))
    if let identities = try attempt(workspace.identities()) {
      for index in answers.indices { answers[index].customer = answers[index].customer.map(identities.person) }
    }
    let vocabulary = try vocabulary()
    let source = SurveySource(
      survey, answers, touchpoints: try touchpoints(of: answers), on: vocabulary.tree,
      try attempt(workspace.people()))
    knownAnswers?.sources[survey.name] = source
    return source
  }

  private func touchpoints(of answers: [AnswerRow]) throws(Diagnostic) -> [String?] {
    var touchpoints = answers.map(\.touchpoint)
    let unplaced = answers.indices.filter { touchpoints[$0] == nil && answers[$0].customer != nil }
    let resolver = try resolver()
    guard !unplaced.isEmpty, resolver.vocabulary.map != nil, try activeSource != nil else { return touchpoints }
    let naming = try resolver.naming(.touchpoints, keepsOthers: false, at: 0..<0)
    let moments = unplaced.map { LastNamesQuery.Moment(customer: answers[$0].customer ?? "", answers[$0].at) }
    let query = resolver.complete(
      LastNamesQuery(moments, naming: naming, scope: Scope(zone: resolver.vocabulary.zone)))
    let executor = try executor()
    let found = try apart { [run = run] () throws(ExecutionError) in try query.ask(executor, run) }
    for (index, name) in zip(unplaced, found.names) { touchpoints[index] = name }
    return touchpoints
  }
}
