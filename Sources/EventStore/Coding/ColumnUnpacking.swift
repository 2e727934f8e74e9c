/// Why a column cannot be read.
package struct ColumnFault: Error, Hashable, Sendable {
  package var reason: String
  /// Not a damage: the store was saved anew meanwhile, by another process.
  package var isReplaced = false
  package init(_ reason: String) { self.reason = reason }

  package static let replaced: ColumnFault = {
    var fault = ColumnFault("another process saved these events anew")
    fault.isReplaced = true
    return fault
  }()

  static let malformed = ColumnFault("its bytes are not as they were written")
  static func count(_ found: Int, of expected: Int) -> ColumnFault {
    ColumnFault("\(found) values where \(expected) belong")
  }
}

/// The parts of a column as values again; `rows` is how many there must be. Whatever the bytes are, the values are as a bucket
/// needs them, or a `ColumnFault` is thrown.
extension [ColumnPart] {
  /// - Parameter limit: codes are below it.
  func codes(rows: Int, limit: Int) throws(ColumnFault) -> CodeColumn {
    let parts = try map { part throws(ColumnFault) in try part.codes(limit: limit) }
    let joined =
      parts.count == 1 ? parts[0] : CodeColumn(parts.flatMap { part in (0..<part.count).map { UInt32(part[$0]) } })
    guard joined.count == rows else { throw .count(joined.count, of: rows) }
    return joined
  }

  func integers<Number: IntegerCoding.Value>(rows: Int) throws(ColumnFault) -> [Number] {
    try joined(rows) { part in
      part.encoding == .integers ? part.read { IntegerCoding.read(&$0, count: part.count) } : nil
    }
  }

  /// Offsets of runs that cover `rows` rows, none of them empty.
  func offsets(runs: Int, rows: Int) throws(ColumnFault) -> [UInt32] {
    if first?.encoding == .u32 {
      let offsets: [UInt32] = try joined(runs + 1) { $0.encoding == .u32 ? $0.plain(UInt32.self) : nil }
      guard offsets.first == 0, offsets.last.map(Int.init) == rows, zip(offsets, offsets.dropFirst()).allSatisfy(<)
      else { throw ColumnFault("it does not cut the events into customers") }
      return offsets
    }
    var (offsets, next): ([UInt32], Int) = (try integers(rows: runs), 0)
    for index in offsets.indices {
      let count = Int(offsets[index]) + 1
      guard next <= rows - count else { throw ColumnFault("it does not cut the events into customers") }
      offsets[index] = UInt32(next)
      next += count
    }
    guard next == rows else { throw ColumnFault("it does not cut the events into customers") }
    offsets.append(UInt32(rows))
    return offsets
  }

  func instants(rows: Int) throws(ColumnFault) -> [Int64] {
    try joined(rows) { part in
      switch part.encoding {
      case .instants: part.read { InstantCoding.read(&$0, count: part.count) }
      case .i64: part.plain(Int64.self)
      case .packed: part.plainPacked()
      default: nil
      }
    }
  }

  package func texts(count: Int) throws(ColumnFault) -> [String] {
    try joined(count) { part in
      part.encoding == .text ? part.plainTexts() : part.read { TextCoding.read(&$0, count: part.count) }
    }
  }

  func orders(rows: Int) throws(ColumnFault) -> [Double] {
    if first?.encoding == .f64 { return try joined(rows) { $0.encoding == .f64 ? $0.plain(Double.self) : nil } }
    return try sparse(rows: rows, missing: .nan, .numbers) { NumberCoding.read(&$0, count: $1) }.values
  }

  /// - Parameters:
  ///   - limit: codes of a text are below it.
  ///   - present: of format 1, where which rows have a value stands in a column of its own.
  func property(
    _ kind: Property.Kind, rows: Int, limit: Int, present: [ColumnPart]?
  ) throws(ColumnFault) -> PropertyColumn {
    if kind == .text { return .text(try codes(rows: rows, limit: limit)) }
    if let present {
      let bits = try present.bitmap(rows: rows)
      switch kind {
      case .number: return .number(try orders(rows: rows), present: bits)
      case .truth: return .truth(try bitmap(rows: rows), present: bits)
      default: return .time(try instants(rows: rows), present: bits)
      }
    }
    switch kind {
    case .number:
      let (values, present) = try sparse(rows: rows, missing: Double.nan, .numbers) {
        NumberCoding.read(&$0, count: $1)
      }
      return .number(values, present: present)
    case .time:
      let (values, present) = try sparse(rows: rows, missing: Int64(0), .instants) {
        InstantCoding.read(&$0, count: $1)
      }
      return .time(values, present: present)
    default: return try truths(rows: rows)
    }
  }

  /// A bit for every row.
  func bits(rows: Int) throws(ColumnFault) -> Bitmap {
    try bitmap(rows: rows) { part in
      part.encoding == .bitmap ? part.read { BitmapCoding.read(&$0, count: part.count) } : nil
    }
  }

  // MARK: Joining

  private func joined<Value>(_ count: Int, _ read: (ColumnPart) -> [Value]?) throws(ColumnFault) -> [Value] {
    var values: [Value] = []
    for part in self {
      guard let more = read(part), more.count == part.count else { throw .malformed }
      if values.isEmpty { values = more } else { values.append(contentsOf: more) }
    }
    guard values.count == count else { throw .count(values.count, of: count) }
    return values
  }

  private func bitmap(
    rows: Int, _ read: (ColumnPart) -> [UInt64]? = { $0.plainBits() }
  ) throws(ColumnFault) -> Bitmap {
    var (words, left): ([UInt64], Int) = ([], rows)
    for part in self {
      guard part.count == Swift.min(left, ColumnPart.rows), let more = read(part) else { throw .malformed }
      words.append(contentsOf: more)
      left -= part.count
    }
    guard left == 0, let bitmap = Bitmap(words: words, count: rows) else { throw .count(rows - left, of: rows) }
    return bitmap
  }

  private func truths(rows: Int) throws(ColumnFault) -> PropertyColumn {
    var (present, bits, left): ([UInt64], [UInt64], Int) = ([], [], rows)
    for part in self {
      var reader = ByteReader(part.bytes)
      guard part.encoding == .bitmap, part.count == Swift.min(left, ColumnPart.rows),
        let there = BitmapCoding.read(&reader, count: part.count),
        let true_ = BitmapCoding.read(&reader, count: part.count), reader.isAtEnd
      else { throw .malformed }
      present.append(contentsOf: there)
      bits.append(contentsOf: true_)
      left -= part.count
    }
    guard left == 0, let there = Bitmap(words: present, count: rows), let set = Bitmap(words: bits, count: rows) else {
      throw .count(rows - left, of: rows)
    }
    return .truth(set, present: there)
  }

  /// Values of the rows that have one, and `missing` for the others.
  private func sparse<Value>(
    rows: Int, missing: Value, _ encoding: ColumnEncoding, _ read: (inout ByteReader, Int) -> [Value]?
  ) throws(ColumnFault) -> (values: [Value], present: Bitmap) {
    var (values, words, left) = ([Value](repeating: missing, count: rows), [UInt64](), rows)
    for part in self {
      var reader = ByteReader(part.bytes)
      guard part.encoding == encoding, part.count == Swift.min(left, ColumnPart.rows),
        let bits = BitmapCoding.read(&reader, count: part.count),
        let count = reader.count(atMost: part.count), let there = read(&reader, count), reader.isAtEnd,
        bits.reduce(0, { $0 + $1.nonzeroBitCount }) == count
      else { throw .malformed }
      let start = rows - left
      var next = 0
      for (index, word) in bits.enumerated() {
        var word = word
        while word != 0 {
          let row = index * 64 + word.trailingZeroBitCount
          guard row < part.count else { throw .malformed }
          values[start + row] = there[next]
          next += 1
          word &= word - 1
        }
      }
      words.append(contentsOf: bits)
      left -= part.count
    }
    guard left == 0, let present = Bitmap(words: words, count: rows) else { throw .count(rows - left, of: rows) }
    return (values, present)
  }
}

extension ColumnPart {
  /// What `body` reads, if that is all there is.
  fileprivate func read<Value>(_ body: (inout ByteReader) -> Value?) -> Value? {
    var reader = ByteReader(bytes)
    guard let value = body(&reader), reader.isAtEnd else { return nil }
    return value
  }

  /// Codes below `limit`, in the width that they were packed from.
  fileprivate func codes(limit: Int) throws(ColumnFault) -> CodeColumn {
    let codes: CodeColumn? =
      switch (encoding, bytes.first) {
      case (.integers, 8): read { IntegerCoding.read(&$0, count: count) }.map { .narrow($0) }
      case (.integers, 16): read { IntegerCoding.read(&$0, count: count) }.map { .medium($0) }
      case (.integers, 32): read { IntegerCoding.read(&$0, count: count) }.map { .wide($0) }
      case (.u8, _): plain(UInt8.self).map { .narrow($0) }
      case (.u16, _): plain(UInt16.self).map { .medium($0) }
      case (.u32, _): plain(UInt32.self).map { .wide($0) }
      default: nil
      }
    guard let codes else { throw .malformed }
    guard codes.largest.map({ $0 < limit }) ?? true else { throw ColumnFault("a code without a name") }
    return codes
  }

  fileprivate func plainBits() -> [UInt64]? {
    let words = (count + 63) / 64
    return switch encoding {
    case .filled: Array(repeating: .max, count: words)
    case .bits: plain(UInt64.self, count: words)
    default: nil
    }
  }
}
