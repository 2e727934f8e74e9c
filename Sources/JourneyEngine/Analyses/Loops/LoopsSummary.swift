import JourneyQuery

/// Makes the groups of a loops answer from what all threads counted.
struct LoopsSummary {
  let columns: LoopsColumns
  private let top: Int
  /// Names, and behind them the label of the step that is returned to.
  private let names: [String]
  private let rank: [Int]
  private(set) var groups: [Slice<LoopsFigures>] = []
  /// By group: places of the pairs in the table, in the order to show.
  private var pairs: [[Int]] = []

  init(query: LoopsQuery, names: [String]) {
    columns = LoopsColumns(names: names.count)
    top = max(0, query.top)
    if case .toStep(let step) = query.rule { self.names = names + [step.label] } else { self.names = names }
    rank = NameOrder(self.names).rank
  }

  /// Makes the groups, all but their rests.
  mutating func take(_ table: GroupTable<LoopsTally.Cell>) {
    groups = table.groups.map { Slice($0, LoopsFigures()) }
    pairs = Array(repeating: [], count: groups.count)
    for (place, cell) in table.places.cells.enumerated() {
      if cell.second == columns.whole {
        groups[cell.first].figures.times = table.cells[place].times
        groups[cell.first].figures.customers = table.cells[place].customers
      } else {
        pairs[cell.first].append(place)
      }
    }
    for group in groups.indices {
      pairs[group] = pairs[group].sorted { left, right in
        let (one, other) = (table.cells[left].times, table.cells[right].times)
        guard one == other else { return one > other }
        return ranks(table.places.cells[left].second) < ranks(table.places.cells[right].second)
      }
      groups[group].figures.distinct = pairs[group].count
      groups[group].figures.pairs = pairs[group].prefix(top).map { place in
        let (from, to) = columns.names(of: table.places.cells[place].second)
        let cell = table.cells[place]
        return LoopsFigures.Pair(from: names[from], to: names[to], times: cell.times, customers: cell.customers)
      }
    }
  }

  private func ranks(_ pair: Int) -> (Int, Int) {
    let (from, to) = columns.names(of: pair)
    return (rank[from], rank[to])
  }

  /// The pairs that are shown; nil if all are.
  func shown(of table: GroupTable<LoopsTally.Cell>) -> LoopsTally.Shown? {
    guard pairs.contains(where: { $0.count > top }) else { return nil }
    var isShown = [Bool](repeating: false, count: table.places.count)
    for place in pairs.lazy.flatMap({ $0.prefix(top) }) { isShown[place] = true }
    return LoopsTally.Shown(places: table.places, isShown: isShown)
  }

  /// Adds what one thread counted of the pairs that are not shown.
  mutating func takeRest(_ part: LoopsTally) {
    for (rest, cell) in zip(part.cells, part.places.cells) {
      groups[cell.first].figures.otherTimes += rest.times
      groups[cell.first].figures.otherCustomers += rest.customers
    }
  }
}
