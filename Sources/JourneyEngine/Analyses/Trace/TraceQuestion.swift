import EventStore
import JourneyQuery
import JourneyTime

extension Executor where Self: EventPart {
  /// The journey of one customer in canonical order; nil for an unknown customer.
  public func journey(of customer: String, _ run: Run) throws(ExecutionError) -> Journey? {
    try answer(JourneyQuestion(customer: customer), run)
  }

  /// How one customer's journey was read by a funnel; nil for an unknown customer. Where entries or sessions are
  /// counted the deepest of them is traced, of equally deep ones the one entered first.
  public func trace(of customer: String, in query: FunnelQuery, _ run: Run) throws(ExecutionError) -> FunnelTrace? {
    try answer(TraceQuestion(customer: customer, query: query, catalog: catalog), run)
  }
}

/// What is said of one customer, by the part that has them.
struct FoundOnce<Found: Sendable & Codable>: PartialAnswer {
  var found: Found?

  mutating func absorb(_ other: FoundOnce) { found = found ?? other.found }
}

struct JourneyQuestion: SingleReading {
  let customer: String

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> FoundOnce<Journey> {
    try run.check()
    let store = part.store
    guard let place = store.find(customer: customer) else { return FoundOnce() }
    let bucket = store.buckets[place.bucket]
    return FoundOnce(
      found: Journey(
        customer: customer, properties: try properties(in: part),
        events: bucket.rows(of: place.index).map { bucket.event(at: $0, in: store.schema) }))
  }

  private func properties(in part: EmbeddedEngine) throws(ExecutionError) -> [Journey.Property] {
    guard let people = part.people else { return [] }
    let rows = try part.rows(of: people)
    guard let row = rows.row(of: customer) else { return [] }
    return people.properties.enumerated().compactMap { index, property in
      rows.value(of: index, at: row).map { Journey.Property(property.name, Value($0)) }
    }
  }

  func report(_ found: FoundOnce<Journey>, _ run: Run) -> Journey? { found.found }
}

struct TraceQuestion: SingleReading {
  let customer: String
  let query: FunnelQuery
  let catalog: Catalog

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> FoundOnce<FunnelTrace> {
    try run.check()
    return FoundOnce(found: try trace(in: part.reading(query.scope, catalog), run))
  }

  func report(_ found: FoundOnce<FunnelTrace>, _ run: Run) -> FunnelTrace? { found.found }

  private func trace(in store: EventStore, _ run: Run) throws(ExecutionError) -> FunnelTrace? {
    guard let place = store.find(customer: customer) else { return nil }
    let bucket = store.buckets[place.bucket]
    func read(_ query: FunnelQuery) throws(ExecutionError) -> (units: UnitList, asked: Int) {
      var (reader, units) = (try FunnelReader(query, of: store, catalog, run), UnitList())
      reader.read(place.index..<place.index + 1, of: bucket, into: &units)
      return (units, reader.asked)
    }
    let found = try read(query)
    var tracing = FunnelTracing(query, store, bucket, place.index, run)
    tracing.isAsked = found.asked > 0
    tracing.units = found.units
    if !query.without.isEmpty {
      var unhindered = query
      unhindered.without = []
      tracing.unhindered = try read(unhindered).units.deepest?.chain
    }
    return tracing.trace(of: customer)
  }
}
