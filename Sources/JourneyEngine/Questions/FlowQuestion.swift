import EventStore
import JourneyQuery

extension EmbeddedEngine {
  /// The directly-follows graph. Takes 8 bytes per transition, for exact medians.
  public func flow(_ query: FlowQuery, _ run: Run) throws(ExecutionError) -> FlowReport {
    let parts = try store.scan(threads: threads, run, part: { FlowTally(query, in: store.schema) }) {
      part, bucket, customers in
      for customer in customers { part.read(customer, of: bucket) }
    }
    guard var whole = parts.first else { return FlowReport(span: span) }
    for part in parts.dropFirst() { whole.absorb(part) }
    return whole.report(top: query.top, span: span)
  }
}
