import EventStore
import JourneyQuery
import JourneyTime

extension Executor where Self: EventPart {
  /// The people behind an answer. Of a funnel that counts entries or sessions a customer stands where the deepest of them does. Throws
  /// `limit` for too many stages.
  public func people(_ query: PeopleQuery, _ run: Run) throws(ExecutionError) -> PeopleReport {
    switch query.source {
    case .funnel(let funnel, let part):
      return try answer(PeopleQuestion(funnel: funnel, part: part, catalog: catalog), run)
    case .conform(let conform, let deviations):
      let most = MapMetricsQuery.mostStages
      guard conform.stages.count <= most else { throw .limit(.stages(most)) }
      return try answer(ConformPeopleQuestion(query: conform, deviations: deviations, catalog: catalog), run)
    }
  }
}

struct PeopleQuestion: SingleReading {
  let funnel: FunnelQuery
  let part: PeopleQuery.Part
  let catalog: Catalog

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> PeoplePartial {
    let store = try part.reading(funnel.scope, catalog)
    let reader = try FunnelReader(funnel, of: store, catalog, run)
    let parts = try store.scan(
      threads: part.threads, run, part: { (reader: reader, tally: PeopleTally(self.part, reader.rules)) }
    ) { part, bucket, customers in
      part.reader.read(customers, of: bucket, into: &part.tally)
      part.tally.close(bucket)
    }
    return PeoplePartial(people: parts.flatMap(\.tally.people))
  }

  func report(_ found: PeoplePartial, _ run: Run) -> PeopleReport { found.report }
}

/// In no order.
struct PeoplePartial: PartialAnswer {
  var people: [PeopleReport.Person]

  var report: PeopleReport { PeopleReport(people: people.sorted { $0.customer.utf8Order(to: $1.customer) < 0 }) }

  mutating func absorb(_ other: PeoplePartial) { people += other.people }
}
