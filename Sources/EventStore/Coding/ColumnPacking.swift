/// A column as the parts that are stored.
extension ColumnPart {
  package static func packing(_ codes: CodeColumn) -> [ColumnPart] {
    switch codes {
    case .narrow(let codes): packing(codes)
    case .medium(let codes): packing(codes)
    case .wide(let codes): packing(codes)
    }
  }

  static func packing<Number: IntegerCoding.Value>(_ numbers: [Number]) -> [ColumnPart] {
    parts(numbers.count, .integers) { IntegerCoding.write(numbers[$0], to: &$1) }
  }

  /// Run offsets, as the rows of each run less one.
  package static func packing(offsets: [UInt32]) -> [ColumnPart] {
    packing(zip(offsets, offsets.dropFirst()).map { $1 - $0 - 1 })
  }

  package static func packing(instants: [Int64]) -> [ColumnPart] {
    parts(instants.count, .instants) { InstantCoding.write(instants[$0], to: &$1) }
  }

  /// nan is missing.
  package static func packing(orders: [Double]) -> [ColumnPart] {
    var present = Bitmap(count: orders.count)
    for (row, order) in orders.enumerated() where !order.isNaN { present[row] = true }
    return packing(numbers: orders, present: present)
  }

  static func packing(numbers: [Double], present: Bitmap) -> [ColumnPart] {
    packing(numbers, present, .numbers) { NumberCoding.write($0, to: &$1) }
  }

  static func packing(times: [Int64], present: Bitmap) -> [ColumnPart] {
    packing(times, present, .instants) { InstantCoding.write($0[...], to: &$1) }
  }

  static func packing(_ bitmap: Bitmap) -> [ColumnPart] {
    parts(bitmap.count, .bitmap) { write(bitmap, $0, to: &$1) }
  }

  package static func packing(texts: [String]) -> [ColumnPart] {
    TextCoding.ranges(texts).map { range in
      var bytes: [UInt8] = []
      TextCoding.write(texts[range], to: &bytes)
      return ColumnPart(encoding: .texts, count: range.count, bytes: bytes)
    }
  }

  package static func packing(_ column: PropertyColumn) -> [ColumnPart] {
    switch column {
    case .text(let codes): packing(codes)
    case .number(let numbers, let present): packing(numbers: numbers, present: present)
    case .truth(let bits, let present):
      parts(present.count, .bitmap) {
        write(present, $0, to: &$1)
        write(bits, $0, to: &$1)
      }
    case .time(let times, let present): packing(times: times, present: present)
    }
  }

  /// The rows that have a value, then the values of these: their number (u64), and what `write` makes of them.
  private static func packing<Value>(
    _ values: [Value], _ present: Bitmap, _ encoding: ColumnEncoding, _ writing: ([Value], inout [UInt8]) -> Void
  ) -> [ColumnPart] {
    parts(present.count, encoding) { rows, bytes in
      write(present, rows, to: &bytes)
      let there = rows.filter { present[$0] }.map { values[$0] }
      bytes.append(word: there.count)
      writing(there, &bytes)
    }
  }

  private static func write(_ bitmap: Bitmap, _ rows: Range<Int>, to bytes: inout [UInt8]) {
    BitmapCoding.write(
      bitmap.words[rows.lowerBound / 64..<(rows.upperBound + 63) / 64], count: rows.count, to: &bytes)
  }

  private static func parts(
    _ count: Int, _ encoding: ColumnEncoding, _ write: (Range<Int>, inout [UInt8]) -> Void
  ) -> [ColumnPart] {
    ranges(count).map { rows in
      var bytes: [UInt8] = []
      write(rows, &bytes)
      return ColumnPart(encoding: encoding, count: rows.count, bytes: bytes)
    }
  }
}
