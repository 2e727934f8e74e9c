import EventStore
import Foundation

/// How the values of a column lie in their BLOB. Integers and doubles are little-endian.
enum ColumnEncoding: String, CaseIterable, Sendable {
  case u8, u16, u32, i64, f64
  /// 64 bits to a word; the tail of the last word belongs to no row.
  case bits
  /// As `bits`, all words full; no bytes at all.
  case filled
  /// Each text as the length of its UTF-8 bytes (LEB128), then the bytes.
  case text
  /// Frame of reference: base (i64), unit (u64), width (u8), then for each value (value − base) / unit in `width` bytes, then 8 zero bytes.
  case packed
}

/// One row of `event_column`: up to `rows` values of a column.
struct ColumnPart {
  var encoding: ColumnEncoding
  /// Values (bits for a bitmap).
  var count: Int
  var data: Data

  /// Rows of a part: far below SQLite's limit of 1 GB for a BLOB, and a whole number of words of bits.
  static let rows = 1 << 21
  /// Bytes at which a part of texts ends.
  static let textBytes = 1 << 24
}

#if !_endian(little)
  #error("column BLOBs are copied as they lie in memory, which must be little-endian")
#endif

// MARK: - Making parts

extension ColumnPart {
  static func parts(_ codes: CodeColumn) -> [ColumnPart] {
    switch codes {
    case .narrow(let codes): raw(codes, .u8)
    case .medium(let codes): raw(codes, .u16)
    case .wide(let codes): raw(codes, .u32)
    }
  }

  static func parts(_ numbers: [Double]) -> [ColumnPart] { raw(numbers, .f64) }
  static func parts(_ offsets: [UInt32]) -> [ColumnPart] { raw(offsets, .u32) }

  static func parts(_ instants: [Int64]) -> [ColumnPart] {
    slices(instants).map { slice in packed(slice) ?? ColumnPart(encoding: .i64, count: slice.count, data: bytes(slice))
    }
  }

  static func parts(_ bitmap: Bitmap) -> [ColumnPart] {
    let words = slices(bitmap.words, of: rows / 64)
    return words.enumerated().map { index, words in
      let count = min(rows, bitmap.count - index * rows)
      let isFilled = words.allSatisfy { $0 == .max } && !words.isEmpty
      return ColumnPart(encoding: isFilled ? .filled : .bits, count: count, data: isFilled ? Data() : bytes(words))
    }
  }

  static func parts(_ texts: [String]) -> [ColumnPart] {
    var parts: [ColumnPart] = []
    var part = ColumnPart(encoding: .text, count: 0, data: Data())
    var bytes: [UInt8] = []
    for var text in texts {
      text.makeContiguousUTF8()
      var length = text.utf8.count
      repeat {
        bytes.append(UInt8(length & 0x7F) | (length > 0x7F ? 0x80 : 0))
        length >>= 7
      } while length > 0
      bytes.append(contentsOf: text.utf8)
      part.count += 1
      guard bytes.count >= textBytes else { continue }
      part.data = Data(bytes)
      parts.append(part)
      part.count = 0
      bytes.removeAll(keepingCapacity: true)
    }
    part.data = Data(bytes)
    if part.count > 0 || parts.isEmpty { parts.append(part) }
    return parts
  }

  private static func raw<Value: BitwiseCopyable>(_ values: [Value], _ encoding: ColumnEncoding) -> [ColumnPart] {
    slices(values).map { ColumnPart(encoding: encoding, count: $0.count, data: bytes($0)) }
  }

  /// At least one, so that an empty column is told from one that is not there.
  private static func slices<Value>(_ values: [Value], of length: Int = rows) -> [ArraySlice<Value>] {
    values.isEmpty
      ? [values[...]]
      : stride(from: 0, to: values.count, by: length).map { values[$0..<min($0 + length, values.count)] }
  }

  private static func bytes<Value: BitwiseCopyable>(_ values: ArraySlice<Value>) -> Data {
    // SAFETY: plain values are their bytes; `Data` copies them within the closure.
    unsafe values.withUnsafeBytes { unsafe Data($0) }
  }

  /// Nil where packing would not make it smaller.
  private static func packed(_ values: ArraySlice<Int64>) -> ColumnPart? {
    guard let base = values.min(), let last = values.max() else { return nil }
    let units: [UInt64] = [60_000_000, 1_000_000, 1_000]
    let unit =
      units.first { unit in values.allSatisfy { UInt64(bitPattern: $0 &- base) % unit == 0 } } ?? 1
    let largest = UInt64(bitPattern: last &- base) / unit
    let width = max(1, (UInt64.bitWidth - largest.leadingZeroBitCount + 7) / 8)
    guard width < 8 else { return nil }
    var data = Data(count: PackedHeader.size + values.count * width + 8)
    unsafe data.withUnsafeMutableBytes { buffer in
      // SAFETY: the header ends at byte 17; value i is stored at 17 + i · width in 8 bytes, of which what exceeds `width` is zero
      // and overwritten by the next; the last one ends within the 8 bytes that follow all values.
      unsafe buffer.storeBytes(of: base, toByteOffset: 0, as: Int64.self)
      unsafe buffer.storeBytes(of: unit, toByteOffset: 8, as: UInt64.self)
      unsafe buffer.storeBytes(of: UInt8(width), toByteOffset: 16, as: UInt8.self)
      var offset = PackedHeader.size
      for value in values {
        unsafe buffer.storeBytes(of: UInt64(bitPattern: value &- base) / unit, toByteOffset: offset, as: UInt64.self)
        offset += width
      }
    }
    return ColumnPart(encoding: .packed, count: values.count, data: data)
  }
}

// MARK: - Reading parts

extension ColumnPart {
  /// The values, or nil where the bytes are not `count` of them. Nothing is set aside before their number is known to fit the bytes.
  func codes() -> CodeColumn? {
    switch encoding {
    case .u8: values(UInt8.self).map { .narrow($0) }
    case .u16: values(UInt16.self).map { .medium($0) }
    case .u32: values(UInt32.self).map { .wide($0) }
    default: nil
    }
  }

  func offsets() -> [UInt32]? { encoding == .u32 ? values(UInt32.self) : nil }
  func numbers() -> [Double]? { encoding == .f64 ? values(Double.self) : nil }

  func instants() -> [Int64]? {
    switch encoding {
    case .i64: values(Int64.self)
    case .packed: unpacked()
    default: nil
    }
  }

  /// - Parameter rows: how many there must be; nothing else bounds a filled bitmap.
  func words(rows: Int) -> [UInt64]? {
    guard count == rows else { return nil }
    let wordCount = (count + 63) / 64
    switch encoding {
    case .filled: return Array(repeating: .max, count: wordCount)
    case .bits:
      let part = ColumnPart(encoding: .bits, count: wordCount, data: data)
      return part.values(UInt64.self)
    default: return nil
    }
  }

  func texts() -> [String]? {
    guard encoding == .text, count <= data.count else { return nil }
    // SAFETY: all reads are of `bytes[offset ..< offset + length]`, checked against its count before.
    return unsafe data.withUnsafeBytes { bytes in
      var texts: [String] = []
      texts.reserveCapacity(count)
      var offset = 0
      for _ in 0..<count {
        var (length, shift) = (0, 0)
        while true {
          guard offset < bytes.count, shift < 42 else { return nil }
          let byte = unsafe bytes[offset]
          offset += 1
          length |= Int(byte & 0x7F) << shift
          if byte < 0x80 { break }
          shift += 7
        }
        guard length <= bytes.count - offset else { return nil }
        unsafe texts.append(String(decoding: bytes[offset..<(offset + length)], as: UTF8.self))
        offset += length
      }
      return offset == bytes.count ? texts : nil
    }
  }

  private func values<Value: BitwiseCopyable>(_ type: Value.Type) -> [Value]? {
    let (size, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Value>.stride)
    guard !overflow, size == data.count else { return nil }
    // SAFETY: the buffer has room for `count` values, which are as many bytes as `data` has; any bytes are a value.
    return unsafe [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
      unsafe _ = data.copyBytes(to: UnsafeMutableRawBufferPointer(buffer))
      initialized = count
    }
  }

  private func unpacked() -> [Int64]? {
    // SAFETY: the header is read from 17 bytes that are there; value i is read as 8 bytes from 17 + i · width, which end within the
    // 8 that follow all values, as the size says.
    unsafe data.withUnsafeBytes { bytes in
      guard bytes.count >= PackedHeader.size + 8 else { return nil }
      let base = unsafe bytes.loadUnaligned(fromByteOffset: 0, as: Int64.self)
      let unit = unsafe bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
      let width = Int(unsafe bytes[16])
      let (size, overflow) = count.multipliedReportingOverflow(by: width)
      guard (1...7).contains(width), !overflow, size == bytes.count - PackedHeader.size - 8 else { return nil }
      let mask = UInt64.max >> UInt64(64 - 8 * width)
      return unsafe [Int64](unsafeUninitializedCapacity: count) { buffer, initialized in
        for index in 0..<count {
          let word = unsafe bytes.loadUnaligned(fromByteOffset: PackedHeader.size + index * width, as: UInt64.self)
          unsafe buffer[index] = base &+ Int64(bitPattern: (word & mask) &* unit)
        }
        initialized = count
      }
    }
  }
}

private enum PackedHeader {
  /// Base, unit and width.
  static let size = 17
}
