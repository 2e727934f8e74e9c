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

extension Bucket {
  /// The same rows, as they read in another schema.
  func mapped(by map: ColumnMap) -> Bucket {
    Bucket(
      customers: customers, offsets: offsets, instants: instants, events: events.mapped(by: map.events),
      orders: orders,
      properties: zip(map.sources, map.kinds).map { source, kind in
        source.column(of: self) ?? PropertyColumn(missing: eventCount, kind: kind)
      })
  }

  /// The customers of both buckets, in memory; events of `earlier` come first where moments are equal. The codes of both are of
  /// one schema, of which `earlier` may lack the last properties.
  package convenience init(merging earlier: Bucket, _ later: Bucket) {
    let order = MergeOrder(earlier, later)
    self.init(
      customers: order.customers, offsets: order.offsets, instants: order.gather(earlier.instants, later.instants),
      events: order.gather(earlier.events, later.events), orders: order.orders(earlier, later),
      properties: later.properties.enumerated().map { index, column in
        order.property(column.kind, index < earlier.properties.count ? earlier.properties[index] : nil, column)
      })
  }

  /// The customers that bucket `index` of `count` has, where this bucket is split into `factor` that follow each other.
  func part(_ index: Int, of count: Int, by factor: Int) -> Bucket {
    guard factor > 1 else { return self }
    let first = index / factor * factor
    let (customers, offsets) = (customers, offsets)
    var order = MergeOrder()
    for (place, customer) in customers.enumerated() {
      let bucket = EventStore.bucket(of: customer, among: count)
      guard min(max(first, bucket), first + factor - 1) == index else { continue }
      order.append(customer, false, Int(offsets[place])..<Int(offsets[place + 1]))
    }
    return Bucket(
      customers: order.customers, offsets: order.offsets, instants: order.gather(instants, []),
      events: order.gather(events, CodeColumn([])), orders: orders.map { order.gather($0, []) },
      properties: properties.map { order.property($0.kind, $0, nil) })
  }
}

/// How the rows of two buckets follow each other: customers by bytes, events by moment, the earlier bucket's first.
struct MergeOrder: Sendable {
  /// Rows that follow each other in one of the buckets.
  private struct Run {
    var isLater: Bool
    var rows: Range<Int>
  }
  private(set) var customers: [String] = []
  private(set) var offsets: [UInt32] = [0]
  /// Customers that the earlier bucket does not have.
  private(set) var added = 0
  private var runs: [Run] = []
  var count: Int { Int(offsets[offsets.count - 1]) }
  /// In memory, the ids' own storage aside.
  var bytes: Int { customers.count * 20 + runs.count * MemoryLayout<Run>.stride }

  init() {}

  init(_ earlier: Bucket, _ later: Bucket) {
    let (one, other) = (Moments(earlier), Moments(later))
    customers.reserveCapacity(one.customers.count + other.customers.count)
    offsets.reserveCapacity(customers.capacity + 1)
    var (left, right) = (0, 0)
    while left < one.customers.count || right < other.customers.count {
      let comparison =
        right == other.customers.count
        ? -1 : left == one.customers.count ? 1 : Self.compare(one.customers[left], other.customers[right])
      switch comparison {
      case ..<0: append(one.customers[left], false, one.rows(left))
      case 0: interleave(one, one.rows(left), other, other.rows(right), of: one.customers[left])
      default:
        append(other.customers[right], true, other.rows(right))
        added += 1
      }
      if comparison <= 0 { left += 1 }
      if comparison >= 0 { right += 1 }
    }
  }

  /// The columns that decide, taken once.
  private struct Moments {
    let customers: [String]
    let offsets: [UInt32]
    let instants: [Int64]
    let orders: [Double]?

    init(_ bucket: Bucket) {
      (customers, offsets, instants, orders) = (bucket.customers, bucket.offsets, bucket.instants, bucket.orders)
    }

    func rows(_ customer: Int) -> Range<Int> { Int(offsets[customer])..<Int(offsets[customer + 1]) }
  }

  private static func compare(_ one: String, _ other: String) -> Int {
    if one == other, one.utf8.elementsEqual(other.utf8) { return 0 }
    return one.utf8.lexicographicallyPrecedes(other.utf8) ? -1 : 1
  }

  /// Adds a customer whose rows are those of one bucket.
  mutating func append(_ customer: String, _ isLater: Bool, _ rows: Range<Int>) {
    customers.append(customer)
    offsets.append(UInt32(count + rows.count))
    append(isLater, rows)
  }

  private mutating func interleave(
    _ earlier: Moments, _ earlierRows: Range<Int>, _ later: Moments, _ laterRows: Range<Int>, of customer: String
  ) {
    customers.append(customer)
    offsets.append(UInt32(count + earlierRows.count + laterRows.count))
    var (one, other) = (earlierRows.lowerBound, laterRows.lowerBound)
    while one < earlierRows.upperBound, other < laterRows.upperBound {
      if Self.isBefore(later, other, earlier, one) {
        append(true, other..<other + 1)
        other += 1
      } else {
        append(false, one..<one + 1)
        one += 1
      }
    }
    append(false, one..<earlierRows.upperBound)
    append(true, other..<laterRows.upperBound)
  }

  /// Whether a row of the later bucket has an earlier moment than one of the earlier bucket.
  private static func isBefore(_ later: Moments, _ laterRow: Int, _ earlier: Moments, _ earlierRow: Int) -> Bool {
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

// Columns in that order.
extension MergeOrder {
  func gather<Value>(_ earlier: [Value], _ later: [Value]) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(count)
    for run in runs { values.append(contentsOf: (run.isLater ? later : earlier)[run.rows]) }
    return values
  }

  func gather(_ earlier: CodeColumn, _ later: CodeColumn) -> CodeColumn {
    switch (earlier, later) {
    case (.narrow(let one), .narrow(let other)): .narrow(gather(one, other))
    case (.medium(let one), .medium(let other)): .medium(gather(one, other))
    case (.wide(let one), .wide(let other)): .wide(gather(one, other))
    default: CodeColumn(gather(earlier.wide, later.wide))
    }
  }

  func orders(_ earlier: Bucket, _ later: Bucket) -> [Double]? {
    guard earlier.hasOrders || later.hasOrders else { return nil }
    func orders(_ bucket: Bucket) -> [Double] {
      bucket.orders ?? Array(repeating: .nan, count: bucket.eventCount)
    }
    return gather(orders(earlier), orders(later))
  }

  /// Of columns of this kind; nil for a bucket without the property.
  func property(_ kind: Property.Kind, _ earlier: PropertyColumn?, _ later: PropertyColumn?) -> PropertyColumn {
    let ends = (runs.last { !$0.isLater }?.rows.upperBound ?? 0, runs.last { $0.isLater }?.rows.upperBound ?? 0)
    let one = earlier ?? PropertyColumn(missing: ends.0, kind: kind)
    let other = later ?? PropertyColumn(missing: ends.1, kind: kind)
    switch (one, other) {
    case (.text(let one), .text(let other)): return .text(gather(one, other))
    case (.number(let one, let there), .number(let other, let also)):
      return .number(gather(one, other), present: gather(there, also))
    case (.truth(let one, let there), .truth(let other, let also)):
      return .truth(gather(one, other), present: gather(there, also))
    case (.time(let one, let there), .time(let other, let also)):
      return .time(gather(one, other), present: gather(there, also))
    default: return PropertyColumn(missing: count, kind: kind)
    }
  }

  private func gather(_ earlier: Bitmap, _ later: Bitmap) -> Bitmap {
    var (bits, row) = (Bitmap(count: count), 0)
    for run in runs {
      bits.copy(run.isLater ? later : earlier, run.rows, to: row)
      row += run.rows.count
    }
    return bits
  }
}

extension CodeColumn {
  /// Code c as `codes[c]`; the same column where that changes nothing.
  func mapped(by codes: [UInt32]) -> CodeColumn {
    if codes.enumerated().allSatisfy({ $0.offset == Int($0.element) }) { return self }
    return CodeColumn(wide.map { codes[Int($0)] })
  }

  var wide: [UInt32] {
    switch self {
    case .narrow(let codes): codes.map { UInt32($0) }
    case .medium(let codes): codes.map { UInt32($0) }
    case .wide(let codes): codes
    }
  }
}

extension PropertyColumn {
  package var kind: Property.Kind {
    switch self {
    case .text: .text
    case .number: .number
    case .truth: .truth
    case .time: .time
    }
  }

  /// A column of `count` rows without a value.
  package init(missing count: Int, kind: Property.Kind) {
    let none = Bitmap(count: count)
    switch kind {
    case .text: self = .text(.narrow(Array(repeating: 0, count: count)))
    case .number: self = .number(Array(repeating: .nan, count: count), present: none)
    case .truth: self = .truth(none, present: none)
    case .time: self = .time(Array(repeating: 0, count: count), present: none)
    }
  }
}

extension ColumnMap.Source {
  func column(of bucket: Bucket) -> PropertyColumn? {
    switch self {
    case .missing: return nil
    case .column(let index): return bucket.properties[index]
    case .codes(let index, let codes):
      guard case .text(let column) = bucket.properties[index] else { return nil }
      return .text(column.mapped(by: codes))
    }
  }
}
