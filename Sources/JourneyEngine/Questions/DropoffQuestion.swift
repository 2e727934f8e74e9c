import EventStore
import JourneyQuery

extension EmbeddedEngine {
  /// Who is lost at each step, and what comes next. Throws `limit` as `funnel` does.
  public func dropoff(_ query: DropoffQuery, _ run: Run) throws(ExecutionError) -> DropoffReport {
    let store = try deriving(query.scope).store
    let reader = try FunnelReader(query.funnel, of: store, run)
    let parts = try store.scan(
      threads: threads, run, part: { (reader: reader, tally: DropoffTally(query, reader.rules, in: store.schema)) }
    ) { part, bucket, customers in
      part.reader.read(customers, of: bucket, into: &part.tally)
    }
    var whole = DropoffTally(query, reader.rules, in: store.schema)
    for part in parts { whole.absorb(part.tally) }
    return DropoffReport(
      steps: whole.steps(query, in: store.schema), entered: whole.entered,
      basis: Basis(span: span, people: parts.reduce(0) { $0 + $1.reader.asked }))
  }
}
