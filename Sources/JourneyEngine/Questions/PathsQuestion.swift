import EventStore
import JourneyQuery

extension EmbeddedEngine {
  /// The paths that customers take, each customer once.
  public func paths(_ query: PathsQuery, _ run: Run) throws(ExecutionError) -> PathsReport {
    let parts = try store.scan(threads: threads, run, part: { PathsTally(query, in: store.schema) }) {
      part, bucket, customers in
      for customer in customers { part.read(customer, of: bucket) }
    }
    return PathsSummary(query: query, schema: store.schema, parts: parts, span: span).report
  }
}
