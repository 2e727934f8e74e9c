@inline(__always)
func forEachBit(of word: UInt64, _ body: (Int) -> Void) {
  var rest = word
  while rest != 0 {
    body(rest.trailingZeroBitCount)
    rest &= rest - 1
  }
}

/// Adds to each of `counts` how many of some words have its bit. Nobody foresees which bits a word has, so all are counted, eight side by
/// side, as long as a byte has room.
func countBits(of words: [UInt64], into counts: inout [Int]) {
  let words = words.span
  for first in stride(from: 0, to: words.count, by: 255) {
    for shift in 0..<min(8, counts.count) {
      var lanes: UInt64 = 0
      for index in first..<min(first + 255, words.count) {
        lanes &+= words[index] &>> UInt64(shift) & 0x0101_0101_0101_0101
      }
      for bit in stride(from: shift, to: counts.count, by: 8) {
        counts[bit] += Int(lanes >> UInt64(bit - shift) & 0xFF)
      }
    }
  }
}
