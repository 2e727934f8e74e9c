import CColumnCoding

/// Unsigned integers in the least room of three forms. The first byte is the number of bits that a value has in memory, the
/// second says the form:
///
/// - 0, fixed: the bits of a value (u8), then blocks of 1024 values (`column_coding.h`);
/// - 1, bytes: four lengths (u8), two bits a value that choose one, the values' bytes, 8 zero bytes;
/// - 2, runs: their number (u64), their values, their lengths less one, both in these forms.
enum IntegerCoding {
  typealias Value = FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable

  private static let (fixed, bytes, runs): (UInt8, UInt8, UInt8) = (0, 1, 2)
  private static let block = 1024

  // MARK: Writing

  static func write<Number: Value>(_ values: ArraySlice<Number>, to target: inout [UInt8], runs mayBeRuns: Bool = true)
  {
    var (largest, changes, last) = (Number(0), 0, values.first ?? 0)
    for value in values {
      largest |= value
      changes += value == last ? 0 : 1
      last = value
    }
    let width = Number.bitWidth - largest.leadingZeroBitCount
    let size = (values.count + block - 1) / block * 128 * width
    target.append(UInt8(Number.bitWidth))
    // A run takes its value and, by and large, ten bits.
    if mayBeRuns, !values.isEmpty, (changes + 1) * (width + 10) / 8 + 64 < size * 7 / 8 {
      writeRuns(values, count: changes + 1, to: &target)
      return
    }
    if Number.bitWidth > 16 || values.count < block {
      let words = values.map { UInt64($0) }
      let best = ByteLengths.best(for: words)
      if best.size < size {
        target.append(bytes)
        ByteLengths.write(words, best.lengths, to: &target)
        return
      }
    }
    writeFixed(values, width, to: &target)
  }

  private static func writeRuns<Number: Value>(_ values: ArraySlice<Number>, count: Int, to target: inout [UInt8]) {
    var numbers: [Number] = []
    var lengths: [UInt32] = []
    numbers.reserveCapacity(count)
    lengths.reserveCapacity(count)
    for value in values {
      if let last = numbers.last, last == value {
        lengths[lengths.count - 1] += 1
      } else {
        numbers.append(value)
        lengths.append(0)
      }
    }
    target.append(runs)
    target.append(word: count)
    write(numbers[...], to: &target, runs: false)
    write(lengths[...], to: &target, runs: false)
  }

  private static func writeFixed<Number: Value>(_ values: ArraySlice<Number>, _ width: Int, to target: inout [UInt8]) {
    target.append(fixed)
    target.append(UInt8(width))
    let (start, blocks) = (target.count, (values.count + block - 1) / block)
    target.append(contentsOf: repeatElement(0, count: blocks * 128 * width))
    var tail = [Number](repeating: 0, count: block)
    for (index, value) in values.suffix(values.count % block).enumerated() { tail[index] = value }
    let lane = UInt32(Number.bitWidth)
    // SAFETY: a whole block of 1024 values is read, from `values` or from `tail`; 128 · width bytes are written for each, which is
    // what was appended.
    unsafe target.withUnsafeMutableBytes { bytes in
      unsafe values.withUnsafeBytes { values in
        unsafe tail.withUnsafeBytes { tail in
          for number in 0..<blocks {
            let at = number * block * MemoryLayout<Number>.stride
            let isWhole = at + block * MemoryLayout<Number>.stride <= values.count
            guard let source = unsafe isWhole ? values.baseAddress?.advanced(by: at) : tail.baseAddress,
              let target = bytes.baseAddress
            else { return }
            unsafe column_pack_block(lane, UInt32(width), source, target + start + number * 128 * width)
          }
        }
      }
    }
  }

  // MARK: Reading

  /// Exactly `count` values, which are at most those of a part; nil where the bytes are not as they should be.
  static func read<Number: Value>(_ reader: inout ByteReader, count: Int, as: Number.Type = Number.self) -> [Number]? {
    guard (0...ColumnPart.rows).contains(count), reader.byte().map(Int.init) == Number.bitWidth else { return nil }
    switch reader.byte() {
    case fixed: return readFixed(&reader, count)
    case bytes: return ByteLengths.read(&reader, count: count)
    case runs: return readRuns(&reader, count)
    default: return nil
    }
  }

  private static func readFixed<Number: Value>(_ reader: inout ByteReader, _ count: Int) -> [Number]? {
    guard let width = reader.byte().map(Int.init), width <= Number.bitWidth,
      let range = reader.skip((count + block - 1) / block * 128 * width)
    else { return nil }
    let (whole, rest) = count.quotientAndRemainder(dividingBy: block)
    let lane = UInt32(Number.bitWidth)
    var tail = [Number](repeating: 0, count: block)
    // SAFETY: block i is read from 128 · width bytes of `range`, which has so many for each; whole blocks are written to the 1024
    // values of their own, the last one to `tail`, of which `rest` are copied.
    return unsafe [Number](unsafeUninitializedCapacity: count) { values, initialized in
      unsafe reader.bytes.withUnsafeBytes { bytes in
        guard let source = unsafe bytes.baseAddress?.advanced(by: range.lowerBound) else { return }
        for number in 0..<whole {
          guard let target = values.baseAddress else { return }
          unsafe column_unpack_block(lane, UInt32(width), source + number * 128 * width, target + number * block)
        }
        unsafe tail.withUnsafeMutableBytes { tail in
          guard rest > 0, let target = tail.baseAddress else { return }
          unsafe column_unpack_block(lane, UInt32(width), source + whole * 128 * width, target)
        }
      }
      for index in 0..<rest { unsafe values[whole * block + index] = tail[index] }
      initialized = count
    }
  }

  private static func readRuns<Number: Value>(_ reader: inout ByteReader, _ count: Int) -> [Number]? {
    guard let runs = reader.count(atMost: count), let numbers: [Number] = read(&reader, count: runs),
      let lengths: [UInt32] = read(&reader, count: runs),
      lengths.reduce(runs, { $0 + Int($1) }) == count
    else { return nil }
    // SAFETY: the lengths add up to `count`, so every row is written once, and none beyond.
    return unsafe [Number](unsafeUninitializedCapacity: count) { values, initialized in
      var row = 0
      for run in 0..<runs {
        let (number, end) = (numbers[run], row + Int(lengths[run]) + 1)
        while row < end {
          unsafe values[row] = number
          row += 1
        }
      }
      initialized = count
    }
  }
}
