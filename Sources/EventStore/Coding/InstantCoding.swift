import CColumnCoding

/// Instants in the order of their rows: the first one's unit, then how far each is from the one before.
///
/// base (u64, the earliest), unit (u64: a minute, a second or a thousandth, if all distances from the base are whole ones, or 1),
/// the greatest quotient (u64), then (quotient − the one before) modulo 2^bits as `ByteLengths`, where the quotient is
/// (instant − base) / unit and bits are what the greatest one needs. So a step back, from one customer to the next, takes no
/// more than a step forward of any length, and reading is one running sum.
enum InstantCoding {
  private static let units: [UInt64] = [60_000_000, 1_000_000, 1_000, 1]

  static func write(_ instants: ArraySlice<Int64>, to target: inout [UInt8]) {
    let (base, last) = (instants.min() ?? 0, instants.max() ?? 0)
    var (unit, steps) = (UInt64(1), [UInt64](repeating: 0, count: instants.count))
    // SAFETY: as many quotients are written, and differences made, as there are instants.
    unsafe instants.withUnsafeBufferPointer { instants in
      unsafe steps.withUnsafeMutableBufferPointer { steps in
        unit =
          units.first { unit in
            unsafe column_divide(instants.baseAddress, instants.count, base, unit, steps.baseAddress) != 0
          } ?? 1
        let largest = (UInt64(bitPattern: last) &- UInt64(bitPattern: base)) / unit
        unsafe column_differences(steps.baseAddress, steps.count, mask(upTo: largest))
      }
    }
    target.append(word: base)
    target.append(word: unit)
    target.append(word: (UInt64(bitPattern: last) &- UInt64(bitPattern: base)) / unit)
    ByteLengths.write(steps, ByteLengths.best(for: steps).lengths, to: &target)
  }

  /// Exactly `count`, at most those of a part; nil where the bytes are not as they should be.
  static func read(_ reader: inout ByteReader, count: Int) -> [Int64]? {
    guard (0...ColumnPart.rows).contains(count), let base = reader.word(), let unit = reader.word(), unit > 0,
      let largest = reader.word()
    else { return nil }
    let (length, overflow) = largest.multipliedReportingOverflow(by: unit)
    let base64 = Int64(bitPattern: base)
    guard !overflow, length <= UInt64(bitPattern: .max &- base64), let head = ByteLengths.Head(&reader, count: count)
    else { return nil }
    var isOver = false
    // SAFETY: `Head` has seen that there are as many bytes as the control bytes say, and 8 more; there is room for `count`.
    let instants = unsafe [Int64](unsafeUninitializedCapacity: count) { instants, initialized in
      unsafe reader.bytes.withUnsafeBufferPointer { bytes in
        guard let start = bytes.baseAddress, let target = instants.baseAddress else { return }
        isOver =
          unsafe column_read_instants(
            start + head.controls, start + head.data, count, head.lengths, base64, unit, mask(upTo: largest), largest,
            target) != 0
      }
      initialized = count
    }
    return isOver ? nil : instants
  }

  private static func mask(upTo largest: UInt64) -> UInt64 {
    largest == 0 ? 0 : .max >> UInt64(largest.leadingZeroBitCount)
  }
}
