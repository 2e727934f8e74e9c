import EventStore
import JourneyQuery
import JourneyTime

extension Executor where Self: EventPart {
  /// What leads customers to a goal.
  public func attribution(_ query: AttributionQuery, _ run: Run) throws(ExecutionError) -> AttributionReport {
    try answer(AttributionQuestion(query: query, catalog: catalog), run)
  }
}

struct AttributionQuestion: SingleReading {
  let query: AttributionQuery
  let catalog: Catalog

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> AttributionPartial {
    let store = try part.reading(query.scope, catalog)
    let breakdown = Breakdown(keys: [.property(query.property)], names: [query.heading])
    let tallies = try store.scan(
      threads: part.threads, run, part: { AttributionTally(query, breakdown, in: store.schema) }
    ) { tally, bucket, customers in
      tally.read(customers, of: bucket)
    }
    return try AttributionPartial(tallies, breakdown, in: store.schema, run)
  }

  func report(_ found: AttributionPartial, _ run: Run) throws(ExecutionError) -> AttributionReport {
    try AttributionSummary(query: query, found: found, span: catalog.span).report(run)
  }
}

struct AttributionPartial: PartialAnswer {
  private(set) var asked = 0
  private(set) var customers = 0
  /// The values, and what is missing.
  private(set) var keys: FoundKeys
  /// Of values by their numbers among the keys.
  private(set) var paths = TouchPaths()

  /// What threads found. Throws `cancelled` if the run is.
  init(
    _ tallies: [AttributionTally], _ breakdown: Breakdown, in schema: StoreSchema, _ run: Run
  ) throws(ExecutionError) {
    let found = FoundGroups(tallies.map(\.groupKeys))
    keys = FoundKeys(found.keys, by: breakdown, in: schema)
    for (tally, numbers) in zip(tallies, found.numbers) {
      (asked, customers) = (asked + tally.asked, customers + tally.customers)
      paths.absorb(tally.paths, values: numbers, run)
      try run.check()
    }
  }

  mutating func absorb(_ other: AttributionPartial) {
    (asked, customers) = (asked + other.asked, customers + other.customers)
    paths.absorb(other.paths, values: keys.absorb(other.keys), nil)
  }
}
