import EventStore
import JourneyQuery
import JourneyTime

/// Makes the variants from what all threads counted.
struct PathsSummary {
  let query: PathsQuery
  let schema: StoreSchema
  let parts: [PathsTally]
  let span: ClosedRange<Instant>?

  /// A number of a path, and the customers who took it.
  private typealias Count = (variant: Int, customers: Int)

  /// A variant as numbers that sort as its names do.
  private struct Candidate {
    var ranks: [Int]
    var anchor: Int
    var customers: Int
  }

  /// Customers by group and variant.
  private struct Counts {
    private var cells = PairNumbers()
    private var customers: [Int] = []

    mutating func add(_ found: Int, group: Int, variant: Int) {
      let cell = cells.number(group, variant)
      if cell == customers.count { customers.append(0) }
      customers[cell] += found
    }

    /// By variant, where there is but one group.
    var ungrouped: [Count] { zip(cells.pairs, customers).map { ($0.0.second, $0.1) } }

    func forEach(_ body: (_ group: Int, _ variant: Int, _ customers: Int) -> Void) {
      for (cell, found) in zip(cells.pairs, customers) { body(cell.first, cell.second, found) }
    }

    /// By variant in each of the groups, of which `place` gives the index.
    func gathered(groups: Int, place: (Int) -> Int) -> [[Count]] {
      var (added, inside) = (Counts(), [[Count]](repeating: [], count: groups))
      forEach { added.add($2, group: place($0), variant: $1) }
      added.forEach { inside[$0].append(($1, $2)) }
      return inside
    }
  }

  /// Throws `cancelled` if the run is: there may be as many variants as customers.
  func report(_ run: Run) throws(ExecutionError) -> PathsReport {
    // Every part has the same names.
    let names = NameOrder(parts.first?.names ?? [])
    let found = FoundGroups(parts.map(\.groupKeys))
    var (variants, counts) = (PathNumbers(names: names.names.count), Counts())
    for (part, numbers) in zip(parts, found.numbers) {
      let here = try variants.absorb(part.variants, run)
      for (index, (group, variant, customers)) in part.counts.enumerated() {
        if index & 0x3FFF == 0 { try run.check() }
        counts.add(customers, group: numbers[group], variant: here[variant])
      }
    }
    try run.check()
    let order = found.order(by: query.breakdown, in: schema) { sizes in
      counts.forEach { group, _, customers in sizes[group] += customers }
    }
    let whole = order == nil ? counts.ungrouped : counts.gathered(groups: 1) { _ in 0 }[0]
    var report = PathsReport(
      figures(of: whole, variants, names),
      basis: Basis(span: span, people: parts.reduce(0) { $0 + $1.asked }))
    if let order {
      try run.check()
      let inside = counts.gathered(groups: order.groups.count) { order.place[$0] }
      report.groups = zip(order.groups, inside).map { Slice($0, figures(of: $1, variants, names)) }
    }
    return report
  }

  private func figures(of counts: [Count], _ variants: PathNumbers, _ names: NameOrder) -> PathsFigures {
    var figures = PathsFigures(customers: counts.reduce(0) { $0 + $1.customers }, distinct: counts.count)
    let top = min(max(0, query.top), counts.count)
    guard top > 0 else { return figures }
    // Only what is frequent enough to be among the top is written out.
    var sizes = counts.map { Int64($0.customers) }
    let least = select(counts.count - top, of: &sizes)
    let candidates = counts.filter { $0.customers >= least }.map { variant, customers in
      let path = variants.path(of: variant)
      return Candidate(ranks: path.dropFirst().map { names.rank[$0] }, anchor: path[0], customers: customers)
    }
    let sorted = candidates.sorted { left, right in
      if left.customers != right.customers { return left.customers > right.customers }
      if left.ranks != right.ranks { return left.ranks.lexicographicallyPrecedes(right.ranks) }
      return left.anchor < right.anchor
    }
    figures.variants = sorted.prefix(top).map { candidate in
      PathsFigures.Variant(
        steps: candidate.ranks.map { names.names[$0] }, anchor: candidate.anchor, customers: candidate.customers)
    }
    return figures
  }
}
