/// Comments of a text: from each `#` outside of quotes to the end of its line.
package enum Comments {
  /// UTF-8 offsets, in order; a quote that is not closed ends with its line.
  package static func ranges(in text: String) -> [Range<Int>] {
    var (ranges, start): ([Range<Int>], Int?) = ([], nil)
    var (isQuoted, isEscaped) = (false, false)
    var length = 0
    for byte in text.utf8 {
      defer { length += 1 }
      if byte == UInt8(ascii: "\n") {
        if let start { ranges.append(start..<length) }
        (start, isQuoted, isEscaped) = (nil, false, false)
        continue
      }
      guard start == nil else { continue }
      if byte == UInt8(ascii: "#"), !isQuoted { start = length }
      if byte == UInt8(ascii: "\""), !isEscaped { isQuoted.toggle() }
      isEscaped = isQuoted && byte == UInt8(ascii: "\\") && !isEscaped
    }
    if let start { ranges.append(start..<length) }
    return ranges
  }
}
