/// A fixed number of bits.
public struct Bitmap: Sendable, Hashable {
  public private(set) var words: [UInt64]
  public let count: Int

  public init(repeating bit: Bool = false, count: Int) {
    self.count = count
    words = Array(repeating: bit ? .max : 0, count: (count + 63) / 64)
    clearTail()
  }

  /// 64 bits to a word, the first in its lowest; nil unless `words` are as many as `count` bits need.
  public init?(words: [UInt64], count: Int) {
    guard count >= 0, words.count == (count + 63) / 64 else { return nil }
    self.words = words
    self.count = count
    clearTail()
  }

  /// Bits of the last word that belong to no row are 0, so that equal bitmaps have equal words.
  private mutating func clearTail() {
    if count & 63 != 0 { words[words.count - 1] &= (1 << UInt64(count & 63)) - 1 }
  }

  public subscript(index: Int) -> Bool {
    @inlinable get { words[index >> 6] >> UInt64(index & 63) & 1 == 1 }
    set {
      let bit: UInt64 = 1 << UInt64(index & 63)
      if newValue { words[index >> 6] |= bit } else { words[index >> 6] &= ~bit }
    }
  }

  /// Sets all bits of a range.
  mutating func set(_ range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound {
      // As far as the word goes.
      let length = min(range.upperBound - index, 64 - (index & 63))
      words[index >> 6] |= (UInt64.max >> UInt64(64 - length)) << UInt64(index & 63)
      index += length
    }
  }

  /// 64 bits from any one on; those behind the last are 0.
  @inline(__always)
  package func word(from index: Int) -> UInt64 {
    let (place, shift) = (index &>> 6, UInt64(index & 63))
    // Shifted by one less and then by one, as no bit of the second word is wanted where `shift` is 0.
    let next = place &+ 1 < words.count ? (words[place &+ 1] &<< 1) &<< (63 &- shift) : 0
    return words[place] &>> shift | next
  }

  /// The first bit of `range` that is set.
  package func first(in range: Range<Int>) -> Int? {
    var index = range.lowerBound
    while index < range.upperBound {
      let bits = word(from: index)
      if bits != 0 {
        let found = index + bits.trailingZeroBitCount
        return found < range.upperBound ? found : nil
      }
      index += 64
    }
    return nil
  }

  /// Sets the bits from `start` on that are set in `rows` of `bits`.
  mutating func copy(_ bits: Bitmap, _ rows: Range<Int>, to start: Int) {
    var (row, target) = (rows.lowerBound, start)
    while row < rows.upperBound {
      // As far as neither word ends.
      let length = min(rows.upperBound - row, 64 - (row & 63), 64 - (target & 63))
      let mask = UInt64.max >> UInt64(64 - length)
      words[target >> 6] |= (bits.words[row >> 6] >> UInt64(row & 63) & mask) << UInt64(target & 63)
      row += length
      target += length
    }
  }
}
