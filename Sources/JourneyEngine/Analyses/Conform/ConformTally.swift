import EventStore
import JourneyQuery

/// What one thread found of traces.
struct ConformTally: GroupedTally {
  /// How well the traces of a group fit.
  struct Cell: GroupCell {
    private(set) var customers = 0
    private var straight = 0
    private var several = 0
    private var fitness = ExactSum()
    private var fitnessSquares = ExactSum()
    private var fitnessOfSeveral = ExactSum()

    var isEmpty: Bool { customers == 0 }
    var figures: ConformFigures {
      let mean = customers > 0 ? fitness.value / Double(customers) : nil
      return ConformFigures(
        customers: customers, straight: straight, fitness: mean, fitnessVariance: mean.flatMap(variance),
        several: several,
        fitnessOfSeveral: several > 0 ? fitnessOfSeveral.value / Double(several) : nil)
    }

    /// Shares are so near to each other that nothing is lost by taking the squares away.
    private func variance(around mean: Double) -> Double? {
      customers > 1 ? max(0, fitnessSquares.value - fitness.value * mean) / Double(customers - 1) : nil
    }

    mutating func add(_ trace: HeldTrace, isOfSeveral: Bool) {
      customers += 1
      straight += trace.deviations.isEmpty ? 1 : 0
      fitness.add(trace.fitness)
      fitnessSquares.add(trace.fitness * trace.fitness)
      guard isOfSeveral else { return }
      several += 1
      fitnessOfSeveral.add(trace.fitness)
    }

    mutating func absorb(_ other: Cell) {
      customers += other.customers
      straight += other.straight
      several += other.several
      fitness.add(other.fitness)
      fitnessSquares.add(other.fitnessSquares)
      fitnessOfSeveral.add(other.fitnessOfSeveral)
    }
  }
  private var metrics: MapMetricsTally
  private var traces: StageTraces
  private var trace: HeldTrace
  private var groups: GroupReader?
  private(set) var places = CellPlaces(width: 1)
  private(set) var cells: [Cell] = []
  private(set) var found: ConformPartial.Counts
  private var customers = 0
  /// By deviation: the number of the customer who had it last, from 1.
  private var met: [Int]
  private let lastStage: Int

  /// `names` are those of all events.
  init(_ query: ConformQuery, in schema: StoreSchema, names: [String]) {
    metrics = MapMetricsTally(query.metrics, in: schema)
    traces = StageTraces(query, in: schema, names: names)
    trace = HeldTrace(query)
    groups = query.split.breakdown.map { GroupReader($0, in: schema) }
    found = ConformPartial.Counts(query, names: names.count)
    met = Array(repeating: 0, count: trace.numbers.count)
    lastStage = query.stages.count - 1
  }

  var groupKeys: GroupKeys { groups?.keys ?? GroupKeys() }
  var seen: MapMetricsPartial { metrics.found }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    metrics.read(block, of: bucket)
    traces.read(block, of: bucket)
    Self.countElsewhere(traces, &found.elsewhere)
    for person in traces.reader.people {
      traces.follow(person)
      guard traces.seen != 0 else { continue }
      trace.hold(traces.visits, traces.seen)
      count()
      let row = traces.reader.row(of: traces.first)
      let group = groups?.group(at: row, of: traces.reader.customer(of: person), in: bucket) ?? 0
      let place = places.place(max(0, group), 0)
      if place == cells.count { cells.append(Cell()) }
      cells[place].add(trace, isOfSeveral: traces.seen.nonzeroBitCount > 1)
    }
  }

  /// Adds the events of a block that are at no stage, by name.
  private static func countElsewhere(_ traces: StageTraces, _ counts: inout [Int]) {
    var counts = counts.mutableSpan
    let names = traces.reader.names.span
    for event in 0..<traces.reader.eventCount where traces.stages(of: event) == 0 { counts[Int(names[event])] += 1 }
  }

  /// Adds one customer to each deviation of their trace.
  private mutating func count() {
    customers += 1
    let furthest = 63 - traces.seen.leadingZeroBitCount
    for number in trace.deviations where met[number] != customers {
      met[number] = customers
      found.deviations[number].customers += 1
      found.deviations[number].converted += furthest == lastStage ? 1 : 0
      found.deviations[number].past += furthest > number ? 1 : 0
    }
    forEachBit(of: trace.returned) { found.returned[$0] += 1 }
  }
}

extension ConformQuery {
  /// Who was where, of the same events: of touchpoints those that some event realises.
  var metrics: MapMetricsQuery {
    let place = Dictionary(stages.enumerated().map { ($1.label, $0) }) { first, _ in first }
    return MapMetricsQuery(
      stages: stages,
      touchpoints: touchpoints.filter(\.isMeasured).map {
        // Of a stage that is none of the order no other is a later one.
        MapMetricsQuery.Touchpoint(step: $0.step, stage: place[$0.stage] ?? stages.count)
      }, timesTouchpoints: true, scope: scope)
  }
}

extension ConformQuery.Touchpoint {
  var isMeasured: Bool { !step.alternatives.isEmpty }
}
