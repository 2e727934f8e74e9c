import EventStore

/// The times between events that one thread keeps to find medians: of each pair of event codes those in a bracket, and how
/// many are below it. Everything else is known from the buckets' summaries.
struct FlowLengths: Sendable {
  private let codes: Int
  /// First codes by second ones.
  private let brackets: [(least: Int64, width: UInt64)]
  /// Two counts for each bracket, of even rows and of odd ones: a count that was just written is slow to be read again.
  private var counts: [Int32]
  /// Parallel to the brackets: times in microseconds within them, in no order.
  private(set) var lengths: [[Int64]]
  /// Scratch space: what is kept of a block, and of which cell it is.
  private var keptLengths: [Int64] = []
  private var keptCells: [Int32] = []

  init(_ brackets: [Bracket], codes: Int) {
    self.codes = codes
    self.brackets = brackets.map { ($0.least, $0.width) }
    counts = Array(repeating: 0, count: 2 * brackets.count)
    lengths = brackets.map { _ in [] }
  }

  /// How many times are below the bracket of a pair.
  func below(_ cell: Int) -> Int { Int(counts[2 * cell]) + Int(counts[2 * cell + 1]) }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    guard case .narrow(let events) = bucket.events, brackets.count == codes * codes else { return }
    let offsets = bucket.offsets
    let room = Int(offsets[block.upperBound] - offsets[block.lowerBound]) + 1
    if keptLengths.count < room {
      keptLengths = Array(repeating: 0, count: room)
      keptCells = Array(repeating: 0, count: room)
    }
    let kept = Self.read(
      block, offsets.span, events.span, bucket.instants.span, codes, brackets, &counts, &keptLengths, &keptCells)
    for index in 0..<kept { lengths[Int(keptCells[index])].append(keptLengths[index]) }
  }

  private static func read(
    _ block: Range<Int>, _ offsets: Span<UInt32>, _ events: Span<UInt8>, _ instants: Span<Int64>, _ codes: Int,
    _ brackets: [(least: Int64, width: UInt64)], _ counts: inout [Int32], _ keptLengths: inout [Int64],
    _ keptCells: inout [Int32]
  ) -> Int {
    let brackets = brackets.span
    var counts = counts.mutableSpan
    var keptLengths = keptLengths.mutableSpan
    var keptCells = keptCells.mutableSpan
    var next = 0
    for customer in block {
      let first = Int(offsets[customer])
      var (event, instant) = (Int(events[first]), instants[first])
      for row in first + 1..<Int(offsets[customer + 1]) {
        // SAFETY: `row` is one of the block, of which `offsets` has seen that they lie in the columns, and codes are below
        // `codes`, so that `cell` is below its square; there are as many brackets, twice as many counts, and room for
        // one kept time a row.
        let code = unsafe Int(events[unchecked: row])
        let cell = event &* codes &+ code
        let length = unsafe instants[unchecked: row] &- instant
        unsafe (event, instant) = (code, instants[unchecked: row])
        let distance = unsafe UInt64(bitPattern: length &- brackets[unchecked: cell].least)
        let width = unsafe brackets[unchecked: cell].width
        // Bits in place of branches, which would often be predicted wrongly.
        let isAbove = (width &- distance | distance) &>> 63
        unsafe counts[unchecked: cell &<< 1 | row & 1] &+= Int32(truncatingIfNeeded: distance &>> 63)
        unsafe keptLengths[unchecked: next] = length
        unsafe keptCells[unchecked: next] = Int32(truncatingIfNeeded: cell)
        next &+= 1 &- Int(truncatingIfNeeded: isAbove)
      }
    }
    return next
  }
}

extension Bracket {
  /// Around the median of values in several groups, of which the medians are known roughly. The median of all lies between
  /// the least and the greatest of these and, if the groups are alike, well within their middle half.
  init(aroundMediansOf groups: [FollowSummary.Pair]) {
    let groups = groups.filter { $0.times > 0 }
    guard groups.count >= 16, groups.reduce(0, { $0 + $1.times }) >= 4096 else {
      // Of times, which are not negative, all.
      self.init(least: 0, most: .max)
      return
    }
    let middles = groups.map(\.middle).sorted()
    // What is known of a median may be too little by one in 512.
    let most = middles[middles.count * 3 / 4]
    self.init(least: middles[middles.count / 4], most: most.addingHeld(most / 512 + 1))
  }
}
