/// A column of dictionary codes whose values are looked up some at a time.
///
/// A lookup among many values waits for memory; within a batch these waits overlap. A load of 1 M rows with 52,630
/// customers took 0.60 s of one core with customers looked up one by one, 0.41 s in batches (65 MB, two shared cores,
/// November 2026).
struct BatchedCodes: Sendable {
  private static let batchSize = 64

  private(set) var values = ByteDictionary()
  /// Codes of the values that are looked up; `flush` looks the rest up.
  private(set) var codes: [UInt32] = []
  /// Values that wait, one after another; value i ends at `ends[i]`.
  private var waiting: [UInt8] = []
  private var ends: [Int] = []
  private var hashes: [UInt64] = []
  /// Keeps the loads that bring memory near from being optimised away.
  private var touched: UInt64 = 0

  mutating func append(_ value: Span<UInt8>) {
    for index in value.indices { waiting.append(value[index]) }
    ends.append(waiting.count)
    hashes.append(stableHash(value))
    if ends.count == Self.batchSize { flush() }
  }

  mutating func flush() {
    // Three loops, so that each has independent loads: the table, the values there, the comparison.
    for hash in hashes { touched &+= values.firstEntry(of: hash) }
    for hash in hashes { touched &+= values.firstByte(of: hash) }
    var (bytes, start): ([UInt8], Int) = ([], 0)
    swap(&bytes, &waiting)
    for (end, hash) in zip(ends, hashes) {
      codes.append(UInt32(values.code(of: bytes.span.extracting(start..<end), hash: hash)))
      start = end
    }
    bytes.removeAll(keepingCapacity: true)
    swap(&bytes, &waiting)
    ends.removeAll(keepingCapacity: true)
    hashes.removeAll(keepingCapacity: true)
  }

  /// Adds the rows of `later` behind these.
  mutating func absorb(_ later: BatchedCodes) {
    var later = later
    flush()
    later.flush()
    let codeOf = values.absorb(later.values)
    codes.reserveCapacity(codes.count + later.codes.count)
    for code in later.codes { codes.append(codeOf[Int(code)]) }
  }
}
