import EventStore
import JourneyQuery

/// What is counted in one cell of a table with a row for each group and a column for each period, or whatever else is told
/// apart.
protocol GroupCell: Sendable {
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
  /// Rows are combinations, the only one 0 without a breakdown.
  var places: CellPlaces { get }
  /// Parallel to `places`.
  var cells: [Cell] { get }
}

/// What all threads counted, in the groups to show.
struct GroupTable<Cell: GroupCell> {
  private(set) var groups = [GroupKey.whole]
  /// Rows are groups.
  private(set) var places: CellPlaces
  /// Parallel to `places`.
  private(set) var cells: [Cell] = []
  /// The combinations of breakdown values and their groups; nil without a breakdown.
  private(set) var order: GroupOrder?

  /// - Parameters:
  ///   - parts: what a first reading found.
  ///   - size: of a combination of breakdown values, from its cells: by this groups are sorted.
  ///   - again: reads once more, where several combinations are to be counted as one.
  init<Tally: GroupedTally, Size: Comparable>(
    _ parts: [Tally], by breakdown: Breakdown?, width: Int, in schema: StoreSchema,
    size: ([Cell]) -> Size, again: (GroupOrder) throws(ExecutionError) -> [Tally]
  ) throws(ExecutionError) where Tally.Cell == Cell {
    places = CellPlaces(width: width)
    let found = FoundGroups(parts.map(\.groupKeys))
    for (part, numbers) in zip(parts, found.numbers) { add(part) { numbers[$0] } }
    let known = (cells: cells, places: places)
    order = found.order(by: breakdown, in: schema) {
      var rows = [[Cell]](repeating: [], count: found.keys.count)
      for (cell, place) in zip(known.cells, known.places.cells) { rows[place.first].append(cell) }
      return rows.map { $0.isEmpty ? nil : size($0) }
    }
    guard let order else { return }
    (cells, places, groups) = ([], CellPlaces(width: width), order.groups)
    if order.hasOther {
      for part in try again(order) { add(part) { $0 } }
    } else {
      for (cell, place) in zip(known.cells, known.places.cells) { add(cell, order.place[place.first], place.second) }
    }
  }

  /// What threads counted in combinations that are groups already.
  init<Tally: GroupedTally>(_ parts: [Tally], in groups: [GroupKey], width: Int) where Tally.Cell == Cell {
    self.groups = groups
    places = CellPlaces(width: width)
    for part in parts { add(part) { $0 } }
  }

  /// The columns from the first in which something was found to the last.
  var filledColumns: Range<Int> {
    let found = places.cells.lazy.map(\.second)
    guard let first = found.min(), let last = found.max() else { return 0..<0 }
    return first..<last + 1
  }

  /// The cells of these columns, which hold all that was found, by group.
  func rows(_ columns: Range<Int>) -> [[Cell]] {
    var rows = [[Cell]](repeating: Array(repeating: Cell(), count: columns.count), count: groups.count)
    for (cell, place) in zip(cells, places.cells) { rows[place.first][place.second - columns.lowerBound] = cell }
    return rows
  }

  private mutating func add<Tally: GroupedTally>(_ part: Tally, row: (Int) -> Int) where Tally.Cell == Cell {
    for (cell, place) in zip(part.cells, part.places.cells) { add(cell, row(place.first), place.second) }
  }

  private mutating func add(_ cell: Cell, _ row: Int, _ column: Int) {
    if cell.isEmpty { return }
    let place = places.place(row, column)
    if place == cells.count { cells.append(cell) } else { cells[place].absorb(cell) }
  }
}

extension PeriodCalendar? {
  /// How many columns a table by period has.
  var width: Int { map { max(1, $0.count) } ?? 1 }
}
