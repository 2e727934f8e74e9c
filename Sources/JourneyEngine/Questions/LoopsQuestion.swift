import EventStore
import JourneyQuery

extension EmbeddedEngine {
  /// Returns to where a journey has been, by pair of steps.
  public func loops(_ query: LoopsQuery, _ run: Run) throws(ExecutionError) -> LoopsReport {
    let parts = try store.scan(threads: threads, run, part: { LoopsTally(query, in: store.schema) }) {
      part, bucket, customers in
      for customer in customers { part.read(customer, of: bucket) }
    }
    return LoopsSummary(query: query, schema: store.schema, parts: parts, span: span).report
  }
}
