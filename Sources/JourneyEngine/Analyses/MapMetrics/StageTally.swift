/// Where people join a map, leave it, and pass stages by.
struct StageTally: Sendable {
  let count: Int
  /// Everyone at some stage.
  var onMap: Int { joined.reduce(0, +) }
  /// By stage.
  private(set) var joined: [Int]
  private(set) var passed: [Int]
  /// Furthest stage of each person of the last block; −1 for those who are at none.
  private(set) var furthest: [Int] = []
  /// What they passed by, bit by stage.
  private var passes: [UInt64] = []

  /// At most 64 stages.
  init(count: Int) {
    self.count = count
    joined = Array(repeating: 0, count: count)
    passed = joined
  }

  /// - Parameter met: by person, the steps of all events, of which the first are the stages.
  mutating func read(_ met: [UInt64]) {
    furthest = Array(repeating: 0, count: met.count)
    passes = Array(repeating: 0, count: met.count)
    Self.read(met.span, count == 64 ? .max : (1 << UInt64(count)) - 1, &joined, &furthest, &passes)
    countBits(of: passes, into: &passed)
  }

  private static func read(
    _ met: Span<UInt64>, _ mask: UInt64, _ joined: inout [Int], _ furthest: inout [Int], _ passes: inout [UInt64]
  ) {
    var joined = joined.mutableSpan
    var furthest = furthest.mutableSpan
    var passes = passes.mutableSpan
    for person in met.indices {
      let seen = met[person] & mask
      furthest[person] = 63 &- seen.leadingZeroBitCount
      guard seen != 0 else { continue }
      joined[seen.trailingZeroBitCount] &+= 1
      // From the earliest to the furthest, without those between where they were.
      let between = (UInt64.max &<< UInt64(seen.trailingZeroBitCount)) & (.max &>> UInt64(seen.leadingZeroBitCount))
      passes[person] = between & ~seen
    }
  }
}
