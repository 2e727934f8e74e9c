import CColumnCoding

/// Integers of one of four lengths each (`column_coding.h`): the lengths (4 × u8, increasing), two bits a value, the values'
/// bytes, 8 zero bytes.
enum ByteLengths {
  /// The four lengths that take the least room, and how much that is.
  static func best(for values: [UInt64]) -> (lengths: [UInt8], size: Int) {
    var histogram = [Int](repeating: 0, count: 9)
    // SAFETY: as many values are read as there are; nine numbers are written.
    unsafe values.withUnsafeBufferPointer { values in
      unsafe histogram.withUnsafeMutableBufferPointer { histogram in
        unsafe column_byte_lengths(values.baseAddress, values.count, histogram.baseAddress)
      }
    }
    let longest = histogram.lastIndex { $0 > 0 } ?? 0
    var best: (lengths: [UInt8], size: Int) = ([0, 0, 0, UInt8(longest)], .max)
    for first in 0...longest {
      for second in first...longest {
        for third in second...longest {
          let lengths = [first, second, third, longest]
          let size = histogram.indices.reduce(0) { sum, length in
            sum + histogram[length] * (lengths.first { $0 >= length } ?? longest)
          }
          if size < best.size { best = (lengths.map { UInt8($0) }, size) }
        }
      }
    }
    return (best.lengths, best.size + (values.count + 3) / 4 + 12)
  }

  /// - Parameter lengths: what `best` gave for these values.
  static func write(_ values: [UInt64], _ lengths: [UInt8], to target: inout [UInt8]) {
    target.append(contentsOf: lengths)
    let (start, controls) = (target.count, (values.count + 3) / 4)
    target.append(contentsOf: repeatElement(0, count: controls + values.count * Int(lengths.last ?? 0) + 8))
    var written = 0
    // SAFETY: there is room for the control bytes and for all values in the greatest length, and 8 bytes more.
    unsafe target.withUnsafeMutableBufferPointer { bytes in
      guard let target = unsafe bytes.baseAddress.map({ unsafe $0 + start }) else { return }
      unsafe values.withUnsafeBufferPointer { values in
        written = unsafe column_write_bytes(values.baseAddress, values.count, lengths, target, target + controls)
        unsafe (target + controls + written).update(repeating: 0, count: 8)
      }
    }
    target.removeLast(target.count - start - controls - written - 8)
  }

  /// What stands before the values, checked against the bytes there are.
  struct Head {
    let lengths: [UInt8]
    /// Where the control bytes begin, and the values.
    let controls: Int
    let data: Int

    init?(_ reader: inout ByteReader, count: Int) {
      guard let lengths = reader.skip(4).map({ Array(reader.bytes[$0]) }), lengths.allSatisfy({ $0 <= 8 }),
        let controls = reader.skip((count + 3) / 4)
      else { return nil }
      self.lengths = lengths
      (self.controls, data) = (controls.lowerBound, controls.upperBound)
      // SAFETY: there are as many control bytes as the count needs.
      let size = unsafe reader.bytes.withUnsafeBufferPointer { bytes in
        unsafe column_sum_bytes(bytes.baseAddress.map { unsafe $0 + controls.lowerBound }, count, lengths)
      }
      guard reader.skip(size) != nil, reader.skip(8) != nil else { return nil }
    }
  }

  /// Nil too where a value is too large for its type.
  static func read<Number: IntegerCoding.Value>(_ reader: inout ByteReader, count: Int) -> [Number]? {
    guard let head = Head(&reader, count: count) else { return nil }
    // SAFETY: `Head` has seen that there are as many bytes as the control bytes say, and 8 more; there is room for `count`.
    let words = unsafe [UInt64](unsafeUninitializedCapacity: count) { values, initialized in
      unsafe reader.bytes.withUnsafeBufferPointer { bytes in
        guard let start = bytes.baseAddress, let target = values.baseAddress else { return }
        unsafe _ = column_read_bytes(start + head.controls, start + head.data, count, head.lengths, target)
      }
      initialized = count
    }
    if let words = words as? [Number] { return words }
    guard words.reduce(0, |) <= UInt64(Number.max) else { return nil }
    return words.map { Number(truncatingIfNeeded: $0) }
  }
}
