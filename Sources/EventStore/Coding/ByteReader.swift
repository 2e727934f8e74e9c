/// Takes bytes from the front; nil where there are too few.
struct ByteReader {
  let bytes: [UInt8]
  private(set) var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var left: Int { bytes.count - offset }
  var isAtEnd: Bool { offset == bytes.count }

  mutating func byte() -> UInt8? {
    guard left > 0 else { return nil }
    offset += 1
    return bytes[offset - 1]
  }

  mutating func word() -> UInt64? {
    guard let range = skip(8) else { return nil }
    return bytes[range].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// A word that is a number of things, each of which takes a byte at least, or nothing is there to count.
  mutating func count(atMost limit: Int) -> Int? {
    guard let word = word(), word <= UInt64(limit) else { return nil }
    return Int(word)
  }

  /// Where the next `count` bytes are.
  mutating func skip(_ count: Int) -> Range<Int>? {
    guard count >= 0, count <= left else { return nil }
    offset += count
    return offset - count..<offset
  }
}

extension [UInt8] {
  mutating func append(word: some FixedWidthInteger) {
    let word = UInt64(truncatingIfNeeded: word)
    for shift in 0..<8 { append(UInt8(truncatingIfNeeded: word >> UInt64(8 * shift))) }
  }
}
