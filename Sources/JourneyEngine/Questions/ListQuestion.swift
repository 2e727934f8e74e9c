import EventStore
import JourneyQuery
import JourneyTime

extension EmbeddedEngine {
  /// As many rows as may be listed.
  static let mostListed = 1_000_000

  /// The events in the order asked. Throws `limit` for more rows than may be listed.
  public func list(_ query: ListQuery, _ run: Run) throws(ExecutionError) -> ListReport {
    guard query.top <= Self.mostListed else {
      throw .limit("at most \(Self.mostListed) rows of 'list'; 'export events' writes all there are")
    }
    let store = try deriving(query.scope).store
    return try store.readingWhole { () throws(ExecutionError) in
      let parts = try store.scan(threads: threads, run, part: { ListTally(query, in: store.schema) }) {
        part, bucket, customers in
        part.read(customers, of: bucket)
      }
      var whole = ListTally(query, in: store.schema)
      for part in parts { whole.absorb(part) }
      return ListReport(
        listed: whole.listed(query.properties, in: store.schema), total: whole.total,
        basis: Basis(span: span, people: whole.asked))
    }
  }
}
