import Synchronization

/// A store in the making out of row groups: buckets are made one at a time, from the groups' partitions.
package struct BucketAssembly: EventStoreDraft {
  package let schema: StoreSchema
  package let eventCount: Int
  package private(set) var bucketCount: Int
  /// Of the buckets made so far.
  package let tally = BucketTally()
  private let groups: [RowGroup]
  private let partitionCount: Int
  private let hasOrders: Bool
  private let events: CodeMap
  private let properties: [PropertyMap]
  /// Which column of the groups each property is.
  private let columns: [Int]
  private let ties: TieOrder?

  /// - Parameter columns: nil where properties stand behind the events in the order of the schema.
  init(
    schema: StoreSchema, bucketCount: Int, groups: [RowGroup], partitionCount: Int, events: CodeMap,
    properties: [PropertyMap], columns: [Int]? = nil, ties: TieOrder? = nil
  ) {
    (self.schema, self.bucketCount, self.groups, self.partitionCount) = (schema, bucketCount, groups, partitionCount)
    (self.events, self.properties, self.ties) = (events, properties, ties)
    self.columns = columns ?? Array(1..<properties.count + 1)
    eventCount = groups.reduce(0) { $0 + $1.rowCounts.reduce(0) { $0 + Int($1) } }
    hasOrders = groups.contains(where: \.hasOrders)
  }

  /// Makes bucket `index`. Throws if rows put aside cannot be read.
  package func bucket(_ index: Int) throws(SpillFailure) -> Bucket {
    let pieces = try pieces(of: index)
    var order = BucketOrder(pieces, bucket: index, of: bucketCount, isFiltered: bucketCount > partitionCount)
    var instants = [Int64](repeating: 0, count: order.rowCount)
    scatter(pieces, order, into: &instants, at: { _ in 0 }) { (stored: Int64, _) in stored }
    var orders: [Double] = []
    if hasOrders {
      orders = Array(repeating: .nan, count: order.rowCount)
      scatter(pieces.filter { groups[$0.group].hasOrders }, order, into: &orders, at: { _ in 8 }) {
        (stored: UInt64, _) in Double(bitPattern: stored)
      }
    }
    sort(&order, pieces, &instants, &orders)
    let bucket = Bucket(
      customers: order.customers, offsets: order.offsets, instants: instants,
      events: codes(pieces, order, column: 0, map: events, isEvent: true),
      orders: hasOrders ? orders : nil,
      properties: properties.indices.map { property(pieces, order, $0) })
    tally.add(bucket, number: index, of: bucketCount)
    return bucket
  }

  private func sort(
    _ order: inout BucketOrder, _ pieces: [RowPiece], _ instants: inout [Int64], _ orders: inout [Double]
  ) {
    guard let ties, case .text(let map) = properties[ties.property] else { return order.sort(&instants, &orders) }
    let ids = codes(pieces, order, column: columns[ties.property], map: map)
    order.sort(&instants, &orders) { left, right in ties.precedes(ids[left], ids[right]) }
  }

  package func eventCounts() throws(SpillFailure) -> [Int] {
    guard bucketCount > partitionCount else {
      return (0..<bucketCount).map { bucket in
        partitions(of: bucket).reduce(0) { sum, partition in groups.reduce(sum) { $0 + Int($1.rowCounts[partition]) } }
      }
    }
    let factor = bucketCount / partitionCount
    let counts = concurrentMap(count: partitionCount) { partition in
      Result { () throws(SpillFailure) in
        var counts = [Int](repeating: 0, count: factor)
        for piece in try pieces(of: partition * factor) {
          piece.forEachID { _, bytes, offset, length in
            counts[
              EventStore.bucket(ofHash: stableHash(bytes, offset, length), of: bucketCount) - partition * factor] += 1
          }
        }
        return counts
      }
    }
    return Array(try counts.map { counts throws(SpillFailure) in try counts.get() }.joined())
  }

  package func rebucketed(to count: Int) -> BucketAssembly {
    var copy = self
    copy.bucketCount = count
    return copy
  }

  /// Those that the customers of a bucket are in, and perhaps those of others.
  private func partitions(of bucket: Int) -> Range<Int> {
    let first = bucket * partitionCount / bucketCount
    return first..<max(first + 1, (bucket + 1) * partitionCount / bucketCount)
  }

  /// The rows of a bucket, and perhaps of others that share its partition, in load order.
  private func pieces(of bucket: Int) throws(SpillFailure) -> [RowPiece] {
    let partitions = partitions(of: bucket)
    var pieces: [RowPiece] = []
    var row = 0
    for (number, group) in groups.enumerated() {
      let range = group.starts[partitions.lowerBound]..<group.starts[partitions.upperBound]
      guard !range.isEmpty else { continue }
      let (bytes, start) = try group.image.bytes(range)
      for partition in partitions where group.rowCounts[partition] > 0 {
        let rows = row..<row + Int(group.rowCounts[partition])
        pieces.append(
          RowPiece(
            group: number, bytes: bytes, start: start + group.starts[partition] - range.lowerBound, rows: rows,
            idOffset: group.rowOffset(ofColumn: group.columns.count)))
        row = rows.upperBound
      }
    }
    return pieces
  }

  /// Writes a column of the pieces in the bucket's order; `offset` says how many bytes per row lie in front of it.
  @inline(__always) private func scatter<Stored: FixedWidthInteger & BitwiseCopyable, Value>(
    _ pieces: [RowPiece], _ order: BucketOrder, into column: inout [Value], at offset: (RowPiece) -> Int,
    _ value: (Stored, RowPiece) -> Value
  ) {
    let targets = order.targets.span
    var column = column.mutableSpan
    for piece in pieces {
      let source = piece.bytes.span
      var place = piece.start + piece.rows.count * offset(piece)
      for row in piece.rows {
        let target = targets[row]
        if target != BucketOrder.elsewhere {
          // SAFETY: the load itself checks that all bytes lie inside; any bits are a valid integer.
          let stored = unsafe source.bytes.unsafeLoadUnaligned(fromByteOffset: place, as: Stored.self)
          column[Int(target)] = value(Stored(littleEndian: stored), piece)
        }
        place &+= MemoryLayout<Stored>.size
      }
    }
  }

  /// Writes a column of codes, in whatever width each group has them, as what the group's table says for each.
  @inline(__always) private func scatter<Value>(
    _ pieces: [RowPiece], _ order: BucketOrder, column: Int, tables: [[Value]], into target: inout [Value]
  ) {
    for piece in pieces {
      let group = groups[piece.group]
      guard column < group.columns.count else { continue }
      let table = tables[piece.group]
      let offset = group.rowOffset(ofColumn: column)
      switch group.columns[column].width {
      case 1:
        scatter([piece], order, into: &target, at: { _ in offset }) { (code: UInt8, _) in table[Int(code)] }
      case 2:
        scatter([piece], order, into: &target, at: { _ in offset }) { (code: UInt16, _) in table[Int(code)] }
      default:
        scatter([piece], order, into: &target, at: { _ in offset }) { (code: UInt32, _) in table[Int(code)] }
      }
    }
  }

  private func codes(
    _ pieces: [RowPiece], _ order: BucketOrder, column: Int, map: CodeMap, isEvent: Bool = false
  ) -> CodeColumn {
    if let narrow = map.narrow {
      var codes = [UInt8](repeating: 0, count: order.rowCount)
      scatter(pieces, order, column: column, tables: narrow, into: &codes)
      return .narrow(codes)
    }
    var codes = [UInt32](repeating: 0, count: order.rowCount)
    scatter(pieces, order, column: column, tables: map.codes, into: &codes)
    return CodeColumn(codes)
  }

  private func property(_ pieces: [RowPiece], _ order: BucketOrder, _ index: Int) -> PropertyColumn {
    let column = columns[index]
    switch properties[index] {
    case .text(let map): return .text(codes(pieces, order, column: column, map: map))
    case .words(let kind, let tables):
      let missing = kind == .time ? ValueWord.missingTime : ValueWord.missingNumber
      var words = [UInt64](repeating: missing, count: order.rowCount)
      for piece in pieces {
        let group = groups[piece.group]
        guard column < group.columns.count else { continue }
        if group.columns[column].wordKind == nil {
          scatter([piece], order, column: column, tables: tables, into: &words)
        } else {
          let offset = group.rowOffset(ofColumn: column)
          scatter([piece], order, into: &words, at: { _ in offset }) { (word: UInt64, _) in word }
        }
      }
      return PropertyColumn(words: words, kind: kind, missing: missing)
    }
  }
}

/// How much there is in the buckets made so far; each is counted once, however often it was made.
package final class BucketTally: Sendable {
  private struct Sums: Sendable {
    var bucketCount = 0
    var customers: [Int: Int] = [:]
    var span: ClosedRange<Int64>?
  }
  private let sums = Mutex(Sums())

  package var customers: Int { sums.withLock { $0.customers.values.reduce(0, +) } }
  /// First and last instant, in microseconds since 1970 UTC.
  package var span: ClosedRange<Int64>? { sums.withLock { $0.span } }

  func add(_ bucket: Bucket, number: Int, of count: Int) {
    sums.withLock { sums in
      if sums.bucketCount != count { sums = Sums(bucketCount: count) }
      sums.customers[number] = bucket.customerCount
      sums.span = BucketHead.union(sums.span, bucket.span)
    }
  }
}

/// The rows of one partition in one group.
struct RowPiece: Sendable {
  var group: Int
  /// They begin at `start` here.
  var bytes: [UInt8]
  var start: Int
  /// Their numbers among all rows of the bucket's partitions, in load order.
  var rows: Range<Int>
  /// Bytes per row in front of the ids.
  var idOffset: Int

  /// Calls `body` for each row, with the bytes and where its customer's id begins and how long it is.
  @inline(__always) func forEachID(_ body: (_ row: Int, Span<UInt8>, _ start: Int, _ length: Int) -> Void) {
    let bytes = bytes.span
    var offset = start + idOffset * rows.count
    for row in rows {
      var length = Int(bytes[offset])
      offset &+= IdLength.size(length)
      if length == 255 { length = Int(truncatingIfNeeded: word(bytes, at: offset &- 4) & 0xFFFF_FFFF) }
      body(row, bytes, offset, length)
      offset &+= length
    }
  }
}

/// What the codes of each group mean in the store.
struct CodeMap: Sendable {
  /// Per group: code c of the group (0 for missing) is `codes[c]` of the store.
  private(set) var codes: [[UInt32]]
  /// The same if all fit into a byte.
  private(set) var narrow: [[UInt8]]?

  init(_ codes: [[UInt32]]) {
    self.codes = codes
    narrow = codes.joined().contains { $0 > 0xFF } ? nil : codes.map { $0.map { UInt8(truncatingIfNeeded: $0) } }
  }
}

/// What the values of each group's property are in the store.
enum PropertyMap: Sendable {
  case text(CodeMap)
  /// Per group: code c of the group is word `tables[c]`; nothing for a group that holds words.
  case words(Property.Kind, tables: [[UInt64]])
}

extension PropertyColumn {
  /// - Parameter missing: the word for no value. A truth value is its lowest bit.
  init(words: [UInt64], kind: Property.Kind, missing: UInt64) {
    let present = Bitmap(of: words) { $0 != missing }
    switch kind {
    case .time: self = .time(words.map { $0 == missing ? 0 : Int64(bitPattern: $0) }, present: present)
    case .truth: self = .truth(Bitmap(of: words) { $0 == 1 }, present: present)
    default: self = .number(words.map { $0 == missing ? .nan : Double(bitPattern: $0) }, present: present)
    }
  }
}

extension Bitmap {
  /// A bit for each word, set where `isSet` is true.
  fileprivate init(of words: [UInt64], _ isSet: (UInt64) -> Bool) {
    var bits: [UInt64] = []
    bits.reserveCapacity((words.count + 63) / 64)
    var start = 0
    let words = words.span
    while start < words.count {
      var bit: UInt64 = 0
      for index in start..<min(words.count, start + 64) where isSet(words[index]) {
        bit |= 1 << UInt64(truncatingIfNeeded: index &- start)
      }
      bits.append(bit)
      start += 64
    }
    self = Bitmap(words: bits, count: words.count) ?? Bitmap(count: words.count)
  }
}
