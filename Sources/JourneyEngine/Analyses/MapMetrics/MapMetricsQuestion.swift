import EventStore
import JourneyQuery

extension Executor where Self: EventPart {
  /// Who was at each touchpoint and how many reached each stage, in one reading.
  public func metrics(_ query: MapMetricsQuery, _ run: Run) throws(ExecutionError) -> MapMetrics {
    try answer(MapMetricsQuestion(query: query, catalog: catalog), run)
  }
}

struct MapMetricsQuestion: SingleReading {
  let query: MapMetricsQuery
  let catalog: Catalog

  /// Whether there are stages, and no more than a funnel may have steps.
  var isPath: Bool { (1...JourneyEvent.mostSteps).contains(query.stages.count) }

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> MapMetricsPartial {
    let store = try part.reading(query.scope, catalog)
    let funnel = FunnelQuery(
      path: Path(query.stages.map { PathStep($0) }), window: query.window, scope: query.scope)
    let reader: FunnelReader? = try isPath ? FunnelReader(funnel, of: store, catalog, run) : nil
    let parts = try store.scan(
      threads: part.threads, run, part: { MapMetricsTally(query, reader, in: store.schema) }
    ) { part, bucket, customers in
      part.read(customers, of: bucket)
    }
    return parts.reduce(into: MapMetricsPartial(query)) { $0.absorb($1.found) }
  }

  func report(_ found: MapMetricsPartial, _ run: Run) -> MapMetrics {
    MapMetrics(
      customers: found.customers,
      touchpoints: zip(query.touchpoints, found.touchpoints).map { .init(name: $0.label, customers: $1) },
      stages: isPath ? zip(query.stages, found.stages).map { .init(name: $0.label, customers: $1) } : [])
  }
}

/// How many were where.
struct MapMetricsPartial: PartialAnswer {
  var customers = 0
  /// Parallel to those of the query.
  var touchpoints: [Int]
  var stages: [Int]

  /// Nobody.
  init(_ query: MapMetricsQuery) {
    touchpoints = query.touchpoints.map { _ in 0 }
    stages = query.stages.map { _ in 0 }
  }

  mutating func absorb(_ other: MapMetricsPartial) {
    customers += other.customers
    for place in touchpoints.indices { touchpoints[place] += other.touchpoints[place] }
    for place in stages.indices { stages[place] += other.stages[place] }
  }
}
