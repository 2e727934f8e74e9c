/// Where the rows of a builder go: customers by (bucket, id), rows by customer.
struct RowOrder: Sendable {
  let bucketCount: Int
  /// Customer codes by (bucket, bytes of the id); a customer's place here is its rank.
  private(set) var customers: [UInt32]
  /// bucketCount + 1 offsets into `customers`.
  private(set) var bucketRanks: [Int]
  /// Row numbers by (rank, load order).
  private(set) var rows: [UInt32]
  /// customers + 1 offsets into `rows`.
  private(set) var rankRows: [Int]

  /// - Parameters:
  ///   - codes: per row, the code of its customer.
  ///   - ids: of all customers, each with a row at least.
  init(of codes: [UInt32], _ ids: ByteDictionary, buckets bucketCount: Int) {
    self.bucketCount = bucketCount
    var members = [[UInt32]](repeating: [], count: bucketCount)
    for code in 0..<ids.count {
      members[EventStore.bucket(ofHash: ids.hash(of: code), of: bucketCount)].append(UInt32(code))
    }
    let grouped = members
    let sorted = concurrentMap(count: bucketCount) { bucket in
      grouped[bucket].map { (prefix: ids.prefix(of: Int($0)), code: $0) }.sorted { left, right in
        left.prefix != right.prefix
          ? left.prefix < right.prefix
          : ids.areInIncreasingOrder(Int(left.code), Int(right.code))
      }.map(\.code)
    }
    customers = sorted.flatMap { $0 }
    bucketRanks = sorted.reduce(into: [0]) { ranks, members in ranks.append(ranks[ranks.count - 1] + members.count) }
    (rows, rankRows) = Self.grouped(codes, by: customers)
  }

  /// Row numbers by the place of their customer in `customers`, then by number (a counting sort).
  private static func grouped(_ codes: [UInt32], by customers: [UInt32]) -> (rows: [UInt32], starts: [Int]) {
    var rank = [UInt32](repeating: 0, count: customers.count)
    for (place, code) in customers.enumerated() { rank[Int(code)] = UInt32(place) }
    var starts = [Int](repeating: 0, count: customers.count + 1)
    for code in codes { starts[Int(rank[Int(code)]) + 1] += 1 }
    for place in customers.indices { starts[place + 1] += starts[place] }
    var next = starts
    var rows = [UInt32](repeating: 0, count: codes.count)
    for (row, code) in codes.enumerated() {
      let place = Int(rank[Int(code)])
      rows[next[place]] = UInt32(row)
      next[place] += 1
    }
    return (rows, starts)
  }

  /// `rows`, those of the customers in `ranks`, in canonical order: per customer by instant, order (missing last), load
  /// order.
  func sorted(_ rows: ArraySlice<UInt32>, ranks: Range<Int>, instants: [Int64], orders: [Double]) -> [UInt32] {
    func order(_ row: UInt32) -> Double { Int(row) < orders.count ? orders[Int(row)] : .nan }
    func precedes(_ left: UInt32, _ right: UInt32) -> Bool {
      let (first, second) = (instants[Int(left)], instants[Int(right)])
      if first != second { return first < second }
      let (one, other) = (order(left), order(right))
      if one.isNaN != other.isNaN { return other.isNaN }
      return one < other || !(other < one) && left < right
    }
    var sorted = Array(rows)
    let start = rankRows[ranks.lowerBound]
    for rank in ranks {
      let range = rankRows[rank] - start..<rankRows[rank + 1] - start
      let isSorted = range.dropFirst().allSatisfy { !precedes(sorted[$0], sorted[$0 - 1]) }
      if !isSorted { sorted[range].sort(by: precedes) }
    }
    return sorted
  }
}
