/// How a bucket's columns read in another schema.
struct ColumnMap: Sendable {
  enum Source: Sendable {
    /// The store has no such property, or no value of it.
    case missing
    /// The property of this index, as it is.
    case column(Int)
    /// The text property of this index; code c becomes `codes[c]`.
    case codes(Int, [UInt32])
  }
  /// Event code c becomes `events[c]`.
  var events: [UInt32]
  /// Per property of the other schema.
  var sources: [Source]
  var kinds: [Property.Kind]
}

/// Rows that follow each other in one of two buckets.
private struct Run {
  var isLater: Bool
  var rows: Range<Int>
}

extension Bucket {
  /// The customers of both buckets; events of `earlier` come first where moments are equal.
  convenience init(merging earlier: Bucket, _ left: ColumnMap, _ later: Bucket, _ right: ColumnMap) {
    var merger = RunMerger(earlier, later)
    merger.merge()
    let (runs, count) = (merger.runs, Int(merger.offsets.last ?? 0))
    var instants: [Int64] = []
    var codes: [UInt32] = []
    var orders: [Double] = []
    instants.reserveCapacity(count)
    codes.reserveCapacity(count)
    let hasOrders = earlier.orders != nil || later.orders != nil
    for run in runs {
      let (bucket, map) = run.isLater ? (later, right) : (earlier, left)
      instants.append(contentsOf: bucket.instants[run.rows])
      bucket.events.append(run.rows, as: map.events, to: &codes)
      if hasOrders {
        if let known = bucket.orders {
          orders.append(contentsOf: known[run.rows])
        } else {
          orders.append(contentsOf: repeatElement(.nan, count: run.rows.count))
        }
      }
    }
    let properties = left.kinds.indices.map { index in
      PropertyColumn(
        count: count, kind: left.kinds[index],
        pieces: runs.lazy.map { run in
          run.isLater ? (later, right.sources[index], run.rows) : (earlier, left.sources[index], run.rows)
        })
    }
    self.init(
      customers: merger.customers, offsets: merger.offsets, instants: instants, events: CodeColumn(codes),
      orders: hasOrders ? orders : nil, properties: properties)
  }

  /// The customers of this bucket, number `index` of count / factor, as `factor` buckets of `count`.
  func split(into factor: Int, index: Int, of count: Int) -> [Bucket] {
    var members = [[Int]](repeating: [], count: factor)
    for (place, customer) in customers.enumerated() {
      let bucket = EventStore.bucket(ofHash: stableHash(Array(customer.utf8).span), of: count)
      members[min(max(0, bucket - index * factor), factor - 1)].append(place)
    }
    return members.map(selecting)
  }

  /// The same schema, these customers only.
  private func selecting(_ members: [Int]) -> Bucket {
    var (offsets, events, instants): ([UInt32], [UInt32], [Int64]) = ([0], [], [])
    let runs = members.map { Int(self.offsets[$0])..<Int(self.offsets[$0 + 1]) }
    for run in runs {
      offsets.append(offsets[offsets.count - 1] + UInt32(run.count))
      instants.append(contentsOf: self.instants[run])
      for row in run { events.append(UInt32(self.events[row])) }
    }
    let properties = properties.enumerated().map { index, column in
      PropertyColumn(count: instants.count, kind: column.kind, pieces: runs.lazy.map { (self, .column(index), $0) })
    }
    return Bucket(
      customers: members.map { customers[$0] }, offsets: offsets, instants: instants, events: CodeColumn(events),
      orders: orders.map { orders in runs.flatMap { orders[$0] } }, properties: properties)
  }
}

/// Walks two buckets side by side, customers by bytes, events by moment.
private struct RunMerger {
  let earlier: Bucket
  let later: Bucket
  private(set) var customers: [String] = []
  private(set) var offsets: [UInt32] = [0]
  private(set) var runs: [Run] = []

  init(_ earlier: Bucket, _ later: Bucket) {
    self.earlier = earlier
    self.later = later
  }

  mutating func merge() {
    var (left, right) = (0, 0)
    while left < earlier.customerCount || right < later.customerCount {
      let start = Int(offsets[offsets.count - 1])
      var count = 0
      if right == later.customerCount {
        count = take(left, of: earlier, isLater: false)
        left += 1
      } else if left == earlier.customerCount {
        count = take(right, of: later, isLater: true)
        right += 1
      } else {
        let (one, other) = (earlier.customers[left].utf8, later.customers[right].utf8)
        if one.lexicographicallyPrecedes(other) {
          count = take(left, of: earlier, isLater: false)
          left += 1
        } else if other.lexicographicallyPrecedes(one) {
          count = take(right, of: later, isLater: true)
          right += 1
        } else {
          count = interleave(left, right)
          left += 1
          right += 1
        }
      }
      offsets.append(UInt32(start + count))
    }
  }

  private mutating func take(_ index: Int, of bucket: Bucket, isLater: Bool) -> Int {
    customers.append(bucket.customers[index])
    let rows = Int(bucket.offsets[index])..<Int(bucket.offsets[index + 1])
    append(isLater, rows)
    return rows.count
  }

  private mutating func interleave(_ left: Int, _ right: Int) -> Int {
    customers.append(earlier.customers[left])
    var (one, other) = (Int(earlier.offsets[left]), Int(later.offsets[right]))
    let (oneEnd, otherEnd) = (Int(earlier.offsets[left + 1]), Int(later.offsets[right + 1]))
    let count = oneEnd - one + otherEnd - other
    while one < oneEnd, other < otherEnd {
      if isBefore(other, one) {
        append(true, other..<other + 1)
        other += 1
      } else {
        append(false, one..<one + 1)
        one += 1
      }
    }
    append(false, one..<oneEnd)
    append(true, other..<otherEnd)
    return count
  }

  /// Whether a row of the later bucket has an earlier moment than one of the earlier bucket.
  private func isBefore(_ laterRow: Int, _ earlierRow: Int) -> Bool {
    let (one, other) = (later.instants[laterRow], earlier.instants[earlierRow])
    if one != other { return one < other }
    let (rank, otherRank) = (later.orders?[laterRow] ?? .nan, earlier.orders?[earlierRow] ?? .nan)
    return rank.isNaN != otherRank.isNaN ? otherRank.isNaN : rank < otherRank
  }

  private mutating func append(_ isLater: Bool, _ rows: Range<Int>) {
    guard !rows.isEmpty else { return }
    if let last = runs.last, last.isLater == isLater, last.rows.upperBound == rows.lowerBound {
      runs[runs.count - 1].rows = last.rows.lowerBound..<rows.upperBound
    } else {
      runs.append(Run(isLater: isLater, rows: rows))
    }
  }
}

extension CodeColumn {
  /// Appends the codes of `rows`, code c as `codes[c]`.
  func append(_ rows: Range<Int>, as codes: [UInt32], to target: inout [UInt32]) {
    switch self {
    case .narrow(let column): for code in column[rows] { target.append(codes[Int(code)]) }
    case .medium(let column): for code in column[rows] { target.append(codes[Int(code)]) }
    case .wide(let column): for code in column[rows] { target.append(codes[Int(code)]) }
    }
  }
}

extension PropertyColumn {
  var kind: Property.Kind {
    switch self {
    case .text: .text
    case .number: .number
    case .truth: .truth
    case .time: .time
    }
  }

  /// A column of `count` rows without a value.
  init(missing count: Int, kind: Property.Kind) {
    let none = Bitmap(count: count)
    switch kind {
    case .text: self = .text(CodeColumn(Array(repeating: 0, count: count)))
    case .number: self = .number(Array(repeating: .nan, count: count), present: none)
    case .truth: self = .truth(none, present: none)
    case .time: self = .time(Array(repeating: 0, count: count), present: none)
    }
  }

  /// The rows of `pieces`, one after another: `count` in all, each from a column of this kind.
  init(count: Int, kind: Property.Kind, pieces: some Sequence<(Bucket, ColumnMap.Source, Range<Int>)>) {
    var codes: [UInt32] = []
    var numbers: [Double] = []
    var instants: [Int64] = []
    var (truths, present) = (Bitmap(count: count), Bitmap(count: count))
    var row = 0
    for (bucket, source, rows) in pieces {
      switch (source, source.column(of: bucket)) {
      case (.codes(_, let map), .text(let column)): column.append(rows, as: map, to: &codes)
      case (_, .text(let column)): for row in rows { codes.append(UInt32(column[row])) }
      case (_, .number(let column, let bits)):
        numbers.append(contentsOf: column[rows])
        present.copy(bits, rows, to: row)
      case (_, .time(let column, let bits)):
        instants.append(contentsOf: column[rows])
        present.copy(bits, rows, to: row)
      case (_, .truth(let column, let bits)):
        truths.copy(column, rows, to: row)
        present.copy(bits, rows, to: row)
      case (_, nil):
        switch kind {
        case .text: codes.append(contentsOf: repeatElement(0, count: rows.count))
        case .number: numbers.append(contentsOf: repeatElement(.nan, count: rows.count))
        case .time: instants.append(contentsOf: repeatElement(0, count: rows.count))
        case .truth: break
        }
      }
      row += rows.count
    }
    switch kind {
    case .text: self = .text(CodeColumn(codes))
    case .number: self = .number(numbers, present: present)
    case .truth: self = .truth(truths, present: present)
    case .time: self = .time(instants, present: present)
    }
  }
}

extension ColumnMap.Source {
  fileprivate func column(of bucket: Bucket) -> PropertyColumn? {
    switch self {
    case .missing: nil
    case .column(let index), .codes(let index, _): bucket.properties[index]
    }
  }
}

extension Bitmap {
  fileprivate mutating func copy(_ bits: Bitmap, _ rows: Range<Int>, to start: Int) {
    for row in rows where bits[row] { self[start + row - rows.lowerBound] = true }
  }
}
