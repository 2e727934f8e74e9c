/// Bits: first a byte that says how.
///
/// - 0, words: 64 bits each, the first in the lowest; the tail of the last belongs to no row.
/// - 1, edges: the number of rows whose bit differs from the one before (the first's from 0) as u64, then their distances, the
///   first from row 0, each other less one, as `IntegerCoding`.
enum BitmapCoding {
  static func write(_ words: ArraySlice<UInt64>, count: Int, to target: inout [UInt8]) {
    var (edges, before): ([UInt32], UInt64) = ([], 0)
    var next = 0
    let most = words.count * 2
    for (index, word) in words.enumerated() {
      // Bit i is set where row i differs from the one before.
      var changes = word ^ (word << 1 | before)
      before = word >> 63
      while changes != 0, edges.count < most {
        let row = index * 64 + changes.trailingZeroBitCount
        changes &= changes - 1
        guard row < count else { break }
        edges.append(UInt32(row - next))
        next = row + 1
      }
    }
    guard edges.count < most || words.isEmpty else {
      target.append(0)
      for word in words { target.append(word: word) }
      return
    }
    target.append(1)
    target.append(word: edges.count)
    IntegerCoding.write(edges[...], to: &target)
  }

  /// The words of `count` bits, at most those of a part.
  static func read(_ reader: inout ByteReader, count: Int) -> [UInt64]? {
    guard (0...ColumnPart.rows).contains(count) else { return nil }
    let wordCount = (count + 63) / 64
    switch reader.byte() {
    case 0:
      guard wordCount * 8 <= reader.left else { return nil }
      return (0..<wordCount).compactMap { _ in reader.word() }
    case 1:
      guard let edges = reader.count(atMost: count),
        let distances: [UInt32] = IntegerCoding.read(&reader, count: edges)
      else { return nil }
      return words(distances, count)
    default: return nil
    }
  }

  private static func words(_ distances: [UInt32], _ count: Int) -> [UInt64]? {
    var words = [UInt64](repeating: 0, count: (count + 63) / 64)
    var (next, start): (Int, Int?) = (0, nil)
    for distance in distances {
      let row = next + Int(distance)
      guard row < count else { return nil }
      if let first = start {
        fill(first..<row, of: &words)
        start = nil
      } else {
        start = row
      }
      next = row + 1
    }
    if let start { fill(start..<count, of: &words) }
    return words
  }

  private static func fill(_ rows: Range<Int>, of words: inout [UInt64]) {
    var row = rows.lowerBound
    while row < rows.upperBound {
      let end = min(rows.upperBound, (row | 63) + 1)
      words[row >> 6] |= (UInt64.max >> UInt64(64 - (end - row))) << UInt64(row & 63)
      row = end
    }
  }
}
