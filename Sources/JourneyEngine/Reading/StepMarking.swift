import CByteScan
import EventStore

// Matching as bitmaps: 64 events at a time, plane i for step i.
extension StepMatcher {
  /// Sets the bit of every event of `rows`, a part of `bitmaps.rows` that begins a multiple of 64 rows behind its
  /// start, in the plane of every step it matches. `events` are the bucket's codes.
  func mark(_ rows: Range<Int>, of bucket: Bucket, _ events: CodeColumn, in bitmaps: inout RowBitmaps) {
    switch events {
    case .narrow(let codes):
      // A look-up for eight steps costs as much as some 24 comparisons.
      if self.codes.reduce(0, { $0 + $1.count }) <= 24 * ((self.codes.count + 7) / 8) {
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

  /// Compares 64 codes at once with each that a step matches.
  private func markByCode(_ rows: Range<Int>, _ events: [UInt8], _ bitmaps: inout RowBitmaps) {
    // As `byte_scan_sets` has them.
    let sets = codes.flatMap { $0.flatMap { Array(repeating: UInt8(truncatingIfNeeded: $0), count: 16) } }
    guard !sets.isEmpty, !rows.isEmpty else { return }
    var ends: [UInt32] = []
    for codes in codes { ends.append((ends.last ?? 0) + UInt32(truncatingIfNeeded: codes.count)) }
    let (planes, groups) = (bitmaps.planes, rows.count / 64)
    let rest = Array(events[(rows.lowerBound + 64 * groups)..<rows.upperBound])
    let tail = rest + Array(repeating: 0, count: 64 - rest.count)
    // SAFETY: the scan reads 64 bytes a group, which the rows have, and then those of `tail`; it writes as many words as there are steps, at
    // most as many as there are planes, into each group of them, of which there is one for every 64 rows and for the rest.
    unsafe bitmaps.withWords(from: (rows.lowerBound - bitmaps.rows.lowerBound) / 64) { words in
      unsafe events.withUnsafeBufferPointer { events in
        guard let first = events.baseAddress, let words = words.baseAddress else { return }
        let steps = Int32(truncatingIfNeeded: ends.count)
        for group in 0..<groups {
          unsafe byte_scan_sets(
            first + rows.lowerBound + 64 * group, sets, ends, steps, .max, words + group * planes)
        }
        if !rest.isEmpty {
          unsafe byte_scan_sets(tail, sets, ends, steps, Self.low(rest.count), words + groups * planes)
        }
      }
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

  /// A mask of the `count` lowest bits, 1 to 64.
  @inline(__always) private static func low(_ count: Int) -> UInt64 { .max &>> UInt64(64 - count) }
}
