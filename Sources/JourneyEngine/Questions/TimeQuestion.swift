import EventStore
import JourneyQuery
import JourneyTime

extension EmbeddedEngine {
  /// How long complete chains took. Throws as `funnel` does.
  public func time(_ query: TimeQuery, _ run: Run) throws(ExecutionError) -> TimeReport {
    let (query, engine) = (query.funnel, try deriving(query.scope))
    let (summary, asked) = try engine.timeSummary(query, run)
    var report = try summary.report
    report.cut.basis = Basis(span: span, people: asked)
    if let versus = query.split.versus {
      var other = query
      (other.scope.during, other.split) = (versus, Split())
      report.cut.versus = try engine.timeSummary(other, run).summary.report.cut.total.figures
    }
    return report
  }

  private func timeSummary(_ query: FunnelQuery, _ run: Run) throws(ExecutionError)
    -> (summary: TimeSummary, asked: Int)
  {
    let reader = try FunnelReader(query, of: store, run)
    let parts = try store.scan(
      threads: threads, run, part: { (reader: reader, tally: TimeTally(query, reader.rules, in: store.schema)) }
    ) { part, bucket, customers in
      part.reader.read(customers, of: bucket, into: &part.tally)
    }
    let summary = TimeSummary(query: query, schema: store.schema, parts: parts.map(\.tally))
    return (summary, parts.reduce(0) { $0 + $1.reader.asked })
  }
}
