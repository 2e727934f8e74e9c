/// Writes the columns of some rows to an image in which each partition's rows lie together (a radix partitioning).
struct RowDealer {
  private let partitions: [UInt16]
  private let rowCounts: [UInt32]
  private let starts: [Int]
  private(set) var image: [UInt8]
  /// Bytes per row of the columns written so far.
  private var rowOffset = 0

  /// - Parameters:
  ///   - partitions: of each row.
  ///   - starts: byte offsets of the partitions in the image, and its end.
  init(_ partitions: [UInt16], _ rowCounts: [UInt32], _ starts: [Int]) {
    (self.partitions, self.rowCounts, self.starts) = (partitions, rowCounts, starts)
    // Room behind it, so that ids can be written and read in whole words.
    image = Array(repeating: 0, count: (starts.last ?? 0) + CellTable.slack)
  }

  mutating func deal(_ instants: [Int64]) { deal(instants, missing: 0) { UInt64(bitPattern: $0) } }
  mutating func deal(_ numbers: [Double]) { deal(numbers, missing: .nan) { $0.bitPattern } }
  mutating func deal(_ words: [UInt64], missing: UInt64) { deal(words, missing: missing) { $0 } }

  mutating func deal(_ codes: [UInt32], width: Int) {
    switch width {
    case 1: deal(codes, missing: 0) { UInt8(truncatingIfNeeded: $0) }
    case 2: deal(codes, missing: 0) { UInt16(truncatingIfNeeded: $0) }
    default: deal(codes, missing: 0) { $0 }
    }
  }

  /// Truth values as codes: 0 for missing, 1 for false, 2 for true.
  mutating func deal(_ column: PropertyColumn, width: Int) {
    switch column {
    case .text(let codes): deal(codes.wide, width: width)
    case .number(let numbers, let present):
      deal(
        numbers.indices.map { present[$0] ? ValueWord.of(numbers[$0]) : ValueWord.missingNumber },
        missing: ValueWord.missingNumber)
    case .time(let times, let present):
      deal(
        times.indices.map { present[$0] ? ValueWord.of(times[$0]) : ValueWord.missingTime },
        missing: ValueWord.missingTime)
    case .truth(let truths, let present):
      deal((0..<present.count).map { present[$0] ? truths[$0] ? 2 : 1 : 0 } as [UInt32], width: 1)
    }
  }

  /// Writes a column; rows behind its end have the value `missing`.
  @inline(__always) private mutating func deal<Value: BitwiseCopyable, Stored: FixedWidthInteger & BitwiseCopyable>(
    _ column: [Value], missing: Value, _ stored: (Value) -> Stored
  ) {
    var cursors = nextPlaces()
    Self.deal(column, missing: missing, partitions, &cursors, to: &image, stored)
    rowOffset += MemoryLayout<Stored>.size
  }

  @inline(__always) private static func deal<Value: BitwiseCopyable, Stored: FixedWidthInteger & BitwiseCopyable>(
    _ values: [Value], missing: Value, _ partitions: [UInt16], _ cursors: inout [Int], to image: inout [UInt8],
    _ stored: (Value) -> Stored
  ) {
    let (values, partitions) = (values.span, partitions.span)
    var target = image.mutableSpan
    var cursors = cursors.mutableSpan
    for row in 0..<partitions.count {
      let partition = Int(partitions[row])
      let place = cursors[partition]
      store(stored(row < values.count ? values[row] : missing), to: &target, at: place)
      cursors[partition] = place &+ MemoryLayout<Stored>.size
    }
  }

  /// Writes the ids behind all columns.
  mutating func deal(_ customers: CustomerRows) {
    var cursors = nextPlaces()
    Self.deal(customers, starts, &cursors, to: &image)
  }

  private static func deal(
    _ customers: CustomerRows, _ starts: [Int], _ cursors: inout [Int], to image: inout [UInt8]
  ) {
    let (ids, ends, partitions) = (customers.bytes.span, customers.ends.span, customers.partitions.span)
    var target = image.mutableSpan
    var cursors = cursors.mutableSpan
    var start = 0
    for row in 0..<partitions.count {
      let (partition, end) = (Int(partitions[row]), Int(ends[row]))
      let (place, length) = (cursors[partition], end &- start)
      let lengthSize = IdLength.size(length)
      // Words would overwrite what lies behind the partition, which may be there already: byte by byte at its end.
      if place &+ lengthSize &+ length &+ 8 <= starts[partition &+ 1] {
        copyWords(ids, start, length, to: &target, at: place &+ lengthSize)
      } else {
        for index in 0..<length { target[place + lengthSize + index] = ids[start + index] }
      }
      target[place] = UInt8(truncatingIfNeeded: min(length, 255))
      if lengthSize > 1 { store(UInt32(truncatingIfNeeded: length), to: &target, at: place &+ 1) }
      cursors[partition] = place &+ lengthSize &+ length
      start = end
    }
  }

  /// Where each partition's next column begins.
  private func nextPlaces() -> [Int] {
    rowCounts.indices.map { starts[$0] + Int(rowCounts[$0]) * rowOffset }
  }
}
