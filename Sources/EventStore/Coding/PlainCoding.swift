/// The columns of format 1, which are read and no longer written. Each is nil where the bytes are not `count` values.
extension ColumnPart {
  func plain<Value: BitwiseCopyable>(_ type: Value.Type, count: Int? = nil) -> [Value]? {
    let count = count ?? self.count
    let (size, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Value>.stride)
    guard !overflow, size == bytes.count else { return nil }
    // SAFETY: the buffer has room for `count` values, which are as many bytes as there are; any bytes are a value.
    return unsafe [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
      unsafe UnsafeMutableRawBufferPointer(buffer).copyBytes(from: bytes)
      initialized = count
    }
  }

  /// Base (i64), unit (u64), width (u8), then for each value (value − base) / unit in `width` bytes, then 8 zero bytes.
  func plainPacked() -> [Int64]? {
    var reader = ByteReader(bytes)
    guard let base = reader.word(), let unit = reader.word(), let width = reader.byte().map(Int.init),
      (1...7).contains(width)
    else { return nil }
    let (size, overflow) = count.multipliedReportingOverflow(by: width)
    guard !overflow, size == reader.left - 8 else { return nil }
    return (0..<count).map { index in
      let start = reader.offset + index * width
      let steps = bytes[start..<start + width].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return Int64(bitPattern: base &+ steps &* unit)
    }
  }

  /// Each text as the length of its UTF-8 bytes (LEB128), then the bytes.
  func plainTexts() -> [String]? {
    guard count <= bytes.count else { return nil }
    var (texts, reader): ([String], ByteReader) = ([], ByteReader(bytes))
    texts.reserveCapacity(count)
    for _ in 0..<count {
      var (length, shift) = (0, 0)
      while true {
        guard shift < 42, let byte = reader.byte() else { return nil }
        length |= Int(byte & 0x7F) << shift
        if byte < 0x80 { break }
        shift += 7
      }
      guard let range = reader.skip(length) else { return nil }
      texts.append(String(decoding: bytes[range], as: UTF8.self))
    }
    return reader.isAtEnd ? texts : nil
  }
}
