import EventStore
import JourneyQuery

/// What is counted in one cell of a table with a row for each group and a column for each period, or whatever else is told
/// apart.
protocol GroupCell: Sendable, Codable {
  /// Of nothing.
  init()
  /// Whether nothing was found.
  var isEmpty: Bool { get }
  /// Adds what was found of other customers.
  mutating func absorb(_ other: Self)
}

/// What one thread counted in the cells of such a table.
protocol GroupedTally: Sendable {
  associatedtype Cell: GroupCell
  /// The combinations of breakdown values found.
  var groupKeys: GroupKeys { get }
  /// Rows are combinations, the only one 0 without a breakdown; the places of groups where these are known.
  var places: CellPlaces { get }
  /// Parallel to `places`.
  var cells: [Cell] { get }
}

/// What was counted in the cells of such a table, in part of the events or in all.
struct FoundCells<Cell: GroupCell>: PartialAnswer {
  /// Of the rows; where groups were known already, rows are their places, and these say nothing.
  private(set) var keys: FoundKeys
  private(set) var places: CellPlaces
  /// Parallel to `places`.
  private(set) var cells: [Cell] = []
  private let groups: Int?

  /// What threads counted.
  ///
  /// - Parameters:
  ///   - width: of the table, where columns are small numbers.
  ///   - groups: how many groups were known.
  init<Tally: GroupedTally>(
    _ tallies: [Tally], by breakdown: Breakdown?, groups: Int? = nil, width: Int, in schema: StoreSchema
  ) where Tally.Cell == Cell {
    self.groups = groups
    places = CellPlaces(width: width)
    if let groups {
      keys = FoundKeys(count: groups)
      for tally in tallies { add(tally.cells, tally.places) { $0 } }
    } else {
      let found = FoundGroups(tallies.map(\.groupKeys))
      keys = FoundKeys(found.keys, by: breakdown, in: schema)
      for (tally, numbers) in zip(tallies, found.numbers) { add(tally.cells, tally.places) { numbers[$0] } }
    }
  }

  mutating func absorb(_ other: FoundCells) {
    let rows = groups.map { Array(0..<$0) } ?? keys.absorb(other.keys)
    add(other.cells, other.places) { rows[$0] }
  }

  /// The columns from the first in which something was found to the last.
  var filledColumns: Range<Int> {
    let found = places.cells.lazy.map(\.second)
    guard let first = found.min(), let last = found.max() else { return 0..<0 }
    return first..<last + 1
  }

  /// The groups of a breakdown, by what `size` says of the cells of each combination.
  func order<Size: Comparable>(by breakdown: Breakdown, size: ([Cell]) -> Size) -> GroupOrder {
    var rows = [[Cell]](repeating: [], count: keys.keys.count)
    for (cell, place) in zip(cells, places.cells) { rows[place.first].append(cell) }
    return GroupOrder(keys.keys, sizes: rows.map { $0.isEmpty ? nil : size($0) }, breakdown)
  }

  /// The cells of these columns, which hold all that was found, by row. `order` gives the rows of combinations; without it all are one, or
  /// groups already.
  func rows(_ columns: Range<Int>, in order: GroupOrder? = nil) -> [[Cell]] {
    let count = order?.groups.count ?? groups ?? 1
    var rows = [[Cell]](repeating: Array(repeating: Cell(), count: columns.count), count: count)
    for (cell, place) in zip(cells, places.cells) {
      let row = order?.place[place.first] ?? place.first
      rows[row][place.second - columns.lowerBound].absorb(cell)
    }
    return rows
  }

  private mutating func add(_ found: [Cell], _ foundPlaces: CellPlaces, row: (Int) -> Int) {
    for (cell, place) in zip(found, foundPlaces.cells) where !cell.isEmpty {
      let number = places.place(row(place.first), place.second)
      if number == cells.count { cells.append(cell) } else { cells[number].absorb(cell) }
    }
  }
}

extension PeriodCalendar? {
  /// How many columns a table by period has.
  var width: Int { map { max(1, $0.count) } ?? 1 }
}
