import EventStore
import JourneyQuery

extension Executor where Self: EventPart {
  /// The designed journey against the lived ones, in one reading, and one more for the dates of `vs`. Throws `limit` for too many stages.
  public func conform(_ query: ConformQuery, _ run: Run) throws(ExecutionError) -> ConformReport {
    let most = MapMetricsQuery.mostStages
    guard query.stages.count <= most else { throw .limit(.stages(most)) }
    var report = try answer(ConformQuestion(query: query, catalog: catalog), run)
    if let versus = query.split.versus {
      var other = query
      (other.scope.during, other.split) = (versus, Split())
      report.figures.versus = try answer(ConformQuestion(query: other, catalog: catalog), run).figures.total.figures
    }
    return report
  }
}

struct ConformQuestion: SingleReading {
  let query: ConformQuery
  let catalog: Catalog

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> ConformPartial {
    let store = try part.reading(query.scope, catalog)
    let parts = try store.scan(
      threads: part.threads, run, part: { ConformTally(query, in: store.schema, names: catalog.events) }
    ) { part, bucket, customers in
      part.read(customers, of: bucket)
    }
    let tallies = part.map(count: parts.count) { parts[$0].whole }
    return ConformPartial(
      seen: tallies.reduce(into: MapMetricsPartial(query.metrics)) { $0.absorb($1.seen) },
      counts: tallies.reduce(into: ConformPartial.Counts(query, names: catalog.events.count)) { $0.absorb($1.found) },
      cells: FoundCells(tallies, by: query.split.breakdown, width: 1, in: store.schema))
  }

  func report(_ found: ConformPartial, _ run: Run) -> ConformReport {
    let metrics = MapMetricsQuestion(query: query.metrics, catalog: catalog).report(found.seen, run)
    let deviations = deviations(found.counts, left: metrics.stages.map(\.left))
    return ConformReport(
      figures: figures(found.cells, metrics.basis), customers: metrics.customers,
      stages: metrics.stages.enumerated().map { place, stage in
        ConformReport.Stage(
          name: stage.name, seen: stage.seen, joined: stage.joined, skipped: found.counts.deviations[place].customers,
          returned: found.counts.returned[place], left: stage.left)
      },
      touchpoints: touchpoints(metrics.touchpoints), deviations: Array(deviations.prefix(max(0, query.top))),
      distinct: deviations.count, elsewhere: elsewhere(found.counts.elsewhere))
  }

  /// Everyone has one trace, so that groups can be added up.
  private func figures(_ cells: FoundCells<ConformTally.Cell>, _ basis: Basis) -> Cut<ConformFigures> {
    let total = cells.cells.reduce(into: ConformTally.Cell()) { $0.absorb($1) }
    var cut = Cut(total.figures, basis: basis)
    guard let breakdown = query.split.breakdown, !breakdown.keys.isEmpty else { return cut }
    let order = cells.order(by: breakdown) { $0[0].customers }
    cut.groups = zip(order.groups, cells.rows(0..<1, in: order)).map { Slice($0, $1[0].figures) }
    return cut
  }

  /// All that somebody has, in the order to list them.
  ///
  /// - Parameter left: by stage, the customers whose furthest it is: of the last, those who converted.
  private func deviations(_ counts: ConformPartial.Counts, left: [Int]) -> [ConformReport.Deviation] {
    let numbers = DeviationNumbers(stages: query.stages.count)
    // By stage, those who came as far as it; behind the last one nobody did.
    let reached = left.indices.map { left[$0...].reduce(0, +) } + [0]
    var deviations: [ConformReport.Deviation] = []
    for (number, found) in counts.deviations.enumerated() where found.customers > 0 {
      let deviation = numbers.deviation(number)
      // Who came past the same stage, and those of them who deviate. All who convert do, but past the last stage nobody does.
      var (all, own, converted) = (0, found.customers, left.last ?? 0)
      switch deviation {
      case .skipped(let stage):
        (all, own) = (reached[stage + 1], found.past)
        if stage + 1 == left.count { converted = found.converted }
      case .visited(_, let from): all = reached[from ?? 0]
      }
      deviations.append(
        ConformReport.Deviation(
          deviation, customers: found.customers, converted: found.converted, others: all - own,
          othersConverted: converted - found.converted))
    }
    // Equal ones stay in the order of their numbers.
    return deviations.sorted { $0.customers > $1.customers }
  }

  /// Those that some event realises, and the others between them.
  private func touchpoints(_ seen: [MapMetrics.Touchpoint]) -> [ConformReport.Touchpoint] {
    var rest = seen[...]
    return query.touchpoints.map { touchpoint in
      let found = touchpoint.isMeasured ? rest.popFirst() : nil
      return ConformReport.Touchpoint(
        name: touchpoint.step.label, seen: found?.seen, medianToNext: found?.medianToNext)
    }
  }

  private func elsewhere(_ counts: [Int]) -> [ConformReport.Event] {
    zip(catalog.events, counts).filter { $1 > 0 }.map { ConformReport.Event(name: $0, events: $1) }
      .sorted { $0.events != $1.events ? $0.events > $1.events : $0.name.utf8Order(to: $1.name) < 0 }
  }
}

/// What was found of traces.
struct ConformPartial: PartialAnswer {
  struct Counts: PartialAnswer {
    struct Deviation: Sendable, Codable {
      var customers = 0
      /// Those of them who were seen at the last stage.
      var converted = 0
      /// Of a skipped stage: those whose furthest stage is behind it.
      var past = 0
    }
    /// By number.
    var deviations: [Deviation]
    /// By stage: customers whom an extra visit led back to it.
    var returned: [Int]
    /// By name in the catalog: events at no stage.
    var elsewhere: [Int]

    /// Of nobody.
    init(_ query: ConformQuery, names: Int) {
      deviations = Array(repeating: Deviation(), count: DeviationNumbers(stages: query.stages.count).count)
      returned = Array(repeating: 0, count: query.stages.count)
      elsewhere = Array(repeating: 0, count: names)
    }

    mutating func absorb(_ other: Counts) {
      for (number, deviation) in zip(deviations.indices, other.deviations) {
        deviations[number].customers += deviation.customers
        deviations[number].converted += deviation.converted
        deviations[number].past += deviation.past
      }
      for (stage, customers) in zip(returned.indices, other.returned) { returned[stage] += customers }
      for (name, events) in zip(elsewhere.indices, other.elsewhere) { elsewhere[name] += events }
    }
  }
  var seen: MapMetricsPartial
  var counts: Counts
  /// One column.
  var cells: FoundCells<ConformTally.Cell>

  mutating func absorb(_ other: ConformPartial) {
    seen.absorb(other.seen)
    counts.absorb(other.counts)
    cells.absorb(other.cells)
  }
}
