import EventStore
import Foundation

extension Span<UInt8> {
  /// Where the next line feed stands at or behind `start`.
  func firstLineBreak(from start: Int) -> Int? {
    guard start < count else { return nil }
    return unsafe withUnsafeBufferPointer { bytes in
      // SAFETY: the search is over the count − start bytes behind `start`.
      guard let base = bytes.baseAddress, let found = unsafe memchr(base + start, 0x0A, count - start) else {
        return nil
      }
      return unsafe UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base
    }
  }

  /// How many line feeds there are.
  func lineBreaks(_ range: Range<Int>) -> Int {
    var (count, place) = (0, range.lowerBound)
    let some = extracting(first: range.upperBound)
    while let lineBreak = some.firstLineBreak(from: place) {
      count += 1
      place = lineBreak + 1
    }
    return count
  }
}

extension String {
  /// The bytes as text; what is no UTF-8 in them is replaced by U+FFFD.
  init(_ bytes: Span<UInt8>) {
    var copy: [UInt8] = []
    copy.append(copying: bytes)
    self.init(decoding: copy, as: UTF8.self)
  }
}
