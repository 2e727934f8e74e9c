import EventStore
import JourneyQuery
import JourneyTime

extension EmbeddedEngine {
  /// Counts events and the customers who have them. Throws `limit` for too many periods.
  public func count(_ query: CountQuery, _ run: Run) throws(ExecutionError) -> CountReport {
    let engine = try deriving(query.scope)
    return try engine.cut(query, run, by: CountTally.self, summarized: engine.summarized)
  }

  /// What the buckets' summaries say, where they say all that is asked: events of any name or of one, in all or by UTC day.
  private func summarized(_ query: CountQuery, _ calendar: PeriodCalendar?) -> CountTally? {
    guard query.scope.keepsEverything, query.split.per == nil || (query.split.per == .day && query.scope.zone == .utc),
      let code = query.step.map({ store.schema.code(ofOnly: $0) }) ?? .some(nil)
    else { return nil }
    let known = store.faults?.count
    let summaries = store.buckets.filter { $0.eventCount > 0 }.compactMap { $0.daySummary }
    guard summaries.count == store.buckets.count(where: { $0.eventCount > 0 }), store.faults?.count == known else {
      return nil
    }
    return CountTally(
      query, calendar, in: store.schema, summaries, code: code, customers: store.customerCount)
  }
}

extension CountQuery: CutQuery {}

extension StoreSchema {
  /// The code of the events that a step is all of; nil within where it is all events, nil where it is something else.
  fileprivate func code(ofOnly step: Step) -> Int?? {
    guard step.alternatives.count == 1, let pattern = step.alternatives.first, pattern.condition == nil else {
      return nil
    }
    guard let event = pattern.event else { return .some(nil) }
    return code(ofEvent: event).map { .some($0) }
  }
}
