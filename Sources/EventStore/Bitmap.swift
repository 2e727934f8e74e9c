/// A fixed number of bits.
public struct Bitmap: Sendable, Hashable {
  public private(set) var words: [UInt64]
  public let count: Int

  public init(repeating bit: Bool = false, count: Int) {
    self.count = count
    words = Array(repeating: bit ? .max : 0, count: (count + 63) / 64)
  }

  /// 64 bits to a word, the first in its lowest; nil unless `words` are as many as `count` bits need.
  public init?(words: [UInt64], count: Int) {
    guard count >= 0, words.count == (count + 63) / 64 else { return nil }
    self.words = words
    self.count = count
  }

  public subscript(index: Int) -> Bool {
    get { words[index >> 6] >> UInt64(index & 63) & 1 == 1 }
    set {
      let bit: UInt64 = 1 << UInt64(index & 63)
      if newValue { words[index >> 6] |= bit } else { words[index >> 6] &= ~bit }
    }
  }
}
