import JourneyQuery

/// Makes the groups of a loops answer from what was counted.
struct LoopsSummary {
  private typealias Pair = (column: Int, cell: LoopsTally.Cell)

  private let columns: LoopsColumns
  private let top: Int
  /// Names, and behind them the label of the step that is returned to.
  private let names: [String]
  private let rank: [Int]
  private(set) var groups: [Slice<LoopsFigures>] = []
  /// By group: the pairs in the order to show.
  private var pairs: [[Pair]] = []

  init(_ query: LoopsQuery, names: [String]) {
    columns = LoopsColumns(names: names.count)
    top = max(0, query.top)
    if case .toStep(let step) = query.rule { self.names = names + [step.label] } else { self.names = names }
    rank = NameOrder(self.names).rank
  }

  /// Makes the groups, all but their rests; `place` gives the group of a row.
  mutating func take(_ found: FoundCells<LoopsTally.Cell>, _ keys: [GroupKey], place: (Int) -> Int) {
    groups = keys.map { Slice($0, LoopsFigures()) }
    pairs = Array(repeating: [], count: groups.count)
    for (place, cell) in zip(found.places.cells.map { (place($0.first), $0.second) }, found.cells) {
      if place.1 == columns.whole {
        (groups[place.0].figures.times, groups[place.0].figures.customers) = (cell.times, cell.customers)
      } else {
        pairs[place.0].append((place.1, cell))
      }
    }
    for group in groups.indices {
      pairs[group] = pairs[group].sorted { left, right in
        let (one, other) = (left.cell.times, right.cell.times)
        return one != other ? one > other : ranks(left.column) < ranks(right.column)
      }
      groups[group].figures.distinct = pairs[group].count
      groups[group].figures.pairs = pairs[group].prefix(top).map { pair in
        let (from, to) = columns.names(of: pair.column)
        return LoopsFigures.Pair(
          from: names[from], to: names[to], times: pair.cell.times, customers: pair.cell.customers)
      }
    }
  }

  private func ranks(_ pair: Int) -> (Int, Int) {
    let (from, to) = columns.names(of: pair)
    return (rank[from], rank[to])
  }

  /// The pairs that are shown, groups by pairs; nil if all are.
  var shown: CellPlaces? {
    guard pairs.contains(where: { $0.count > top }) else { return nil }
    var shown = CellPlaces(width: columns.count)
    for (group, pairs) in pairs.enumerated() {
      for pair in pairs.prefix(top) { _ = shown.place(group, pair.column) }
    }
    return shown
  }

  /// Adds what was counted of the pairs that are not shown.
  mutating func takeRest(_ rest: FoundCells<LoopsTally.Cell>) {
    for (cell, place) in zip(rest.cells, rest.places.cells) {
      groups[place.first].figures.otherTimes += cell.times
      groups[place.first].figures.otherCustomers += cell.customers
    }
  }
}
