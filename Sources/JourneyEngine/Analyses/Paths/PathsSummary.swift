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

  /// Throws `cancelled` if the run is: there may be as many variants as customers.
  func report(_ run: Run) throws(ExecutionError) -> PathsReport {
    // Every part has the same names.
    let order = NameOrder(parts.first?.names ?? [])
    var (variants, keys) = (PathNumbers(names: order.names.count), GroupKeys())
    var (cells, customers) = (PairNumbers(), [Int]())
    for part in parts {
      let variantPlaces = try variants.absorb(part.variants, run)
      let groupPlaces = keys.absorb(part.groupKeys)
      for (index, (group, variant, found)) in part.counts.enumerated() {
        if index & 0x3FFF == 0 { try run.check() }
        let group = groupPlaces.isEmpty ? group : groupPlaces[group]
        let place = cells.number(group, variantPlaces[variant])
        if place == customers.count { customers.append(0) }
        customers[place] += found
      }
    }
    let isGrouped = query.breakdown?.keys.isEmpty == false
    try run.check()
    let whole =
      isGrouped
      ? Self.added(zip(cells.pairs, customers).map { (0, $0.0.second, $0.1) }, groups: 1)[0]
      : zip(cells.pairs, customers).map { ($0.0.second, $0.1) }
    var report = PathsReport(
      figures(of: whole, variants, order), basis: Basis(span: span, people: parts.reduce(0) { $0 + $1.asked }))
    if let breakdown = query.breakdown, isGrouped {
      try run.check()
      var sizes = [Int](repeating: 0, count: keys.count)
      for (cell, found) in zip(cells.pairs, customers) { sizes[cell.first] += found }
      let ordered = GroupOrder(keys, sizes: sizes, breakdown, in: schema)
      let inside = Self.added(
        zip(cells.pairs, customers).map { (ordered.place[$0.0.first], $0.0.second, $0.1) },
        groups: ordered.groups.count)
      report.groups = zip(ordered.groups, inside).map { Slice($0, figures(of: $1, variants, order)) }
    }
    return report
  }

  /// The customers by variant in each of the groups.
  private static func added(_ counts: [(group: Int, variant: Int, customers: Int)], groups: Int) -> [[Count]] {
    var (cells, customers) = (PairNumbers(), [Int]())
    for count in counts {
      let cell = cells.number(count.group, count.variant)
      if cell == customers.count { customers.append(0) }
      customers[cell] += count.customers
    }
    var inside = [[Count]](repeating: [], count: groups)
    for (cell, found) in zip(cells.pairs, customers) { inside[cell.first].append((cell.second, found)) }
    return inside
  }

  private func figures(of counts: [Count], _ variants: PathNumbers, _ order: NameOrder) -> PathsFigures {
    var figures = PathsFigures(customers: counts.reduce(0) { $0 + $1.customers }, distinct: counts.count)
    let top = min(max(0, query.top), counts.count)
    guard top > 0 else { return figures }
    // Only what is frequent enough to be among the top is written out.
    var sizes = counts.map { Int64($0.customers) }
    let least = select(counts.count - top, of: &sizes)
    let candidates = counts.filter { $0.customers >= least }.map { variant, customers in
      let path = variants.path(of: variant)
      return Candidate(ranks: path.dropFirst().map { order.rank[$0] }, anchor: path[0], customers: customers)
    }
    let sorted = candidates.sorted { left, right in
      if left.customers != right.customers { return left.customers > right.customers }
      if left.ranks != right.ranks { return left.ranks.lexicographicallyPrecedes(right.ranks) }
      return left.anchor < right.anchor
    }
    figures.variants = sorted.prefix(top).map { candidate in
      PathsFigures.Variant(
        steps: candidate.ranks.map { order.names[$0] }, anchor: candidate.anchor, customers: candidate.customers)
    }
    return figures
  }
}
