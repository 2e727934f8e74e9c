import EventStore
import JourneyQuery

extension Executor where Self: EventPart {
  /// Returns to where a journey has been, by pair of steps.
  public func loops(_ query: LoopsQuery, _ run: Run) throws(ExecutionError) -> LoopsReport {
    try answer(LoopsAnalysis(query, catalog), run)
  }
}

/// People who made any of several returns cannot be added up over these: groups, and the returns that are not shown, are counted by readings
/// of their own.
struct LoopsAnalysis: Analysis {
  private enum Stage { case found, grouped, rest }

  private(set) var question: LoopsQuestion
  private let query: LoopsQuery
  private var stage = Stage.found
  private var summary: LoopsSummary
  private var report: LoopsReport?

  init(_ query: LoopsQuery, _ catalog: Catalog) {
    self.query = query
    var plain = query
    plain.breakdown = nil
    question = LoopsQuestion(query: plain, catalog: catalog)
    summary = LoopsSummary(plain, names: question.names)
  }

  mutating func take(_ found: LoopsPartial, _ run: Run) -> LoopsReport? {
    switch stage {
    case .found:
      if let breakdown = question.query.breakdown {
        let order = found.cells.order(by: breakdown) { $0.reduce(0) { $0 + $1.times } }
        if order.hasOther {
          (stage, question.groups) = (.grouped, order.groups)
          return nil
        }
        summary.take(found.cells, order.groups) { order.place[$0] }
      } else {
        summary.take(found.cells, [.whole]) { $0 }
      }
    case .grouped: summary.take(found.cells, question.groups ?? []) { $0 }
    case .rest: summary.takeRest(found.cells)
    }
    if stage != .rest, let shown = summary.shown {
      (stage, question.shown, question.groups) = (.rest, shown, summary.groups.map(\.key))
      return nil
    }
    return finish(found)
  }

  /// The report, where what was read last was its last part.
  private mutating func finish(_ found: LoopsPartial) -> LoopsReport? {
    if report != nil {
      report?.groups = summary.groups
      return report
    }
    report = LoopsReport(
      summary.groups.first ?? Slice(.whole, LoopsFigures()),
      basis: Basis(span: question.catalog.span, people: found.asked))
    guard let breakdown = query.breakdown, !breakdown.keys.isEmpty else { return report }
    question = LoopsQuestion(query: query, catalog: question.catalog)
    (stage, summary) = (.found, LoopsSummary(query, names: question.names))
    return nil
  }
}

struct LoopsQuestion: PartialQuestion {
  let query: LoopsQuery
  let catalog: Catalog
  /// What to tell apart in place of the combinations of breakdown values that are found.
  var groups: [GroupKey]?
  /// Groups by pairs: returns that are not to be counted.
  var shown: CellPlaces?

  init(query: LoopsQuery, catalog: Catalog) { (self.query, self.catalog) = (query, catalog) }

  /// By the numbers that pairs know them by: those of the rules, then those of the catalog, each once.
  var names: [String] {
    var naming = query.naming
    if case .toEarlier = query.rule { naming.keepsOthers = false }
    return EventNamer(naming, in: StoreSchema(), among: catalog.events).names
  }

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> LoopsPartial {
    let store = try part.reading(query.scope, catalog)
    let places = groups.flatMap { groups in query.breakdown.map { GroupPlaces(groups, $0, in: store.schema) } }
    let tallies = try store.scan(
      threads: part.threads, run,
      part: { LoopsTally(query, in: store.schema, names: catalog.events, places, without: shown) }
    ) { part, bucket, customers in
      part.read(customers, of: bucket)
    }
    return LoopsPartial(
      asked: tallies.reduce(0) { $0 + $1.asked },
      cells: FoundCells(
        tallies, by: query.breakdown, groups: groups?.count, width: tallies.first?.columns.count ?? 0,
        in: store.schema))
  }
}

/// Returns by group and pair.
struct LoopsPartial: PartialAnswer {
  var asked: Int
  /// Columns are those of `LoopsColumns`.
  var cells: FoundCells<LoopsTally.Cell>

  mutating func absorb(_ other: LoopsPartial) {
    asked += other.asked
    cells.absorb(other.cells)
  }
}
