/// Texts: for each the number of bytes it shares with the one before (as `IntegerCoding` of u32), then of each the number of
/// bytes that follow (the same), then all these bytes (front coding: Witten, Moffat and Bell, Managing Gigabytes, 4.1).
enum TextCoding {
  static func write(_ texts: ArraySlice<String>, to target: inout [UInt8]) {
    var (shared, rest, bytes): ([UInt32], [UInt32], [UInt8]) = ([], [], [])
    shared.reserveCapacity(texts.count)
    rest.reserveCapacity(texts.count)
    var before: [UInt8] = []
    for text in texts {
      var text = text
      text.withUTF8 { utf8 in
        var same = 0
        let limit = min(utf8.count, before.count)
        while same < limit, unsafe utf8[same] == before[same] { same += 1 }
        shared.append(UInt32(same))
        rest.append(UInt32(utf8.count - same))
        // SAFETY: `same` is at most the count of the text's bytes.
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[same...]))
        before.removeLast(before.count - same)
        unsafe before.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[same...]))
      }
    }
    IntegerCoding.write(shared[...], to: &target)
    IntegerCoding.write(rest[...], to: &target)
    target.append(contentsOf: bytes)
  }

  /// Exactly `count`; nil where the bytes are not as they should be, or tell of more text than a part can have.
  static func read(_ reader: inout ByteReader, count: Int) -> [String]? {
    guard count <= ColumnPart.rows, let shared: [UInt32] = IntegerCoding.read(&reader, count: count),
      let rest: [UInt32] = IntegerCoding.read(&reader, count: count)
    else { return nil }
    var (longest, length, size) = (0, 0, 0)
    for index in 0..<count {
      guard Int(shared[index]) <= length, size < ColumnPart.textBytes else { return nil }
      length = Int(shared[index]) + Int(rest[index])
      (longest, size) = (max(longest, length), size + length)
    }
    // Before there is room for the longest: its bytes must be there.
    guard let bytes = reader.skip(rest.reduce(0) { $0 + Int($1) }) else { return nil }
    var (texts, text, next): ([String], [UInt8], Int) = ([], Array(repeating: 0, count: longest), bytes.lowerBound)
    texts.reserveCapacity(count)
    // SAFETY: no text is longer than the longest, shares more than the one before has, or takes bytes beyond `bytes`, which are as
    // many as all take; seen above.
    unsafe text.withUnsafeMutableBufferPointer { text in
      unsafe reader.bytes.withUnsafeBufferPointer { bytes in
        for index in 0..<count {
          let (same, more) = (Int(shared[index]), Int(rest[index]))
          if more > 0, let target = text.baseAddress, let source = bytes.baseAddress {
            unsafe (target + same).update(from: source + next, count: more)
          }
          next += more
          texts.append(unsafe String(decoding: UnsafeBufferPointer(rebasing: text[..<(same + more)]), as: UTF8.self))
        }
      }
    }
    return texts
  }

  /// Where parts of about `ColumnPart.textBytes` begin and end.
  static func ranges(_ texts: [String]) -> [Range<Int>] {
    var (ranges, start, size): ([Range<Int>], Int, Int) = ([], 0, 0)
    for (index, text) in texts.enumerated() {
      size += text.utf8.count
      guard size >= ColumnPart.textBytes || index + 1 - start == ColumnPart.rows else { continue }
      ranges.append(start..<index + 1)
      (start, size) = (index + 1, 0)
    }
    if start < texts.count || ranges.isEmpty { ranges.append(start..<texts.count) }
    return ranges
  }
}
