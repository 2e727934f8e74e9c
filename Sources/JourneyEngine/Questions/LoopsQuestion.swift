import EventStore
import JourneyQuery

extension EmbeddedEngine {
  /// Returns to where a journey has been, by pair of steps.
  ///
  /// People who made any of several returns cannot be added up over these, so groups and rests are counted by readings of
  /// their own.
  public func loops(_ query: LoopsQuery, _ run: Run) throws(ExecutionError) -> LoopsReport {
    let engine = try deriving(query.scope)
    var plain = query
    plain.breakdown = nil
    let (groups, asked) = try engine.loopsGroups(plain, run)
    var report = LoopsReport(groups.first ?? Slice(.whole, LoopsFigures()), basis: Basis(span: span, people: asked))
    if let breakdown = query.breakdown, !breakdown.keys.isEmpty {
      report.groups = try engine.loopsGroups(query, run).groups
    }
    return report
  }

  private func loopsGroups(_ query: LoopsQuery, _ run: Run) throws(ExecutionError)
    -> (groups: [Slice<LoopsFigures>], asked: Int)
  {
    let parts = try tallies(query, run)
    var summary = LoopsSummary(query: query, names: parts.first?.names ?? [])
    let table = try GroupTable(
      parts, by: query.breakdown, width: summary.columns.count, in: store.schema,
      size: { $0.reduce(0) { $0 + $1.times } }
    ) { regrouping throws(ExecutionError) in try tallies(query, run, regrouping) }
    summary.take(table)
    if let shown = summary.shown(of: table) {
      for part in try tallies(query, run, table.regrouping, without: shown) { summary.takeRest(part) }
    }
    return (summary.groups, parts.reduce(0) { $0 + $1.asked })
  }

  private func tallies(
    _ query: LoopsQuery, _ run: Run, _ regrouping: Regrouping? = nil, without shown: LoopsTally.Shown? = nil
  ) throws(ExecutionError) -> [LoopsTally] {
    try store.scan(
      threads: threads, run, part: { LoopsTally(query, in: store.schema, regrouping, without: shown) }
    ) { part, bucket, customers in
      part.read(customers, of: bucket)
    }
  }
}
