import EventStore
import JourneyQuery

extension Executor where Self: EventPart {
  /// Who was where on a map, in one reading. Throws `limit` for too many stages, and for a sum beyond the largest number.
  public func metrics(_ query: MapMetricsQuery, _ run: Run) throws(ExecutionError) -> MapMetrics {
    let most = MapMetricsQuery.mostStages
    guard query.stages.count <= most else { throw .limit(.stages(most)) }
    let metrics = try answer(MapMetricsQuestion(query: query, catalog: catalog), run)
    let values = metrics.stages.map(\.value) + metrics.touchpoints.map(\.value)
    guard values.allSatisfy({ $0?.isFinite ?? true }) else { throw .limit(.sum(property: query.value ?? "")) }
    return metrics
  }
}

struct MapMetricsQuestion: SingleReading {
  let query: MapMetricsQuery
  let catalog: Catalog

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> MapMetricsPartial {
    let store = try part.reading(query.scope, catalog)
    let parts = try store.scan(
      threads: part.threads, run, part: { MapMetricsTally(query, in: store.schema) }
    ) { part, bucket, customers in
      part.read(customers, of: bucket)
    }
    return parts.reduce(into: MapMetricsPartial(query)) { $0.absorb($1.found) }
  }

  func report(_ found: MapMetricsPartial, _ run: Run) -> MapMetrics {
    let times = found.stages.map(\.toNext) + found.touchpoints.map(\.toNext)
    let medians = concurrentMap(count: times.count) { quantile(tenths: 5, of: times[$0].map { $0[...] }) }
    return MapMetrics(
      customers: found.customers, onMap: found.onMap,
      stages: zip(zip(query.stages, found.stages), medians).map { place, median in
        let (step, figures) = place
        return MapMetrics.Stage(
          name: step.label, seen: figures.seen, joined: figures.joined, passed: figures.passed, left: figures.left,
          medianToNext: median, value: query.value == nil ? nil : figures.value.value)
      },
      touchpoints: zip(zip(query.touchpoints, found.touchpoints), medians.dropFirst(found.stages.count)).map {
        place, median in
        let (touchpoint, figures) = place
        return MapMetrics.Touchpoint(
          name: touchpoint.step.label, seen: figures.seen, wentOn: figures.wentOn, medianToNext: median,
          value: query.value == nil ? nil : figures.value.value)
      },
      basis: Basis(span: catalog.span, people: found.asked))
  }
}

/// How many were where.
struct MapMetricsPartial: PartialAnswer {
  struct Touchpoint: Sendable, Codable {
    var seen = 0
    var wentOn = 0
    /// Microseconds from the first event here to the first one after it at a later stage, in lists of several makers.
    var toNext: [[Int64]] = []
    /// What those brought who went on.
    var value = ExactSum()
  }

  struct Stage: Sendable, Codable {
    var seen = 0
    var joined = 0
    var passed = 0
    var left = 0
    /// As of a touchpoint.
    var toNext: [[Int64]] = []
    /// What those brought who went on.
    var value = ExactSum()
  }
  /// Whom the clauses ask of.
  var asked = 0
  /// Everyone with an event.
  var customers = 0
  var onMap = 0
  /// Parallel to those of the query.
  var stages: [Stage]
  var touchpoints: [Touchpoint]

  /// Nobody.
  init(_ query: MapMetricsQuery) {
    stages = query.stages.map { _ in Stage() }
    touchpoints = query.touchpoints.map { _ in Touchpoint() }
  }

  mutating func absorb(_ other: MapMetricsPartial) {
    asked += other.asked
    customers += other.customers
    onMap += other.onMap
    for (place, stage) in zip(stages.indices, other.stages) {
      stages[place].seen += stage.seen
      stages[place].joined += stage.joined
      stages[place].passed += stage.passed
      stages[place].left += stage.left
      stages[place].toNext += stage.toNext
      stages[place].value.add(stage.value)
    }
    for (place, touchpoint) in zip(touchpoints.indices, other.touchpoints) {
      touchpoints[place].seen += touchpoint.seen
      touchpoints[place].wentOn += touchpoint.wentOn
      touchpoints[place].toNext += touchpoint.toNext
      touchpoints[place].value.add(touchpoint.value)
    }
  }
}
