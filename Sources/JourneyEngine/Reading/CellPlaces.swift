/// Numbers for the cells of a table met so far, 0 and up in the order they were met: what is counted per cell is kept in
/// arrays parallel to these.
///
/// Rows are added as they are met. As long as the table is small each cell has a slot, and finding a cell met before costs
/// one load; cells outside of that are hashed.
struct CellPlaces: Sendable {
  /// Slots of 4 bytes.
  private static let mostSlots = 1 << 20

  private let width: Int
  /// By `row * width + column`: the number, −1 for none; of the first rows.
  private var slots: [Int32] = []
  private var numbers = PairNumbers()

  /// Columns from 0 to `width` − 1 may have slots; others are allowed too. 0 if most columns are not small numbers.
  init(width: Int) {
    self.width = width
  }

  var count: Int { numbers.count }
  /// Row and column of each cell, by number.
  var cells: [(first: Int, second: Int)] { numbers.pairs }

  /// The number of a cell of a row from 0; that of a cell met for the first time is the number of cells met before.
  @inline(__always)
  mutating func place(_ row: Int, _ column: Int) -> Int {
    let slot = row &* width &+ column
    if UInt(bitPattern: column) < UInt(bitPattern: width), UInt(bitPattern: slot) < UInt(bitPattern: slots.count),
      slots[slot] >= 0
    {
      return Int(slots[slot])
    }
    return meet(row, column)
  }

  /// The number of a cell; nil if it was not met.
  func known(_ row: Int, _ column: Int) -> Int? {
    let slot = row &* width &+ column
    if UInt(bitPattern: column) < UInt(bitPattern: width), UInt(bitPattern: slot) < UInt(bitPattern: slots.count),
      slots[slot] >= 0
    {
      return Int(slots[slot])
    }
    return numbers.known(row, column)
  }

  private mutating func meet(_ row: Int, _ column: Int) -> Int {
    let number = numbers.number(row, column)
    if column >= 0, column < width, row < Self.mostSlots / width {
      let end = (row + 1) * width
      if slots.count < end {
        slots.append(contentsOf: repeatElement(-1, count: min(max(end, slots.count * 2), Self.mostSlots) - slots.count))
      }
      slots[row * width + column] = Int32(number)
    }
    return number
  }

  /// Adds all cells of `other`; returns the number here of each of its cells. `row` gives the row here of a row there.
  mutating func absorb(_ other: CellPlaces, row: (Int) -> Int = { $0 }) -> [Int] {
    other.cells.map { place(row($0.first), $0.second) }
  }
}

extension CellPlaces: Codable {
  private enum Key: CodingKey { case width, cells }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(width, forKey: .width)
    try container.encode(numbers, forKey: .cells)
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(width: try container.decode(Int.self, forKey: .width))
    for (row, column) in try container.decode(PairNumbers.self, forKey: .cells).pairs { _ = place(row, column) }
  }
}
