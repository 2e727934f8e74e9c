import JourneyQuery
import JourneyTime
import Language
import SourceText

extension Session {
  /// What customers felt at touchpoints, as far as they answered: by name, over all surveys.
  ///
  /// - Parameters:
  ///   - known: names people and dates of the clauses.
  ///   - clauses: of whom and when answers count.
  func emotions(
    _ known: Resolver, with clauses: ClausesSyntax = ClausesSyntax()
  ) throws(Diagnostic) -> [String: MeasuredEmotion] {
    var found: [String: [(ScoreFigures, ScoreScale)]] = [:]
    for survey in try attempt(workspace.surveys()) {
      let source = try answers(of: survey)
      let resolver = resolver(of: source, beside: known)
      var scope = Scope(zone: resolver.vocabulary.zone)
      scope.people = try clauses.people.map { (people) throws(Diagnostic) in try resolver.people(people) }
      scope.during = try clauses.during.map { (range) throws(Diagnostic) in try resolver.range(range) }
      let place = Breakdown(keys: [.property("touchpoint")], names: ["touchpoint"], top: .max)
      let query = resolver.complete(ScoreQuery(source.scale, scope: scope, split: Split(breakdown: place)))
      let engine = source.engine
      let report = try apart { [run = run] () throws(ExecutionError) in try query.ask(engine, run) }
      for group in report.groups {
        guard case .values(let values) = group.key, let touchpoint = values.first ?? nil else { continue }
        found[touchpoint, default: []].append((group.figures, source.scale))
      }
    }
    return found.compactMapValues { MeasuredEmotion($0.map { (answers: $0.0, scale: $0.1) }) }
  }
}
