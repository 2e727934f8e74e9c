import EventStore
import JourneyQuery
import JourneyTime

/// Makes the variants from what was counted.
struct PathsSummary {
  let query: PathsQuery
  let found: PathsPartial
  let span: ClosedRange<Instant>?

  /// A number of a path, and the customers who took it.
  private typealias Count = (variant: Int, customers: Int)

  /// A variant as numbers that sort as its names do.
  private struct Candidate {
    var ranks: [Int]
    var anchor: Int
    var customers: Int
  }

  /// Throws `cancelled` if the run is.
  func report(_ run: Run) throws(ExecutionError) -> PathsReport {
    try run.check()
    let names = NameOrder(found.names)
    let order = GroupOrder(found.keys.keys, by: query.breakdown) { sizes in
      for (cell, customers) in zip(found.cells.pairs, found.customers) { sizes[cell.first] += customers }
    }
    let whole = order == nil ? ungrouped : gathered(groups: 1) { _ in 0 }[0]
    var report = PathsReport(figures(of: whole, names), basis: Basis(span: span, people: found.asked))
    if let order {
      try run.check()
      let inside = gathered(groups: order.groups.count) { order.place[$0] }
      report.groups = zip(order.groups, inside).map { Slice($0, figures(of: $1, names)) }
    }
    return report
  }

  /// By variant, where there is but one group.
  private var ungrouped: [Count] { zip(found.cells.pairs, found.customers).map { ($0.0.second, $0.1) } }

  /// By variant in each of the groups, of which `place` gives the index.
  private func gathered(groups: Int, place: (Int) -> Int) -> [[Count]] {
    var (cells, counts) = (PairNumbers(), [Int]())
    for (cell, customers) in zip(found.cells.pairs, found.customers) {
      let number = cells.number(place(cell.first), cell.second)
      if number == counts.count { counts.append(0) }
      counts[number] += customers
    }
    var inside = [[Count]](repeating: [], count: groups)
    for (cell, customers) in zip(cells.pairs, counts) { inside[cell.first].append((cell.second, customers)) }
    return inside
  }

  private func figures(of counts: [Count], _ names: NameOrder) -> PathsFigures {
    var figures = PathsFigures(customers: counts.reduce(0) { $0 + $1.customers }, distinct: counts.count)
    let top = min(max(0, query.top), counts.count)
    guard top > 0 else { return figures }
    // Only what is frequent enough to be among the top is written out.
    var sizes = counts.map { Int64($0.customers) }
    let least = select(counts.count - top, of: &sizes)
    let candidates = counts.filter { $0.customers >= least }.map { variant, customers in
      let path = found.variants.path(of: variant)
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
