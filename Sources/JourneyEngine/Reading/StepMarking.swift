import CByteScan
import EventStore

// Matching as bitmaps: 64 events at a time, plane i for step i.
extension StepMatcher {
  /// Sets the bit of every event of `rows`, a part of `bitmaps.rows` that begins a multiple of 64 rows behind its
  /// start, in the plane of every step it matches. `events` are the bucket's codes.
  func mark(_ rows: Range<Int>, of bucket: Bucket, _ events: CodeColumn, in bitmaps: inout RowBitmaps) {
    switch events {
    case .narrow(let codes):
      if self.codes.allSatisfy({ $0.count <= 4 }) {
        markByCode(rows, codes, &bitmaps)
      } else {
        markByTable(rows, codes, &bitmaps)
      }
      markByCondition(rows, of: bucket, codes, &bitmaps)
    case .medium(let codes):
      markByTable(rows, codes, &bitmaps)
      markByCondition(rows, of: bucket, codes, &bitmaps)
    case .wide(let codes):
      markByTable(rows, codes, &bitmaps)
      markByCondition(rows, of: bucket, codes, &bitmaps)
    }
  }

  /// Compares 64 codes at once with each of the few that a step matches.
  private func markByCode(_ rows: Range<Int>, _ events: [UInt8], _ bitmaps: inout RowBitmaps) {
    let few = codes.map { $0.map { UInt8(truncatingIfNeeded: $0) } }
    forEachGroup(of: rows, in: bitmaps) { group, index in
      unsafe withBytes(of: events, group) { bytes in
        for (step, codes) in few.enumerated() where !codes.isEmpty {
          bitmaps[step, word: index] |= unsafe Self.scan(bytes, for: codes) & Self.low(group.count)
        }
      }
    }
  }

  // SAFETY: the scans read 64 bytes, which `withBytes` provides.
  @inline(__always)
  private static func scan(_ bytes: UnsafePointer<UInt8>, for codes: [UInt8]) -> UInt64 {
    switch codes.count {
    case 1: unsafe byte_scan_1(bytes, codes[0])
    case 2: unsafe byte_scan_2(bytes, codes[0], codes[1])
    case 3: unsafe byte_scan_3(bytes, codes[0], codes[1], codes[2])
    default: unsafe byte_scan_4(bytes, codes[0], codes[1], codes[2], codes[3])
    }
  }

  /// Looks up for each event, as the bits of a byte, which of eight steps it matches, then takes the bytes apart.
  private func markByTable<Code: FixedWidthInteger>(
    _ rows: Range<Int>, _ events: [Code], _ bitmaps: inout RowBitmaps
  ) {
    for first in stride(from: 0, to: codes.count, by: 8) {
      let table = certain.map { UInt8(truncatingIfNeeded: $0 >> UInt64(first)) }
      guard table.contains(where: { $0 != 0 }) else { continue }
      var steps = [UInt8](repeating: 0, count: 64)
      forEachGroup(of: rows, in: bitmaps) { group, index in
        for row in group { steps[row - group.lowerBound] = table[Int(events[row])] }
        // SAFETY: the scan reads 64 bytes, as many as `steps` has.
        unsafe steps.withUnsafeBufferPointer { bytes in
          guard let bytes = bytes.baseAddress else { return }
          for step in first..<min(first + 8, codes.count) {
            bitmaps[step, word: index] |= unsafe byte_scan_bit(bytes, Int32(step - first)) & Self.low(group.count)
          }
        }
      }
    }
  }

  /// Evaluates conditions on the events that have the name.
  private func markByCondition(
    _ rows: Range<Int>, of bucket: Bucket, _ events: [some FixedWidthInteger], _ bitmaps: inout RowBitmaps
  ) {
    var truths: [UInt8] = []
    for pattern in conditional {
      let named = pattern.event.map { event in rows.filter { Int(events[$0]) == event } } ?? Array(rows)
      pattern.condition.evaluate(named, of: bucket, into: &truths)
      for (index, row) in named.enumerated() where truths[index] == Truth.yes { bitmaps[pattern.step, row] = true }
    }
  }

  /// Gives `body` up to 64 rows at a time and the index of their word.
  @inline(__always)
  private func forEachGroup(of rows: Range<Int>, in bitmaps: RowBitmaps, _ body: (Range<Int>, Int) -> Void) {
    let origin = bitmaps.rows.lowerBound
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: 64) {
      body(start..<min(start + 64, rows.upperBound), (start - origin) / 64)
    }
  }

  /// Gives `body` 64 readable bytes, of which the first are the codes of `group`.
  @inline(__always)
  private func withBytes(of events: [UInt8], _ group: Range<Int>, _ body: (UnsafePointer<UInt8>) -> Void) {
    if group.lowerBound + 64 <= events.count {
      // SAFETY: 64 elements from `lowerBound` on lie inside the array.
      unsafe events.withUnsafeBufferPointer { codes in
        if let first = codes.baseAddress { unsafe body(first + group.lowerBound) }
      }
    } else {
      let padded = Array(events[group]) + Array(repeating: 0, count: 64 - group.count)
      // SAFETY: `padded` has 64 elements.
      unsafe padded.withUnsafeBufferPointer { codes in
        if let first = codes.baseAddress { unsafe body(first) }
      }
    }
  }

  /// A mask of the `count` lowest bits, 1 to 64.
  @inline(__always) private static func low(_ count: Int) -> UInt64 { .max &>> UInt64(64 - count) }
}
