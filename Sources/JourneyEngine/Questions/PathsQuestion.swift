import EventStore
import JourneyQuery

extension EmbeddedEngine {
  /// The paths that customers take, each customer once.
  public func paths(_ query: PathsQuery, _ run: Run) throws(ExecutionError) -> PathsReport {
    let store = try deriving(query.scope).store
    let parts = try store.scan(threads: threads, run, part: { PathsTally(query, in: store.schema) }) {
      part, bucket, customers in
      part.read(customers, of: bucket)
    }
    return try PathsSummary(query: query, schema: store.schema, parts: parts, span: span).report(run)
  }
}
