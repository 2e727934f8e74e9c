/// A bucket and the rows that came to it later as one: merged when they are touched.
struct LayeredColumns: ColumnMaker {
  let base: Bucket
  let later: Bucket
  private let customerCount: Int
  private let cache: ColumnCache
  private let slot = ColumnSlot<MergeOrder>()

  /// - Parameter customers: of both together.
  init(_ base: Bucket, _ later: Bucket, customers: Int, cache: ColumnCache) {
    (self.base, self.later, customerCount, self.cache) = (base, later, customers, cache)
  }

  func customers() throws(ColumnFault) -> [String] { try order().customers }
  func offsets() throws(ColumnFault) -> [UInt32] { try order().offsets }
  func instants() throws(ColumnFault) -> [Int64] { try order().gather(base.instants, later.instants) }
  func events() throws(ColumnFault) -> CodeColumn { try order().gather(base.events, later.events) }
  func orders() throws(ColumnFault) -> [Double]? { try order().orders(base, later) }
  func masks(_ columns: any BucketColumns) -> [UInt64] { columns.events.masks(of: columns.offsets) }
  func ties(_ columns: any BucketColumns) -> Bitmap? { Bitmap(tiesOf: columns.instants, runs: columns.offsets) }

  /// A customer of both layers would be counted twice.
  func daySummary() -> DaySummary? { nil }
  func followSummary() -> FollowSummary? { nil }

  func property(_ index: Int) throws(ColumnFault) -> PropertyColumn {
    let (one, other) = (base.properties[index], later.properties[index])
    return try order().property(one.kind, one, other)
  }

  /// The columns of both have noted what is wrong with them.
  func note(_ fault: ColumnFault, _ column: ColumnName) {}

  var slots: [any DroppableSlot] { [slot] }

  var memory: [ColumnName: Int] {
    var memory = base.columns.memory.merging(later.columns.memory, uniquingKeysWith: +)
    memory[.offsets, default: 0] += cache.bytes(of: slot)
    return memory
  }

  private func order() throws(ColumnFault) -> MergeOrder {
    let order = try slot.value(cache, bytes: { $0.bytes }) { () throws(ColumnFault) in MergeOrder(base, later) }
    guard order.customers.count == customerCount else { throw ColumnFault("its layers do not fit") }
    return order
  }
}

extension Bucket {
  /// `base` and the rows that came `later`, of which `added` customers are new to it.
  package convenience init(_ base: Bucket, later: Bucket, added: Int, in schema: StoreSchema, cache: ColumnCache) {
    var head = BucketHead(base)
    head.customers += added
    head.events += later.eventCount
    head.hasOrders = base.hasOrders || later.hasOrders
    head.span = BucketHead.union(base.span, later.span)
    let maker = LayeredColumns(base, later, customers: head.customers, cache: cache)
    self.init(
      customers: head.customers, events: head.events, span: head.span,
      columns: CachedColumns(head, kinds: schema.properties.map(\.kind), maker: maker, cache: cache))
  }
}

extension Bucket {
  /// The two that this one is made of; itself alone where nothing came later.
  package var layers: (base: Bucket, later: Bucket?) {
    guard let layered = (columns as? CachedColumns)?.layered else { return (self, nil) }
    return (layered.base, layered.later)
  }

  /// The same bucket in memory, all of it.
  package var held: Bucket {
    if columns is HeldColumns { return self }
    return Bucket(
      customers: customers, offsets: offsets, instants: instants, events: events, orders: orders,
      properties: Array(properties))
  }
}

extension BucketHead {
  package static func union(_ one: ClosedRange<Int64>?, _ other: ClosedRange<Int64>?) -> ClosedRange<Int64>? {
    guard let one, let other else { return one ?? other }
    return min(one.lowerBound, other.lowerBound)...max(one.upperBound, other.upperBound)
  }
}
