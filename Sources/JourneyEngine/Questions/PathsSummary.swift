import EventStore
import JourneyQuery
import JourneyTime

/// Makes the variants from what all threads counted.
struct PathsSummary {
  let query: PathsQuery
  let schema: StoreSchema
  let parts: [PathsTally]
  let span: ClosedRange<Instant>?

  /// A variant as numbers that sort as its names do.
  private struct Candidate {
    var ranks: [Int]
    var anchor: Int
    var customers: Int
  }

  var report: PathsReport {
    var (variants, keys) = (GroupKeys(), GroupKeys())
    var counts: [PathsTally.Cell: Int] = [:]
    for part in parts {
      let variantPlaces = variants.absorb(part.variants)
      let groupPlaces = keys.absorb(part.groupKeys)
      for (cell, customers) in part.counts {
        let group = cell.group < 0 ? -1 : groupPlaces[cell.group]
        counts[PathsTally.Cell(group: group, variant: variantPlaces[cell.variant]), default: 0] += customers
      }
    }
    // Every part has the same names.
    let order = NameOrder(parts.first?.names ?? [])
    let total = Dictionary(counts.map { ($0.key.variant, $0.value) }, uniquingKeysWith: +)
    var report = PathsReport(
      total: group(PathsReport.Group(), of: total, variants, order), peopleAsked: parts.reduce(0) { $0 + $1.asked },
      span: span)
    if let breakdown = query.breakdown, !breakdown.keys.isEmpty {
      report.groups = groups(of: counts, keys, breakdown) { self.group($0, of: $1, variants, order) }
    }
    return report
  }

  private func groups(
    of counts: [PathsTally.Cell: Int], _ keys: GroupKeys, _ breakdown: Breakdown,
    _ make: (PathsReport.Group, [Int: Int]) -> PathsReport.Group
  ) -> [PathsReport.Group] {
    var sizes = [Int](repeating: 0, count: keys.count)
    for (cell, customers) in counts { sizes[cell.group] += customers }
    let ordered = GroupOrder(keys, sizes: sizes, breakdown, in: schema)
    var inside = [[Int: Int]](repeating: [:], count: ordered.groups.count)
    for (cell, customers) in counts { inside[ordered.place[cell.group]][cell.variant, default: 0] += customers }
    return zip(ordered.groups, inside).map { make(PathsReport.Group(key: $0.key, isOther: $0.isOther), $1) }
  }

  /// `group` with its customers by variant.
  private func group(
    _ group: PathsReport.Group, of counts: [Int: Int], _ variants: GroupKeys, _ order: NameOrder
  ) -> PathsReport.Group {
    var group = group
    group.customers = counts.values.reduce(0, +)
    group.distinct = counts.count
    // Only what is frequent enough to be among the top is written out.
    let least = counts.values.sorted(by: >).prefix(max(0, query.top)).last ?? 0
    let candidates = counts.filter { $0.value >= least }.map { node, customers in
      let path = variants.values(of: node).map { Int($0 ?? 0) }
      return Candidate(ranks: path.dropFirst().map { order.rank[$0] }, anchor: path[0], customers: customers)
    }
    let sorted = candidates.sorted { left, right in
      if left.customers != right.customers { return left.customers > right.customers }
      if left.ranks != right.ranks { return left.ranks.lexicographicallyPrecedes(right.ranks) }
      return left.anchor < right.anchor
    }
    group.variants = sorted.prefix(max(0, query.top)).map { candidate in
      PathsReport.Variant(
        steps: candidate.ranks.map { order.names[$0] }, anchor: candidate.anchor, customers: candidate.customers)
    }
    return group
  }
}

/// Names in the order of their UTF-8 bytes.
struct NameOrder {
  let names: [String]
  /// Place in `names` of each name as it was given.
  let rank: [Int]

  init(_ given: [String]) {
    let order = given.indices.sorted { given[$0].utf8Order(to: given[$1]) < 0 }
    var rank = [Int](repeating: 0, count: given.count)
    for (place, index) in order.enumerated() { rank[index] = place }
    (names, self.rank) = (order.map { given[$0] }, rank)
  }
}
