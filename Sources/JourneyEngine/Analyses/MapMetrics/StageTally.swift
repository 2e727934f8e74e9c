/// Where people join a map, leave it, and pass stages by.
struct StageTally: Sendable {
  /// What is counted here is all but who was seen, who left, and what came after.
  private(set) var stages: [MapMetricsPartial.Stage]
  /// Everyone at some stage.
  private(set) var onMap = 0
  /// Furthest stage of each person of the last block; −1 for those who are at none.
  private(set) var furthest: [Int] = []

  /// At most 64 stages.
  init(count: Int) { stages = Array(repeating: MapMetricsPartial.Stage(), count: count) }

  var count: Int { stages.count }

  /// - Parameters:
  ///   - met: by person, the steps of all events, of which the first are the stages.
  ///   - mask: the bits of the stages.
  mutating func read(_ met: [UInt64], _ mask: UInt64) {
    furthest.removeAll(keepingCapacity: true)
    for steps in met {
      let seen = steps & mask
      furthest.append(63 - seen.leadingZeroBitCount)
      guard seen != 0 else { continue }
      onMap += 1
      stages[seen.trailingZeroBitCount].joined += 1
      // From the earliest to the furthest, without those between where they were.
      let between = (UInt64.max << UInt64(seen.trailingZeroBitCount)) & (UInt64.max >> UInt64(seen.leadingZeroBitCount))
      forEachBit(of: between & ~seen) { stages[$0].passed += 1 }
    }
  }
}
