import EventStore
import JourneyQuery
import JourneyTime

extension Executor where Self: EventPart {
  /// The people behind a funnel's answer. Where entries or sessions are counted a customer stands where the deepest of
  /// them does.
  public func people(_ query: PeopleQuery, _ run: Run) throws(ExecutionError) -> PeopleReport {
    try answer(PeopleQuestion(query: query, catalog: catalog), run)
  }
}

struct PeopleQuestion: SingleReading {
  let query: PeopleQuery
  let catalog: Catalog

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> PeoplePartial {
    let store = try part.reading(query.scope, catalog)
    let reader = try FunnelReader(query.funnel, of: store, catalog, run)
    let parts = try store.scan(
      threads: part.threads, run, part: { (reader: reader, tally: PeopleTally(query.part, reader.rules)) }
    ) { part, bucket, customers in
      part.reader.read(customers, of: bucket, into: &part.tally)
      part.tally.close(bucket)
    }
    return PeoplePartial(people: parts.flatMap(\.tally.people))
  }

  func report(_ found: PeoplePartial, _ run: Run) -> PeopleReport {
    PeopleReport(people: found.people.sorted { $0.customer.utf8Order(to: $1.customer) < 0 })
  }
}

/// In no order.
struct PeoplePartial: PartialAnswer {
  var people: [PeopleReport.Person]

  mutating func absorb(_ other: PeoplePartial) { people += other.people }
}
