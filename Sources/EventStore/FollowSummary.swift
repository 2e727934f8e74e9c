/// Exact counts of which events follow each other in a bucket, made when it is saved; and about where the median of the
/// times between them lies, so that who wants it exactly needs few of the times.
public struct FollowSummary: Sendable, Hashable {
  public struct Pair: Sendable, Hashable {
    /// How often the second event comes right after the first, in one journey.
    public var times = 0
    public var customers = 0
    /// Microseconds: the bucket's median or that of a large sample, cut to ten digits of the binary number.
    public var middle: Int64 = 0
  }
  /// Journeys that start and end with an event.
  public struct Ends: Sendable, Hashable {
    public var starts = 0
    public var ends = 0
  }
  /// Event codes that there were when the bucket was saved.
  public let codes: Int
  private let pairs: [Pair]
  private let ends: [Ends]

  /// Bytes in memory.
  var bytes: Int { pairs.count * 24 + ends.count * 16 }

  public subscript(first: Int, second: Int) -> Pair {
    first < codes && second < codes ? pairs[first * codes + second] : Pair()
  }
  public subscript(code: Int) -> Ends { code < codes ? ends[code] : Ends() }

  /// Nil for more events than a table of all pairs has room for in a hundredth of that of the events.
  init?(_ bucket: Bucket, codes: Int) {
    guard codes <= 64, codes * codes <= max(64, bucket.eventCount / 128), case .narrow(let events) = bucket.events
    else {
      return nil
    }
    self.codes = codes
    let (offsets, instants) = (bucket.offsets, bucket.instants)
    (pairs, ends) = Self.counted(offsets.span, events.span, instants.span, codes)
  }

  private static func counted(
    _ offsets: Span<UInt32>, _ events: Span<UInt8>, _ instants: Span<Int64>, _ codes: Int
  ) -> (pairs: [Pair], ends: [Ends]) {
    var (pairs, ends) = ([Pair](repeating: Pair(), count: codes * codes), [Ends](repeating: Ends(), count: codes))
    count(offsets, events, codes, &pairs, &ends)
    for (pair, middle) in middles(offsets, events, instants, codes, pairs).enumerated() { pairs[pair].middle = middle }
    return (pairs, ends)
  }

  private static func count(
    _ offsets: Span<UInt32>, _ events: Span<UInt8>, _ codes: Int, _ pairs: inout [Pair], _ ends: inout [Ends]
  ) {
    /// Number of the customer counted last for each pair, from 1.
    var lasts = [Int32](repeating: 0, count: pairs.count)
    var last = lasts.mutableSpan
    var pairs = pairs.mutableSpan
    var ends = ends.mutableSpan
    for customer in 0..<offsets.count - 1 {
      let (first, end) = (Int(offsets[customer]), Int(offsets[customer + 1]))
      ends[Int(events[first])].starts += 1
      ends[Int(events[end - 1])].ends += 1
      let number = Int32(truncatingIfNeeded: customer + 1)
      for row in first + 1..<end {
        let pair = Int(events[row - 1]) &* codes &+ Int(events[row])
        pairs[pair].times &+= 1
        pairs[pair].customers &+= last[pair] == number ? 0 : 1
        last[pair] = number
      }
    }
  }

  /// The median of each pair's times, of a sample of about 2,000 where there are many.
  private static func middles(
    _ offsets: Span<UInt32>, _ events: Span<UInt8>, _ instants: Span<Int64>, _ codes: Int, _ pairs: [Pair]
  ) -> [Int64] {
    let strides = pairs.map { Int32(truncatingIfNeeded: max(1, $0.times / 2_000)) }
    var samples = [[Int64]](repeating: [], count: pairs.count)
    for row in sampled(offsets, events, codes, strides) {
      samples[Int(events[row - 1]) * codes + Int(events[row])].append(instants[row] &- instants[row - 1])
    }
    return samples.indices.map { pair in
      guard !samples[pair].isEmpty else { return 0 }
      return bins.start(of: bins.bin(select(samples[pair].count / 2, of: &samples[pair])))
    }
  }

  /// The rows of every so many-th second event of each pair.
  private static func sampled(
    _ offsets: Span<UInt32>, _ events: Span<UInt8>, _ codes: Int, _ strides: [Int32]
  ) -> [Int] {
    var (lefts, rows) = (strides, [Int]())
    let strides = strides.span
    var left = lefts.mutableSpan
    for customer in 0..<offsets.count - 1 {
      for row in Int(offsets[customer]) + 1..<Int(offsets[customer + 1]) {
        let pair = Int(events[row - 1]) &* codes &+ Int(events[row])
        left[pair] &-= 1
        if left[pair] == 0 {
          left[pair] = strides[pair]
          rows.append(row)
        }
      }
    }
    return rows
  }
}

extension FollowSummary {
  /// What medians are cut to.
  private static var bins: LogarithmicBins { LogarithmicBins(bits: 9) }

  /// As the numbers that are stored: of all pairs, first events by second ones, times, then times less customers, then bins of
  /// the medians; then starts and ends by code.
  var numbers: [UInt32] {
    let counts = pairs.map(\.times) + pairs.map { $0.times - $0.customers }
    let middles = pairs.map { $0.times == 0 ? 0 : Self.bins.bin($0.middle) }
    return (counts + middles + ends.map(\.starts) + ends.map(\.ends)).map { UInt32(truncatingIfNeeded: $0) }
  }

  /// Nil where the numbers are none of a summary of at most so many codes.
  init?(numbers: [UInt32], codes most: Int) {
    guard let codes = (0...min(most, 64)).first(where: { $0 * ($0 * 3 + 2) == numbers.count }) else { return nil }
    let (square, numbers) = (codes * codes, numbers.map(Int.init))
    self.codes = codes
    pairs = (0..<square).map { pair in
      Pair(
        times: numbers[pair], customers: max(0, numbers[pair] - numbers[square + pair]),
        middle: Self.bins.start(of: min(numbers[2 * square + pair], Self.bins.count - 1)))
    }
    ends = (0..<codes).map { Ends(starts: numbers[3 * square + $0], ends: numbers[3 * square + codes + $0]) }
  }
}
