import EventStore
import JourneyQuery
import JourneyTime

extension Executor where Self: EventPart {
  /// Answers a funnel. Throws `limit` for a path of more than 63 steps (16 in any order) or too many periods.
  public func funnel(_ query: FunnelQuery, _ run: Run) throws(ExecutionError) -> FunnelReport {
    let rules = ChainRules(query)
    let analysis = FunnelAnalysis(query, catalog, rows: rules.steps) { cells in
      cells.counters.map { FunnelFigures($0, query, rules) }
    }
    return try answer(analysis, run).cut
  }
}

/// Figures of a funnel's units, cut as its split asks, and all its units as one cell. Throws as `funnel` does.
struct FunnelAnalysis<Figures: Hashable & Sendable & Codable>: Analysis {
  private(set) var question: FunnelQuestion
  private let query: FunnelQuery
  private let catalog: Catalog
  private let rows: Int
  private let figures: @Sendable (FunnelCells) -> [Figures]
  private var found: (cut: Cut<Figures>, whole: FunnelCells)?

  /// `figures` gives the figures of each cell, each in so many `rows` of the answer.
  init(
    _ query: FunnelQuery, _ catalog: Catalog, completionsOnly: Bool = false, rows: Int = 1,
    _ figures: @escaping @Sendable (FunnelCells) -> [Figures]
  ) {
    (self.query, self.catalog, self.rows, self.figures) = (query, catalog, rows, figures)
    question = FunnelQuestion(query: query, catalog: catalog, completionsOnly: completionsOnly)
  }

  mutating func take(
    _ partial: FunnelPartial, _ run: Run
  ) throws(ExecutionError) -> (cut: Cut<Figures>, whole: FunnelCells)? {
    let rules = ChainRules(question.query)
    let whole = FunnelCells(partial.parts, rules)
    if var found {
      found.cut.versus = figures(whole)[0]
      return found
    }
    var cut = Cut(figures(whole)[0], basis: Basis(span: catalog.span, people: partial.asked))
    try FunnelSummary(query: query, rules: rules, found: partial).fill(&cut, rows: rows, figures)
    found = (cut, whole)
    guard let versus = query.split.versus else { return found }
    var other = query
    (other.scope.during, other.split) = (versus, Split())
    question = FunnelQuestion(query: other, catalog: catalog, completionsOnly: question.completionsOnly)
    return nil
  }
}

struct FunnelQuestion: PartialQuestion {
  let query: FunnelQuery
  let catalog: Catalog
  /// Whether only those that completed the path are asked about one by one.
  let completionsOnly: Bool

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> FunnelPartial {
    let store = try part.reading(query.scope, catalog)
    let reader = try FunnelReader(query, of: store, catalog, run)
    let tally = FunnelTally(query, reader.rules, in: store.schema, completionsOnly: completionsOnly)
    let parts = try store.scan(threads: part.threads, run, part: { (reader: reader, tally: tally) }) {
      part, bucket, customers in
      part.reader.read(customers, of: bucket, into: &part.tally)
    }
    let groups = FoundGroups(parts.map(\.tally.groupKeys))
    return FunnelPartial(
      asked: parts.reduce(0) { $0 + $1.reader.asked },
      keys: FoundKeys(groups.keys, by: query.split.breakdown, in: store.schema),
      parts: zip(parts, groups.numbers).map { $0.tally.found(groups: $1) })
  }
}

struct FunnelPartial: PartialAnswer {
  var asked: Int
  /// The combinations of breakdown values.
  var keys: FoundKeys
  var parts: [FunnelUnits]

  mutating func absorb(_ other: FunnelPartial) {
    asked += other.asked
    let numbers = keys.absorb(other.keys)
    parts += other.parts.map { part in
      var part = part
      part.groups = part.groups.map { numbers[$0] }
      return part
    }
  }
}
