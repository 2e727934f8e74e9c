/// Where the rows of some partitions go in a bucket: by customer (bytes of the id), instant, order value (missing last)
/// and load order.
struct BucketOrder: Sendable {
  /// Target of a row that belongs to another bucket.
  static let elsewhere = UInt32.max

  /// Ids of the customers, increasing by bytes.
  private(set) var customers: [String]
  /// customers + 1 offsets into the bucket's rows.
  private(set) var offsets: [UInt32]
  /// For each row of the pieces, in load order, its row in the bucket.
  private(set) var targets: [UInt32]

  var rowCount: Int { Int(offsets.last ?? 0) }

  /// Groups the rows by customer, in load order. `sort` puts each customer's rows in order.
  ///
  /// - Parameter isFiltered: rows of other buckets are among the pieces.
  init(_ pieces: [RowPiece], bucket: Int, of bucketCount: Int, isFiltered: Bool) {
    var ids = ByteDictionary()
    var codes = [UInt32](repeating: Self.elsewhere, count: pieces.last?.rows.upperBound ?? 0)
    for piece in pieces {
      piece.forEachID { row, bytes, start, length in
        if !isFiltered || EventStore.bucket(ofHash: stableHash(bytes, start, length), of: bucketCount) == bucket {
          codes[row] = UInt32(truncatingIfNeeded: ids.code(of: bytes, at: start, count: length))
        }
      }
    }
    let sorted = (0..<ids.count).map { (prefix: ids.values.prefix(of: $0), code: $0) }.sorted { left, right in
      left.prefix != right.prefix
        ? left.prefix < right.prefix : ids.values.areInIncreasingOrder(left.code, right.code)
    }.map(\.code)
    customers = sorted.map { ids.values.text(of: $0) }
    var ranks = [UInt32](repeating: 0, count: ids.count)
    for (rank, code) in sorted.enumerated() { ranks[code] = UInt32(rank) }
    (offsets, targets) = Self.counted(codes, ranks)
  }

  /// A counting sort by rank: where the rows of each rank begin, and where each row goes.
  private static func counted(_ codes: [UInt32], _ ranks: [UInt32]) -> (offsets: [UInt32], targets: [UInt32]) {
    var offsets = [UInt32](repeating: 0, count: ranks.count + 1)
    var targets = codes
    let ranks = ranks.span
    for row in codes.indices where codes[row] != elsewhere {
      let rank = ranks[Int(codes[row])]
      targets[row] = rank
      offsets[Int(rank) &+ 1] &+= 1
    }
    for rank in ranks.indices { offsets[rank + 1] += offsets[rank] }
    var next = offsets
    for row in targets.indices where targets[row] != elsewhere {
      let rank = Int(targets[row])
      targets[row] = next[rank]
      next[rank] &+= 1
    }
    return (offsets, targets)
  }

  /// Sorts the rows of each customer that are not in order yet, given in the order so far; no orders for none.
  ///
  /// - Parameter ties: whether a row, by its place so far, stands before another of the same moment; nil where load order decides.
  mutating func sort(
    _ instants: inout [Int64], _ orders: inout [Double], ties: ((Int, Int) -> Bool?)? = nil
  ) {
    // Where a row that has moved was before; empty as long as none has.
    var moved: [UInt32] = []
    for customer in customers.indices {
      let range = Int(offsets[customer])..<Int(offsets[customer + 1])
      if Self.isSorted(instants.span, orders.span, range, ties) { continue }
      if moved.isEmpty { moved = Array(0..<UInt32(rowCount)) }
      let sorted = range.sorted { left, right in
        Self.precedes(instants.span, orders.span, left, right) ?? ties?(left, right) ?? (left < right)
      }
      let (old, oldOrders) = (sorted.map { instants[$0] }, orders.isEmpty ? [] : sorted.map { orders[$0] })
      for (place, row) in sorted.enumerated() {
        moved[row] = UInt32(range.lowerBound + place)
        instants[range.lowerBound + place] = old[place]
        if !orders.isEmpty { orders[range.lowerBound + place] = oldOrders[place] }
      }
    }
    guard !moved.isEmpty else { return }
    for row in targets.indices where targets[row] != Self.elsewhere { targets[row] = moved[Int(targets[row])] }
  }

  private static func isSorted(
    _ instants: Span<Int64>, _ orders: Span<Double>, _ range: Range<Int>, _ ties: ((Int, Int) -> Bool?)?
  ) -> Bool {
    for row in range.dropFirst() where instants[row - 1] >= instants[row] {
      if precedes(instants, orders, row, row - 1) ?? ties?(row, row - 1) == true { return false }
    }
    return true
  }

  /// Whether a row comes before another; nil if load order decides.
  private static func precedes(_ instants: Span<Int64>, _ orders: Span<Double>, _ left: Int, _ right: Int) -> Bool? {
    if instants[left] != instants[right] { return instants[left] < instants[right] }
    guard !orders.isEmpty else { return nil }
    let (one, other) = (orders[left], orders[right])
    if one.isNaN || other.isNaN { return one.isNaN == other.isNaN ? nil : other.isNaN }
    return one == other ? nil : one < other
  }
}
