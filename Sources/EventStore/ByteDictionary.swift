/// Distinct byte strings, numbered from 0 in the order of their first appearance.
///
/// An open-addressed table beside the list of values. Values of up to 16 bytes are compared within the table, so that
/// looking one up touches a single slot; no lookup makes a `String`.
package struct ByteDictionary: Sendable {
  private struct Slot: Sendable {
    /// The value itself, or the hash of a longer one.
    var key = ShortKey(low: 0, high: 0)
    var count: UInt32 = 0
    /// Code plus one; 0 for a free slot.
    var entry: UInt32 = 0

    @inline(__always) func holds(_ other: ShortKey, _ otherCount: Int) -> Bool {
      key.low == other.low && key.high == other.high && Int(count) == otherCount
    }
  }

  /// Longer values cannot be entered.
  package static let longestValue = 1 << 26

  package private(set) var values = ByteList()
  /// A power of two, at most half full.
  private var slots = [Slot](repeating: Slot(), count: 16)

  package init() {}

  package var count: Int { values.count }
  package var texts: [String] { values.texts }

  /// The code of `value`, which is entered if it is new. At most `longestValue` bytes.
  package mutating func code(of value: Span<UInt8>) -> Int {
    let (key, hash) = Self.key(of: value, 0, value.count)
    return code(of: value, 0, value.count, key, hash)
  }

  /// The same of the value at `start ..< start + count` of `bytes`.
  @inline(__always) mutating func code(of bytes: Span<UInt8>, at start: Int, count: Int) -> Int {
    let (key, hash) = Self.key(of: bytes, start, count)
    return code(of: bytes, start, count, key, hash)
  }

  /// The code of `value`; nil if it was never entered.
  package func find(_ value: Span<UInt8>) -> Int? {
    let (key, hash) = Self.key(of: value, 0, value.count)
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: hash) & mask
    while slots[index].entry != 0 {
      if slots[index].holds(key, value.count), value.count <= ShortKey.most || isValue(slots[index], value, 0) {
        return Int(slots[index].entry) - 1
      }
      index = (index &+ 1) & mask
    }
    return nil
  }

  func find(_ value: String) -> Int? {
    var value = value
    value.makeContiguousUTF8()
    return find(value.utf8.span)
  }

  package mutating func code(of value: String) -> Int {
    var value = value
    value.makeContiguousUTF8()
    return code(of: value.utf8.span)
  }

  /// Enters all values of `later`; the result gives for each code of `later` the code here.
  package mutating func absorb(_ later: ByteList) -> [UInt32] {
    (0..<later.count).map { index in
      UInt32(later.withBytes(of: index) { code(of: $0) })
    }
  }

  /// Looks up the cells of one column; `codes[first + i]` becomes the code of row i plus one, 0 for an empty cell.
  mutating func codes(
    of table: CellTable, column: Int, in bytes: Span<UInt8>, into codes: inout [UInt32], from first: Int
  ) {
    var row = 0
    while true {
      row = knownCodes(of: table, column: column, in: bytes, row: row, into: &codes, from: first)
      guard row < table.rowCount else { return }
      let cell = table.cell(row, column)
      codes[first + row] = UInt32(code(of: bytes.extracting(cell.range)) + 1)
      row += 1
    }
  }

  /// The same from `row` on up to the first value that is new, whose row is returned; the number of rows if none is.
  private func knownCodes(
    of table: CellTable, column: Int, in bytes: Span<UInt8>, row: Int, into codes: inout [UInt32], from first: Int
  ) -> Int {
    let (cells, slots) = (table.cells.span, slots.span)
    var codes = codes.mutableSpan
    let mask = slots.count - 1
    var (row, place) = (row, row * table.columnCount + column)
    while row < table.rowCount {
      let cell = cells[place]
      let (start, count) = (Int(cell.start), Int(cell.end &- cell.start))
      if count == 0 {
        codes[first + row] = 0
      } else {
        let (key, hash) = Self.key(of: bytes, start, count)
        var index = Int(truncatingIfNeeded: hash) & mask
        while slots[index].entry != 0 {
          if slots[index].holds(key, count), count <= ShortKey.most || isValue(slots[index], bytes, start) { break }
          index = (index &+ 1) & mask
        }
        let entry = slots[index].entry
        if entry == 0 { return row }
        codes[first + row] = entry
      }
      row &+= 1
      place &+= table.columnCount
    }
    return row
  }

  /// What to look for in the table, and where to begin.
  @inline(__always) private static func key(of bytes: Span<UInt8>, _ start: Int, _ count: Int) -> (ShortKey, UInt64) {
    if count <= ShortKey.most {
      let key = ShortKey(bytes, start, count)
      return (key, key.hash(count))
    }
    let hash = stableHash(bytes, start, count)
    return (ShortKey(low: hash, high: 0), hash)
  }

  /// Whether the long value in `slot` is the one at `start`.
  private func isValue(_ slot: Slot, _ bytes: Span<UInt8>, _ start: Int) -> Bool {
    values.withBytes(of: Int(slot.entry) - 1) { value in
      equal(value, bytes.extracting(start..<start + value.count))
    }
  }

  /// The code of the value at `start`, which is entered if it is new.
  @inline(__always) mutating func code(
    of bytes: Span<UInt8>, _ start: Int, _ count: Int, _ key: ShortKey, _ hash: UInt64
  ) -> Int {
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: hash) & mask
    while slots[index].entry != 0 {
      if slots[index].holds(key, count), count <= ShortKey.most || isValue(slots[index], bytes, start) {
        return Int(slots[index].entry) - 1
      }
      index = (index + 1) & mask
    }
    return enter(bytes.extracting(start..<start + count), key, at: index)
  }

  private mutating func enter(_ value: Span<UInt8>, _ key: ShortKey, at index: Int) -> Int {
    precondition(value.count <= Self.longestValue, "a value of an event store is at most 64 MB long")
    values.append(value)
    slots[index] = Slot(key: key, count: UInt32(value.count), entry: UInt32(values.count))
    if values.count * 2 > slots.count { grow() }
    return values.count - 1
  }

  private mutating func grow() {
    var larger = [Slot](repeating: Slot(), count: slots.count * 2)
    let mask = larger.count - 1
    for slot in slots where slot.entry != 0 {
      let count = Int(slot.count)
      let hash = count <= ShortKey.most ? slot.key.hash(count) : slot.key.low
      var index = Int(truncatingIfNeeded: hash) & mask
      while larger[index].entry != 0 { index = (index + 1) & mask }
      larger[index] = slot
    }
    slots = larger
  }
}

extension ShortKey {
  init(low: UInt64, high: UInt64) { (self.low, self.high) = (low, high) }
}
