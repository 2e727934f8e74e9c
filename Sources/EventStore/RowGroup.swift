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
    columns = [Column(rows.events)] + rows.properties.map { Column($0) }
    let widths = [8] + (hasOrders ? [8] : []) + columns.map(\.width)
    let rowSize = widths.reduce(0, +)
    (rowCounts, starts) = Self.layout(of: customers, rowSize: rowSize)
    var dealer = RowDealer(customers.partitions, rowCounts, starts)
    dealer.deal(rows.instants)
    if hasOrders { dealer.deal(rows.orders) }
    dealer.deal(rows.events.codes, width: columns[0].width)
    for (property, column) in zip(rows.properties, columns.dropFirst()) {
      if column.wordKind == nil {
        dealer.deal(property.coded.codes, width: column.width)
      } else {
        dealer.deal(property.words, missing: property.missingWord)
      }
    }
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
  init(_ events: CodedRows) {
    self.init(width: Self.width(of: events), values: events.values.values, kinds: [], wordKind: nil)
  }

  init(_ property: PropertyRows) {
    self.init(
      width: property.wordKind == nil ? Self.width(of: property.coded) : 8, values: property.coded.values.values,
      kinds: property.kinds, wordKind: property.wordKind, isMixed: property.isMixed)
  }

  private static func width(of rows: CodedRows) -> Int {
    rows.values.count <= 0xFF ? 1 : rows.values.count <= 0xFFFF ? 2 : 4
  }
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
