/// Cuts delimited text into rows and cells (RFC 4180, and what is found beside it): any one-byte delimiter; LF, CRLF or
/// CR; quotes around a cell, doubled inside; line breaks in quotes. Blanks around a cell do not belong to it unless
/// quoted. A quote inside an unquoted cell is a character like others.
struct DelimitedScanner: Sendable {
  let delimiter: UInt8
  /// Whether blanks around a cell belong to it.
  var keepsBlanks = false

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// Scans the row that begins at `start` into `row`. Returns the start of the next one, or nil if `bytes` ends before
  /// the row does and
  /// `isLast` does not say that the file ends there too, or if it ends within quotes.
  func scan(_ bytes: Span<UInt8>, from start: Int, isLast: Bool, into row: inout DelimitedRow) -> Int? {
    row.removeAll()
    var offset = start
    while true {
      var first = offset
      while first < bytes.count, isBlank(bytes[first]) { first += 1 }
      if first < bytes.count, bytes[first] == Self.quote {
        guard let end = scanQuoted(bytes, from: first + 1, isLast: isLast, into: &row) else { return nil }
        offset = end
      } else {
        offset = endOfCell(bytes, from: first)
        var last = offset
        while last > first, isBlank(bytes[last - 1]) { last -= 1 }
        row.add(.init(start: first, end: last, isUnescaped: false))
      }
      guard offset < bytes.count else { return isLast ? offset : nil }
      if bytes[offset] == delimiter {
        offset += 1
        continue
      }
      row.isTerminated = true
      return endOfLine(bytes, at: offset, isLast: isLast, &row)
    }
  }

  @inline(__always) private func isBlank(_ byte: UInt8) -> Bool {
    !keepsBlanks && (byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") && delimiter != byte)
  }

  /// The offset behind the line break at `offset`; nil for a carriage return whose line feed may still follow.
  private func endOfLine(_ bytes: Span<UInt8>, at offset: Int, isLast: Bool, _ row: inout DelimitedRow) -> Int? {
    row.lineBreaks += 1
    guard bytes[offset] == Self.carriageReturn else { return offset + 1 }
    if offset + 1 == bytes.count { return isLast ? offset + 1 : nil }
    return bytes[offset + 1] == Self.lineFeed ? offset + 2 : offset + 1
  }

  /// The next delimiter or line break at or behind `start`, or the end of `bytes`.
  @inline(__always) private func endOfCell(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var offset = start
    let pattern = UInt64(delimiter) &* Self.everyByte
    while bytes.count - offset >= 8 {
      // SAFETY: bytes have no padding; the load itself checks its eight bytes; any bits are a valid UInt64.
      let word = UInt64(littleEndian: unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
      let hits =
        Self.zeroBytes(word ^ pattern) | Self.zeroBytes(word ^ Self.lineFeeds) | Self.zeroBytes(word ^ Self.returns)
      if hits != 0 { return offset + hits.trailingZeroBitCount / 8 }
      offset += 8
    }
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == delimiter || byte == Self.lineFeed || byte == Self.carriageReturn { break }
      offset += 1
    }
    return offset
  }

  private static let everyByte: UInt64 = 0x0101_0101_0101_0101
  private static let lineFeeds: UInt64 = 0x0A0A_0A0A_0A0A_0A0A
  private static let returns: UInt64 = 0x0D0D_0D0D_0D0D_0D0D

  /// The high bit of the lowest zero byte is the lowest bit set; none is if no byte is zero (Mycroft 1987).
  @inline(__always) private static func zeroBytes(_ word: UInt64) -> UInt64 {
    (word &- everyByte) & ~word & 0x8080_8080_8080_8080
  }

  /// Scans a quoted cell whose content begins at `start`; returns the offset of the delimiter or line break behind it.
  private func scanQuoted(_ bytes: Span<UInt8>, from start: Int, isLast: Bool, into row: inout DelimitedRow) -> Int? {
    row.hasQuotes = true
    row.quoteLine = row.lineBreaks
    let scratchStart = row.scratch.count
    var (pieceStart, offset, isUnescaped) = (start, start, false)
    while true {
      guard offset < bytes.count else { return nil }
      let byte = bytes[offset]
      if byte == Self.lineFeed {
        row.lineBreaks += 1
      } else if byte == Self.carriageReturn {
        guard offset + 1 < bytes.count else { return nil }
        if bytes[offset + 1] != Self.lineFeed { row.lineBreaks += 1 }
      } else if byte == Self.quote {
        guard offset + 1 < bytes.count || isLast else { return nil }
        guard offset + 1 < bytes.count, bytes[offset + 1] == Self.quote else { break }
        isUnescaped = true
        offset += 1
        row.scratch.append(copying: bytes.extracting(pieceStart..<offset))
        pieceStart = offset + 1
      }
      offset += 1
    }
    if isUnescaped {
      row.scratch.append(copying: bytes.extracting(pieceStart..<offset))
      row.add(.init(start: scratchStart, end: row.scratch.count, isUnescaped: true))
    } else {
      row.add(.init(start: start, end: offset, isUnescaped: false))
    }
    let end = endOfCell(bytes, from: offset + 1)
    for index in offset + 1..<end where !isBlank(bytes[index]) { row.isMalformed = true }
    return end
  }
}
