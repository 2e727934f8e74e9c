import EventStore
import JourneyQuery
import JourneyTime

extension EmbeddedEngine {
  /// Answers a funnel. Throws `limit` for a path of more than 63 steps (16 in any order) or too many periods.
  public func funnel(_ query: FunnelQuery, _ run: Run) throws(ExecutionError) -> FunnelReport {
    let engine = try deriving(query.scope)
    let (summary, asked) = try engine.summary(query, run)
    var report = try summary.report
    report.basis = Basis(span: span, people: asked)
    if let versus = query.split.versus {
      var other = query
      (other.scope.during, other.split) = (versus, Split())
      report.versus = try engine.summary(other, run).summary.report.total.figures
    }
    return report
  }

  /// The people behind a funnel's answer. Where entries or sessions are counted a customer stands where the deepest of
  /// them does.
  public func people(_ query: PeopleQuery, _ run: Run) throws(ExecutionError) -> PeopleReport {
    let store = try deriving(query.scope).store
    let reader = try FunnelReader(query.funnel, of: store, run)
    let parts = try store.scan(
      threads: threads, run, part: { (reader: reader, tally: PeopleTally(query.part, reader.rules)) }
    ) { part, bucket, customers in
      part.reader.read(customers, of: bucket, into: &part.tally)
      part.tally.close(bucket)
    }
    let people = parts.flatMap(\.tally.people)
    return PeopleReport(people: people.sorted { $0.customer.utf8Order(to: $1.customer) < 0 })
  }

  private func summary(_ query: FunnelQuery, _ run: Run) throws(ExecutionError) -> (summary: FunnelSummary, asked: Int)
  {
    let reader = try FunnelReader(query, of: store, run)
    let parts = try store.scan(
      threads: threads, run,
      part: { (reader: reader, tally: FunnelTally(query, reader.rules, in: store.schema)) }
    ) { part, bucket, customers in
      part.reader.read(customers, of: bucket, into: &part.tally)
    }
    let summary = FunnelSummary(
      query: query, rules: reader.rules, schema: store.schema, parts: parts.map(\.tally))
    return (summary, parts.reduce(0) { $0 + $1.reader.asked })
  }
}
