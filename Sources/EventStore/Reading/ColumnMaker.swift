/// Makes the columns of a bucket each time they are asked for. Called from several threads.
protocol ColumnMaker: Sendable {
  func customers() throws(ColumnFault) -> [String]
  func offsets() throws(ColumnFault) -> [UInt32]
  func instants() throws(ColumnFault) -> [Int64]
  func events() throws(ColumnFault) -> CodeColumn
  func orders() throws(ColumnFault) -> [Double]?
  func masks(_ columns: any BucketColumns) throws(ColumnFault) -> [UInt64]
  func ties(_ columns: any BucketColumns) throws(ColumnFault) -> Bitmap?
  func daySummary() throws(ColumnFault) -> DaySummary?
  func followSummary() throws(ColumnFault) -> FollowSummary?
  func property(_ index: Int) throws(ColumnFault) -> PropertyColumn
  func note(_ fault: ColumnFault, _ column: ColumnName)
  /// What it keeps itself.
  var slots: [any DroppableSlot] { get }
  /// Bytes that it holds itself at this moment, by the column they serve.
  var memory: [ColumnName: Int] { get }
}

/// Makes columns from their packed parts.
struct PackedColumns: ColumnMaker {
  let head: BucketHead
  let schema: StoreSchema
  let source: any ColumnSource
  let place: ColumnPlace

  func customers() throws(ColumnFault) -> [String] {
    try parts(.customers).texts(count: head.customers)
  }

  func offsets() throws(ColumnFault) -> [UInt32] {
    try parts(.offsets).offsets(runs: head.customers, rows: head.events)
  }

  func instants() throws(ColumnFault) -> [Int64] {
    try parts(.instants).instants(rows: head.events)
  }

  func events() throws(ColumnFault) -> CodeColumn {
    try parts(.events).codes(rows: head.events, limit: schema.events.count)
  }

  func orders() throws(ColumnFault) -> [Double]? {
    head.hasOrders ? try parts(.orders).orders(rows: head.events) : nil
  }

  func masks(_ columns: any BucketColumns) throws(ColumnFault) -> [UInt64] {
    let parts = try source.parts(of: .masks, in: place)
    // Format 1 has none.
    return parts.isEmpty ? columns.events.masks(of: columns.offsets) : try parts.integers(rows: head.customers)
  }

  func ties(_ columns: any BucketColumns) throws(ColumnFault) -> Bitmap? {
    let parts = try source.parts(of: .ties, in: place)
    // Not every bucket has them.
    if parts.isEmpty { return Bitmap(tiesOf: columns.instants, runs: columns.offsets) }
    let ties = try parts.bits(rows: head.events)
    return ties.words.contains { $0 != 0 } ? ties : nil
  }

  func daySummary() throws(ColumnFault) -> DaySummary? {
    try numbers(.summary) { DaySummary(numbers: $0, codes: schema.events.count) }
  }

  func followSummary() throws(ColumnFault) -> FollowSummary? {
    try numbers(.follows) { FollowSummary(numbers: $0, codes: schema.events.count) }
  }

  /// What `make` makes of the numbers of a summary; not every bucket has one.
  private func numbers<Summary>(
    _ column: ColumnName, _ make: ([UInt32]) -> Summary?
  ) throws(ColumnFault) -> Summary? {
    let parts = try source.parts(of: column, in: place)
    guard !parts.isEmpty else { return nil }
    guard let summary = make(try parts.integers(rows: parts.reduce(0) { $0 + $1.count })) else { throw .malformed }
    return summary
  }

  func property(_ index: Int) throws(ColumnFault) -> PropertyColumn {
    let property = schema.properties[index]
    guard index < head.properties else { return PropertyColumn(missing: head.events, kind: property.kind) }
    let parts = try parts(.property(index))
    let present: [ColumnPart]? =
      switch parts.first?.encoding {
      case .f64, .i64, .packed, .bits, .filled: try source.parts(of: .present(index), in: place)
      default: nil
      }
    return try parts.property(property.kind, rows: head.events, limit: property.valueCount + 1, present: present)
  }

  var slots: [any DroppableSlot] { [] }
  var memory: [ColumnName: Int] { [:] }

  func note(_ fault: ColumnFault, _ column: ColumnName) {
    source.note(fault, column, in: place)
  }

  private func parts(_ column: ColumnName) throws(ColumnFault) -> [ColumnPart] {
    let parts = try source.parts(of: column, in: place)
    if parts.isEmpty { throw ColumnFault("it is missing") }
    return parts
  }
}
