import EventStore
import JourneyQuery
import JourneyTime

extension EmbeddedEngine {
  /// What is in the store, or in its events of one name; of an unknown name nothing is.
  public func describe(event: String?, _ run: Run) throws(ExecutionError) -> StoreDescription {
    try store.readingWhole { () throws(ExecutionError) in
      let schema = store.schema
      let parts = try store.scan(threads: threads, run, part: { Inventory(event: event, schema) }) {
        part, bucket, customers in
        part.read(customers, of: bucket)
      }
      var whole = Inventory(event: event, schema)
      for part in parts { whole.absorb(part) }
      return whole.description(schema)
    }
  }
}
