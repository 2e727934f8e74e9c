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

    /// Adds some customers with the same trace.
    mutating func add(_ trace: HeldTrace, of customers: Int) {
      self.customers += customers
      straight += trace.deviations.isEmpty ? customers : 0
      fitness.add(trace.fitness, times: customers)
      fitnessSquares.add(trace.fitness * trace.fitness, times: customers)
      guard trace.seen.nonzeroBitCount > 1 else { return }
      several += customers
      fitnessOfSeveral.add(trace.fitness, times: customers)
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
  /// Groups by words of short traces, and how many customers have each.
  private var shortTraces = PairNumbers()
  private var shortCounts: [Int] = []
  private(set) var places = CellPlaces(width: 1)
  private(set) var cells: [Cell] = []
  private(set) var found: ConformPartial.Counts
  /// By event code: events at no stage, and the number of the name.
  private var elsewhere: [Int]
  private let names: [Int]
  private let lastStage: Int

  /// `names` are those of all events.
  init(_ query: ConformQuery, in schema: StoreSchema, names: [String]) {
    metrics = MapMetricsTally(query.metrics, in: schema)
    traces = StageTraces(query.stages, in: schema)
    trace = HeldTrace(query)
    groups = query.split.breakdown.map { GroupReader($0, in: schema) }
    found = ConformPartial.Counts(query, names: names.count)
    elsewhere = Array(repeating: 0, count: schema.events.count)
    let numbers = Dictionary(names.enumerated().map { (ByteText($1), $0) }) { first, _ in first }
    self.names = schema.events.map { numbers[ByteText($0)] ?? 0 }
    lastStage = query.stages.count - 1
  }

  var groupKeys: GroupKeys { groups?.keys ?? GroupKeys() }
  var seen: MapMetricsPartial { metrics.found }

  /// With the customers of short traces, each of which is held once, among all others, and events by name.
  var whole: ConformTally {
    var whole = self
    (whole.shortTraces, whole.shortCounts) = (PairNumbers(), [])
    for ((group, word), customers) in zip(shortTraces.pairs, shortCounts) {
      whole.hold(traces.words.visits(UInt64(bitPattern: Int64(word))), group, of: customers)
    }
    for (name, events) in zip(names, elsewhere) { whole.found.elsewhere[name] += events }
    return whole
  }

  mutating func read(_ customers: Range<Int>, of bucket: Bucket) {
    let block = metrics.read(customers, of: bucket)
    let moments = Moments(of: bucket)
    traces.read(block, of: bucket)
    countElsewhere(block, bucket.events)
    for (index, person) in block.reader.people.enumerated() {
      let word = traces.follow(index, block, moments)
      if word == 0 { continue }
      let group = groups == nil ? 0 : group(of: person, block, in: bucket)
      if let word {
        let number = shortTraces.number(group, Int(truncatingIfNeeded: word))
        if number == shortCounts.count { shortCounts.append(0) }
        shortCounts[number] += 1
      } else {
        hold(traces.visits, group, of: 1)
      }
    }
  }

  /// Adds the events of a block that are at no stage.
  private mutating func countElsewhere(_ block: BlockStages, _ events: CodeColumn) {
    switch events {
    case .narrow(let codes): Self.countElsewhere(block, codes.span, &elsewhere)
    case .medium(let codes): Self.countElsewhere(block, codes.span, &elsewhere)
    case .wide(let codes): Self.countElsewhere(block, codes.span, &elsewhere)
    }
  }

  private static func countElsewhere<Code: FixedWidthInteger>(
    _ block: BlockStages, _ codes: Span<Code>, _ counts: inout [Int]
  ) {
    var counts = counts.mutableSpan
    let (reader, reached) = (block.reader, block.reached)
    for word in 0..<reached.wordCount {
      let rest = UInt64.max >> UInt64(max(0, 64 - (reader.eventCount - 64 * word)))
      forEachBit(of: ~reached[0, word: word] & rest) { counts[Int(codes[reader.row(of: 64 * word + $0)])] &+= 1 }
    }
  }

  /// That of the first event of somebody's trace.
  private mutating func group(of person: Int, _ block: BlockStages, in bucket: Bucket) -> Int {
    guard let (first, _) = block.ends(of: person) else { return 0 }
    let (row, customer) = (block.reader.row(of: first), block.reader.customer(of: person))
    return max(0, groups?.group(at: row, of: customer, in: bucket) ?? 0)
  }

  /// Adds some customers of one group with the same visits.
  private mutating func hold(_ visits: [UInt8], _ group: Int, of customers: Int) {
    trace.hold(visits)
    let place = places.place(group, 0)
    if place == cells.count { cells.append(Cell()) }
    cells[place].add(trace, of: customers)
    let furthest = 63 - trace.seen.leadingZeroBitCount
    for number in trace.deviations {
      found.deviations[number].customers += customers
      found.deviations[number].converted += furthest == lastStage ? customers : 0
      found.deviations[number].past += furthest > number ? customers : 0
    }
    forEachBit(of: trace.returned) { found.returned[$0] += customers }
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
