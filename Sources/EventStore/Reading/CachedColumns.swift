/// Columns that are made when they are touched, and kept while there is room.
final class CachedColumns: BucketColumns {
  private let head: BucketHead
  private let kinds: [Property.Kind]
  private let maker: any ColumnMaker
  private let cache: ColumnCache
  private let customerSlot = ColumnSlot<[String]>()
  private let offsetSlot = ColumnSlot<[UInt32]>()
  private let instantSlot = ColumnSlot<[Int64]>()
  private let eventSlot = ColumnSlot<CodeColumn>()
  private let orderSlot = ColumnSlot<[Double]?>()
  private let maskSlot = ColumnSlot<[UInt64]>()
  private let tieSlot = ColumnSlot<Bitmap?>()
  private let summarySlot = ColumnSlot<DaySummary?>()
  private let followSlot = ColumnSlot<FollowSummary?>()
  private let propertySlots: [ColumnSlot<PropertyColumn>]

  init(_ head: BucketHead, kinds: [Property.Kind], maker: any ColumnMaker, cache: ColumnCache) {
    (self.head, self.kinds, self.maker, self.cache) = (head, kinds, maker, cache)
    propertySlots = kinds.map { _ in ColumnSlot() }
  }

  deinit { cache.forget(slots) }

  private var columnSlots: [(column: ColumnName, slot: any DroppableSlot)] {
    [
      (.customers, customerSlot), (.offsets, offsetSlot), (.instants, instantSlot), (.events, eventSlot),
      (.orders, orderSlot), (.masks, maskSlot), (.ties, tieSlot), (.summary, summarySlot),
      (.follows, followSlot),
    ] + propertySlots.enumerated().map { (.property($0.offset), $0.element) }
  }
  private var slots: [any DroppableSlot] { columnSlots.map(\.slot) + maker.slots }

  var memory: [ColumnName: Int] {
    columnSlots.reduce(into: maker.memory) { $0[$1.column, default: 0] += cache.bytes(of: $1.slot) }
  }

  var layered: LayeredColumns? { maker as? LayeredColumns }

  /// The same, whose packed bytes are in memory; nil for a bucket and what came to it later.
  func fetched(_ columns: [ColumnName]) -> CachedColumns? {
    guard let packed = maker as? PackedColumns else { return nil }
    // Where they are decoded again and again, they are kept.
    return CachedColumns(
      head, kinds: kinds, maker: packed.fetched(columns), cache: ColumnCache(budget: .max, trial: .max))
  }

  var propertyCount: Int { kinds.count }
  var hasOrders: Bool { head.hasOrders }

  // What stands in for a column that cannot be read has the shape that every reader counts on.

  var customers: [String] {
    read(customerSlot, .customers, \.bytes) {
      () throws(ColumnFault) in try maker.customers()
    } ?? Array(repeating: "", count: head.customers)
  }

  var offsets: [UInt32] {
    read(offsetSlot, .offsets, { $0.count * 4 }) { () throws(ColumnFault) in try maker.offsets() }
      ?? (0..<head.customers).map { UInt32($0) } + [UInt32(head.events)]
  }

  var instants: [Int64] {
    read(instantSlot, .instants, { $0.count * 8 }) { () throws(ColumnFault) in try maker.instants() }
      ?? Array(repeating: head.span?.lowerBound ?? 0, count: head.events)
  }

  var events: CodeColumn {
    read(eventSlot, .events, \.bytes) { () throws(ColumnFault) in try maker.events() }
      ?? .narrow(Array(repeating: 0, count: head.events))
  }

  var orders: [Double]? {
    guard head.hasOrders else { return nil }
    return read(orderSlot, .orders, { ($0?.count ?? 0) * 8 }) { () throws(ColumnFault) in try maker.orders() }
      ?? Array(repeating: .nan, count: head.events)
  }

  var eventMasks: [UInt64] {
    read(maskSlot, .masks, { $0.count * 8 }) { () throws(ColumnFault) in try maker.masks(self) }
      ?? Array(repeating: .max, count: head.customers)
  }

  var ties: Bitmap? {
    read(tieSlot, .ties, { ($0?.words.count ?? 0) * 8 }) { () throws(ColumnFault) in try maker.ties(self) } ?? nil
  }

  var daySummary: DaySummary? {
    read(summarySlot, .summary, { $0?.bytes ?? 0 }) { () throws(ColumnFault) in try maker.daySummary() } ?? nil
  }

  var followSummary: FollowSummary? {
    read(followSlot, .follows, { $0?.bytes ?? 0 }) { () throws(ColumnFault) in try maker.followSummary() } ?? nil
  }

  func property(_ index: Int) -> PropertyColumn {
    read(propertySlots[index], .property(index), \.bytes) { () throws(ColumnFault) in try maker.property(index) }
      ?? PropertyColumn(missing: head.events, kind: kinds[index])
  }

  private func read<Value>(
    _ slot: ColumnSlot<Value>, _ column: ColumnName, _ bytes: (Value) -> Int, make: () throws(ColumnFault) -> Value
  ) -> Value? {
    do {
      return try slot.value(cache, bytes: bytes, make: make)
    } catch {
      maker.note(error, column)
      return nil
    }
  }
}

extension Bucket {
  /// A bucket whose packed columns are read when they are touched.
  package convenience init(
    _ head: BucketHead, in schema: StoreSchema, from source: any ColumnSource, at place: ColumnPlace, cache: ColumnCache
  ) {
    let maker = PackedColumns(head: head, schema: schema, source: source, place: place)
    self.init(
      customers: head.customers, events: head.events, span: head.span,
      columns: CachedColumns(head, kinds: schema.properties.map(\.kind), maker: maker, cache: cache))
  }
}
