import EventStore
import JourneyQuery
import JourneyTime

extension Executor where Self: EventPart {
  /// The paths that customers take, each customer once.
  public func paths(_ query: PathsQuery, _ run: Run) throws(ExecutionError) -> PathsReport {
    try answer(PathsQuestion(query: query, catalog: catalog), run)
  }
}

struct PathsQuestion: SingleReading {
  let query: PathsQuery
  let catalog: Catalog

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> PathsPartial {
    let store = try part.reading(query.scope, catalog)
    let tallies = try store.scan(
      threads: part.threads, run, part: { PathsTally(query, in: store.schema, names: catalog.events) }
    ) { part, bucket, customers in
      part.read(customers, of: bucket)
    }
    return try PathsPartial(tallies, query, in: store.schema, run)
  }

  /// Throws `cancelled` if the run is: there may be as many variants as customers.
  func report(_ found: PathsPartial, _ run: Run) throws(ExecutionError) -> PathsReport {
    try PathsSummary(query: query, found: found, span: catalog.span).report(run)
  }
}

/// Customers by path.
struct PathsPartial: PartialAnswer {
  private(set) var asked: Int
  /// By the numbers that paths know them by, the same in every part: those of the rules, then those of the catalog.
  let names: [String]
  /// The combinations of breakdown values.
  private(set) var keys: FoundKeys
  private(set) var variants: PathNumbers
  /// Combinations by variants.
  private(set) var cells = PairNumbers()
  /// Parallel to the cells.
  private(set) var customers: [Int] = []

  /// What threads found. Throws `cancelled` if the run is.
  init(_ tallies: [PathsTally], _ query: PathsQuery, in schema: StoreSchema, _ run: Run) throws(ExecutionError) {
    asked = tallies.reduce(0) { $0 + $1.asked }
    names = tallies.first?.names ?? []
    let found = FoundGroups(tallies.map(\.groupKeys))
    keys = FoundKeys(found.keys, by: query.breakdown, in: schema)
    variants = PathNumbers(names: names.count)
    for (tally, numbers) in zip(tallies, found.numbers) {
      let here = variants.absorb(tally.variants, run)
      try run.check()
      for (index, (group, variant, found)) in tally.counts.enumerated() {
        if index & 0x3FFF == 0 { try run.check() }
        add(found, to: numbers[group], here[variant])
      }
    }
  }

  mutating func absorb(_ other: PathsPartial) {
    asked += other.asked
    let (numbers, here) = (keys.absorb(other.keys), variants.absorb(other.variants, nil))
    for (cell, found) in zip(other.cells.pairs, other.customers) {
      add(found, to: numbers[cell.first], here[cell.second])
    }
  }

  private mutating func add(_ found: Int, to key: Int, _ variant: Int) {
    let cell = cells.number(key, variant)
    if cell == customers.count { customers.append(0) }
    customers[cell] += found
  }
}
