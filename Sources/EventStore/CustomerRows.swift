/// The customers of rows in load order: their ids, and the partition each belongs to.
struct CustomerRows: Sendable {
  /// A power of two.
  let partitionCount: Int
  /// All ids, one after another, and room behind them.
  private(set) var bytes: [UInt8] = []
  /// Id of row i ends here.
  private(set) var ends: [UInt32] = []
  private(set) var partitions: [UInt16] = []

  init(partitionCount: Int) { self.partitionCount = partitionCount }

  /// Bytes of all ids.
  var size: Int { ends.last.map(Int.init) ?? 0 }

  mutating func removeAll() {
    ends.removeAll(keepingCapacity: true)
    partitions.removeAll(keepingCapacity: true)
  }

  mutating func append(_ id: Span<UInt8>) {
    let start = size
    makeRoom(for: id.count)
    for index in id.indices { bytes[start + index] = id[index] }
    ends.append(UInt32(start + id.count))
    partitions.append(UInt16(EventStore.bucket(ofHash: stableHash(id), of: partitionCount)))
  }

  /// Adds so many rows of one customer.
  mutating func append(_ id: Span<UInt8>, times count: Int) {
    let partition = UInt16(EventStore.bucket(ofHash: stableHash(id), of: partitionCount))
    for _ in 0..<count {
      let start = size
      makeRoom(for: id.count)
      copyWords(id, 0, id.count, to: &bytes, at: start)
      ends.append(UInt32(start + id.count))
      partitions.append(partition)
    }
  }

  /// Adds a row for each of the table's.
  mutating func append(_ table: CellTable, column: Int, in text: Span<UInt8>) {
    let first = ends.count
    let start = size
    makeRoom(for: (0..<table.rowCount).reduce(0) { $0 + table.cell($1, column).range.count })
    ends.append(contentsOf: repeatElement(0, count: table.rowCount))
    partitions.append(contentsOf: repeatElement(0, count: table.rowCount))
    Self.copy(table, column, text, to: &bytes, from: start, &ends, from: first)
    Self.hash(table, column, text, to: &partitions, from: first, partitionCount)
  }

  private static func copy(
    _ table: CellTable, _ column: Int, _ text: Span<UInt8>, to ids: inout [UInt8], from start: Int,
    _ ends: inout [UInt32], from first: Int
  ) {
    let cells = table.cells.span
    var ids = ids.mutableSpan
    var ends = ends.mutableSpan
    var (end, place) = (start, column)
    for row in first..<first + table.rowCount {
      let (start, length) = (Int(cells[place].start), Int(cells[place].end &- cells[place].start))
      copyWords(text, start, length, to: &ids, at: end)
      end &+= length
      ends[row] = UInt32(truncatingIfNeeded: end)
      place &+= table.columnCount
    }
  }

  private static func hash(
    _ table: CellTable, _ column: Int, _ text: Span<UInt8>, to partitions: inout [UInt16], from first: Int,
    _ partitionCount: Int
  ) {
    let cells = table.cells.span
    var partitions = partitions.mutableSpan
    var place = column
    for row in first..<first + table.rowCount {
      let hash = stableHash(text, Int(cells[place].start), Int(cells[place].end &- cells[place].start))
      partitions[row] = UInt16(truncatingIfNeeded: EventStore.bucket(ofHash: hash, of: partitionCount))
      place &+= table.columnCount
    }
  }

  /// Room for ids of `total` bytes, and to write them in whole words.
  private mutating func makeRoom(for total: Int) {
    let needed = size + total + 16
    if bytes.count < needed {
      bytes.append(contentsOf: repeatElement(0, count: max(needed, bytes.count * 2) - bytes.count))
    }
  }
}

/// Copies `count` bytes in words of eight; up to seven bytes behind them are overwritten. Where the source ends before
/// its last word does, byte by byte.
@inline(__always) func copyWords(
  _ source: Span<UInt8>, _ start: Int, _ count: Int, to target: inout MutableSpan<UInt8>, at offset: Int
) {
  guard source.count - start >= count + 8 else {
    for index in 0..<count { target[offset + index] = source[start + index] }
    return
  }
  var copied = 0
  while copied < count {
    store(word(source, at: start &+ copied), to: &target, at: offset &+ copied)
    copied &+= 8
  }
}

@inline(__always) private func copyWords(
  _ source: Span<UInt8>, _ start: Int, _ count: Int, to target: inout [UInt8], at offset: Int
) {
  var span = target.mutableSpan
  copyWords(source, start, count, to: &span, at: offset)
}

/// Writes an integer at a byte offset, in little-endian order.
@inline(__always) func store<Value: FixedWidthInteger & BitwiseCopyable>(
  _ value: Value, to target: inout MutableSpan<UInt8>, at offset: Int
) {
  // SAFETY: any bits are valid bytes; the store itself checks that all of them lie inside.
  var bytes = unsafe target.mutableBytes
  bytes.storeBytes(of: value.littleEndian, toByteOffset: offset, as: Value.self)
}
