/// Byte strings one after another in one arena, numbered from 0.
package struct ByteList: Sendable {
  private(set) var arena: [UInt8] = []
  /// Value i ends here.
  private var ends: [Int] = []

  package init() {}

  package var count: Int { ends.count }
  /// Bytes of memory it takes.
  var size: Int { arena.count + 8 * ends.count }

  @inline(__always) func range(of index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

  mutating func append(_ value: Span<UInt8>) {
    arena.append(copying: value)
    ends.append(arena.count)
  }

  /// The bytes of value `index` for as long as `body` runs.
  package func withBytes<Result>(of index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    body(arena.span.extracting(range(of: index)))
  }

  /// The value as text; what is no UTF-8 in it is replaced by U+FFFD.
  package func text(of index: Int) -> String {
    String(decoding: arena[range(of: index)], as: UTF8.self)
  }

  /// All values as text.
  package var texts: [String] { (0..<count).map { text(of: $0) } }

  /// Up to eight first bytes of value `index`, the first one highest, zeros behind a shorter one.
  func prefix(of index: Int) -> UInt64 {
    let range = range(of: index)
    return ShortKey(arena.span, range.lowerBound, range.count).low.byteSwapped
  }

  /// Whether value `left` comes before value `right` by bytes.
  func areInIncreasingOrder(_ left: Int, _ right: Int) -> Bool {
    arena[range(of: left)].lexicographicallyPrecedes(arena[range(of: right)])
  }
}
