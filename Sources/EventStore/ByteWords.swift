/// Eight bytes from `offset` on as a little-endian number.
@inline(__always) func word(_ bytes: Span<UInt8>, at offset: Int) -> UInt64 {
  // SAFETY: bytes have no padding; the load itself checks that all eight lie inside; any bits are a valid UInt64.
  UInt64(littleEndian: unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
}

/// The low `count` bytes of a word set, at most eight.
@inline(__always) private func lowBytes(_ count: Int) -> UInt64 {
  count >= 8 ? .max : (1 << UInt64(truncatingIfNeeded: count &* 8)) &- 1
}

/// A value of up to 16 bytes as two words, zeros behind its end. With the length, equal only for equal values.
struct ShortKey: Sendable {
  static let most = 16

  var low: UInt64
  var high: UInt64

  /// Of the value at `start ..< start + count`, of which at most 16 bytes count.
  @inline(__always) init(_ bytes: Span<UInt8>, _ start: Int, _ count: Int) {
    if bytes.count - start >= 16 {
      low = word(bytes, at: start) & lowBytes(count)
      high = count > 8 ? word(bytes, at: start + 8) & lowBytes(count - 8) : 0
    } else {
      (low, high) = Self.words(bytes, start, count)
    }
  }

  /// The same near the end of `bytes`, where no whole words can be read.
  private static func words(_ bytes: Span<UInt8>, _ start: Int, _ count: Int) -> (UInt64, UInt64) {
    var (low, high): (UInt64, UInt64) = (0, 0)
    for index in 0..<min(8, count) { low |= UInt64(bytes[start + index]) << UInt64(8 * index) }
    for index in 8..<max(8, min(16, count)) { high |= UInt64(bytes[start + index]) << UInt64(8 * (index - 8)) }
    return (low, high)
  }

  @inline(__always) func hash(_ count: Int) -> UInt64 {
    folded(low ^ 0xA076_1D64_78BD_642F, high ^ UInt64(truncatingIfNeeded: count) ^ 0xE703_7ED1_A0B4_28DB)
  }
}

/// A hash of `value` that is the same on every machine and in every run: buckets on disk depend on it. Not meant to
/// withstand values made to collide.
///
/// Folded 64 × 64 → 128 bit multiplications over words of eight bytes, after Wang Yi's wyhash.
package func stableHash(_ value: Span<UInt8>) -> UInt64 {
  stableHash(value, 0, value.count)
}

/// The same of the value at `start ..< start + count` of `bytes`.
@inline(__always) func stableHash(_ bytes: Span<UInt8>, _ start: Int, _ count: Int) -> UInt64 {
  var hash = UInt64(truncatingIfNeeded: count) ^ 0xA076_1D64_78BD_642F
  var offset = 0
  while count - offset > 8 {
    hash = folded(hash ^ word(bytes, at: start + offset), 0xE703_7ED1_A0B4_28DB)
    offset += 8
  }
  let tail: UInt64
  if count >= 8 {
    // Overlaps what was read before, so that the tail needs no loop.
    tail = word(bytes, at: start + count - 8)
  } else {
    let key = ShortKey(bytes, start, count)
    // The first byte highest.
    tail = count == 0 ? 0 : key.low.byteSwapped >> UInt64(truncatingIfNeeded: 64 &- 8 &* count)
  }
  return folded(folded(hash ^ tail, 0x8EBC_6AF0_9C88_C6E3), 0x5899_65CC_7537_4CC3)
}

/// The halves of the product, exclusive-or'd.
@inline(__always) func folded(_ left: UInt64, _ right: UInt64) -> UInt64 {
  let product = left.multipliedFullWidth(by: right)
  return product.high ^ product.low
}

@inline(__always) func equal(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
  let count = left.count
  guard count == right.count else { return false }
  var offset = 0
  while count - offset >= 8 {
    if word(left, at: offset) != word(right, at: offset) { return false }
    offset += 8
  }
  while offset < count {
    if left[offset] != right[offset] { return false }
    offset += 1
  }
  return true
}

extension Array<UInt8> {
  package mutating func append(copying bytes: Span<UInt8>) {
    // SAFETY: the buffer is read within the closure only.
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}

/// A hash of a large block, the same on every machine: four lanes of folded multiplications side by side.
package func blockHash(_ bytes: Span<UInt8>) -> UInt64 {
  var (one, two, three, four): (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
  var offset = 0
  while bytes.count - offset >= 32 {
    one = folded(one ^ word(bytes, at: offset), 0xA076_1D64_78BD_642F)
    two = folded(two ^ word(bytes, at: offset &+ 8), 0xE703_7ED1_A0B4_28DB)
    three = folded(three ^ word(bytes, at: offset &+ 16), 0x8EBC_6AF0_9C88_C6E3)
    four = folded(four ^ word(bytes, at: offset &+ 24), 0x5899_65CC_7537_4CC3)
    offset &+= 32
  }
  let rest = stableHash(bytes, offset, bytes.count - offset)
  return stableHash(stableHash(stableHash(stableHash(one, two), three), four), rest)
}

/// A hash of two words, the same on every machine.
package func stableHash(_ one: UInt64, _ other: UInt64) -> UInt64 {
  folded(folded(one ^ 0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB) ^ other, 0x8EBC_6AF0_9C88_C6E3)
}
