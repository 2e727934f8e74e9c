/// Some rows of a load, dealt out to partitions: an image of bytes in which each partition's rows lie together, column by
/// column, in load order. It can be kept in memory or in a file.
///
/// A partition holds: instants, order values if there are any, event codes, each property's codes or words, and then the
/// customer ids, each behind its length.
struct RowGroup: Sendable {
  /// Event codes, or one property.
  struct Column: Sendable {
    /// Bytes of a value: 1, 2 or 4 for codes, 8 for words.
    var width: Int
    /// What code c means is `values` number c - 1.
    var values: ByteList
    /// What the values by dictionary may all be.
    var kinds: KindSet
    /// Nil for codes.
    var wordKind: Property.Kind?
    var isMixed = false
  }

  let hasOrders: Bool
  /// The event codes first, then the properties there were.
  let columns: [Column]
  /// Rows of each partition.
  let rowCounts: [UInt32]
  /// Byte offsets of the partitions in the image, and its end.
  let starts: [Int]
  private(set) var image: RowImage

  /// Bytes of memory this takes.
  var size: Int { columns.reduce(image.heldSize) { $0 + $1.values.size } }

  /// Bytes of a row in front of column `index`, where the columns of `columns` begin; the sum of all for its count.
  func rowOffset(ofColumn index: Int) -> Int {
    columns[..<index].reduce(hasOrders ? 16 : 8) { $0 + $1.width }
  }

  /// Deals the rows out.
  init(_ rows: RowGroupBuilder) {
    let customers = rows.customers
    hasOrders = !rows.orders.isEmpty
    let originals = rows.originals.map { [$0] } ?? []
    columns = [Column(rows.events)] + originals.map { Column($0) } + rows.properties.map { Column($0) }
    let widths = [8] + (hasOrders ? [8] : []) + columns.map(\.width)
    let rowSize = widths.reduce(0, +)
    (rowCounts, starts) = Self.layout(of: customers, rowSize: rowSize)
    var dealer = RowDealer(customers.partitions, rowCounts, starts)
    dealer.deal(rows.instants)
    if hasOrders { dealer.deal(rows.orders) }
    dealer.deal(rows.events.codes, width: columns[0].width)
    for (ids, column) in zip(originals, columns.dropFirst()) { dealer.deal(ids.codes, width: column.width) }
    for (property, column) in zip(rows.properties, columns.dropFirst(1 + originals.count)) {
      if column.wordKind == nil {
        dealer.deal(property.coded.codes, width: column.width)
      } else {
        dealer.deal(property.words, missing: property.missingWord)
      }
    }
    dealer.deal(customers)
    image = .held(dealer.image)
  }

  /// Deals the rows of a bucket out by other customers, one for each row. Their codes stay those of the bucket's store, so that the
  /// group has no values of its own.
  ///
  /// - Parameters:
  ///   - events: how many names events have.
  ///   - properties: the columns there are, and how many values a text has.
  init(_ bucket: Bucket, of customers: CustomerRows, events: Int, _ properties: [(column: PropertyColumn, values: Int)])
  {
    let (instants, codes, orders) = (bucket.instants, bucket.events, bucket.orders)
    hasOrders = orders != nil
    columns =
      [Column(width: Column.width(of: events), values: ByteList(), kinds: [], wordKind: nil)]
      + properties.map { column, values in
        let kind: Property.Kind? = column.kind == .number || column.kind == .time ? column.kind : nil
        return Column(width: kind == nil ? Column.width(of: values) : 8, values: ByteList(), kinds: [], wordKind: kind)
      }
    let rowSize = columns.reduce(hasOrders ? 16 : 8) { $0 + $1.width }
    (rowCounts, starts) = Self.layout(of: customers, rowSize: rowSize)
    var dealer = RowDealer(customers.partitions, rowCounts, starts)
    dealer.deal(instants)
    if let orders { dealer.deal(orders) }
    dealer.deal(codes.wide, width: columns[0].width)
    for (property, column) in zip(properties, columns.dropFirst()) { dealer.deal(property.column, width: column.width) }
    dealer.deal(customers)
    image = .held(dealer.image)
  }

  /// Moves the image to `file`.
  mutating func move(to file: SpillFile) throws(SpillFailure) {
    guard case .held(let bytes) = image else { return }
    image = .spilled(file, at: try file.append(bytes))
  }

  private static func layout(of customers: CustomerRows, rowSize: Int) -> (counts: [UInt32], starts: [Int]) {
    var counts = [UInt32](repeating: 0, count: customers.partitionCount)
    var sizes = [Int](repeating: 0, count: customers.partitionCount)
    var (start, row) = (0, 0)
    let (partitions, ends) = (customers.partitions.span, customers.ends.span)
    while row < ends.count {
      let (partition, end) = (Int(partitions[row]), Int(ends[row]))
      counts[partition] &+= 1
      sizes[partition] &+= rowSize &+ IdLength.size(end &- start) &+ end &- start
      start = end
      row &+= 1
    }
    var starts = [0]
    for size in sizes { starts.append(starts[starts.count - 1] + size) }
    return (counts, starts)
  }
}

extension RowGroup.Column {
  /// Of event names or ids, which are text whatever they look like.
  fileprivate init(_ texts: CodedRows) {
    self.init(width: Self.width(of: texts.values.count), values: texts.values.values, kinds: [], wordKind: nil)
  }

  init(_ property: PropertyRows) {
    self.init(
      width: property.wordKind == nil ? Self.width(of: property.coded.values.count) : 8,
      values: property.coded.values.values,
      kinds: property.kinds, wordKind: property.wordKind, isMixed: property.isMixed)
  }

  /// Bytes of a code from 0 to `count`.
  static func width(of count: Int) -> Int { count <= 0xFF ? 1 : count <= 0xFFFF ? 2 : 4 }
}

/// How the length of a customer's id is written: one byte, or 255 and four bytes, lowest first.
enum IdLength {
  @inline(__always) static func size(_ length: Int) -> Int { length < 255 ? 1 : 5 }
}

/// Where the bytes of a group are.
enum RowImage: Sendable {
  case held([UInt8])
  case spilled(SpillFile, at: Int)

  var heldSize: Int {
    if case .held(let bytes) = self { bytes.count } else { 0 }
  }

  /// Bytes that hold `range` of the image from `start` on.
  func bytes(_ range: Range<Int>) throws(SpillFailure) -> (bytes: [UInt8], start: Int) {
    switch self {
    case .held(let bytes): (bytes, range.lowerBound)
    case .spilled(let file, let offset): (try file.read(range.count, at: offset + range.lowerBound), 0)
    }
  }
}
