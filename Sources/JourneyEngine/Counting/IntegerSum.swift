/// A sum of integers in 128 bits, which no store has events enough to exceed.
struct IntegerSum: Sendable {
  private(set) var value: Int128 = 0

  mutating func add(_ integer: Int64) { value += Int128(integer) }
  mutating func add(_ other: IntegerSum) { value += other.value }
}

extension IntegerSum: Codable {
  /// As two halves, the high one first: few formats know of 128 bits.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(Int64(truncatingIfNeeded: value >> 64))
    try container.encode(UInt64(truncatingIfNeeded: value))
  }

  init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    let high = try container.decode(Int64.self)
    value = Int128(high) << 64 | Int128(try container.decode(UInt64.self))
  }
}
