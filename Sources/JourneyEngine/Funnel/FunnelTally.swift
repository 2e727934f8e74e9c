import EventStore
import JourneyQuery

/// What one thread found: counts and times by row of the report and, where there are groups or periods, a record per
/// unit, as parallel columns.
struct FunnelTally: FunnelSink {
  /// In `reached`, the unit completed the path.
  static let complete: UInt64 = 1 << 63

  private let rules: ChainRules
  private let isCut: Bool
  private var groups: GroupReader?
  private var instants: [Int64] = []
  /// Units by row.
  private(set) var counts: [Int]
  private(set) var unfinishedCount = 0
  /// By row, in the order of units: microseconds since the required row before. The list behind those of the rows has
  /// the whole length of each complete chain.
  private(set) var gaps: [[Int64]]
  /// Instant of the chain's first event.
  private(set) var entered: [Int64] = []
  /// Rows of the report that were reached, as bits: the steps filled or, in any order, as many as were; and `complete`.
  private(set) var reached: [UInt64] = []
  private(set) var isUnfinished: [Bool] = []
  /// Node of the group keys; empty without a breakdown.
  private(set) var nodes: [Int32] = []

  init(_ query: FunnelQuery, _ rules: ChainRules, in schema: StoreSchema) {
    self.rules = rules
    groups = query.breakdown.map { GroupReader($0, in: schema) }
    isCut = groups != nil || query.per != nil
    counts = Array(repeating: 0, count: rules.steps)
    gaps = Array(repeating: [], count: rules.steps + 1)
  }

  var groupKeys: GroupKeys { groups?.keys ?? GroupKeys() }

  @inline(__always)
  mutating func take(_ unit: FunnelUnit, in block: JourneyBlock) {
    if unit.isUnfinished { unfinishedCount += 1 }
    let mask = rules.isAnyOrder ? takeGapsInTimeOrder(unit.chain, block) : takeGaps(unit.chain, block)
    guard isCut else { return }
    entered.append(block.instants[unit.chain.rows[0]])
    isUnfinished.append(unit.isUnfinished)
    reached.append(mask)
    if groups != nil, let node = groups?.group(at: unit.chain.rows, of: unit.customer, in: block.bucket) {
      nodes.append(Int32(truncatingIfNeeded: node))
    }
  }

  /// Returns the rows reached.
  @inline(__always)
  private mutating func takeGaps(_ chain: FoundChain, _ block: JourneyBlock) -> UInt64 {
    var mask: UInt64 = 1
    let start = block.instants[chain.rows[0]]
    var previous = start
    counts[0] += 1
    for step in 1..<max(1, rules.steps) {
      guard chain.rows[step] >= 0 else {
        if rules.optional == 0 { break }
        continue
      }
      mask |= 1 << UInt64(step)
      counts[step] += 1
      let instant = block.instants[chain.rows[step]]
      gaps[step].append(elapsed(from: previous, to: instant))
      if !rules.isOptional[step] { previous = instant }
    }
    guard chain.depth == rules.required else { return mask }
    gaps[rules.steps].append(elapsed(from: start, to: previous))
    return mask | Self.complete
  }

  private mutating func takeGapsInTimeOrder(_ chain: FoundChain, _ block: JourneyBlock) -> UInt64 {
    instants.removeAll(keepingCapacity: true)
    for row in chain.rows where row >= 0 { instants.append(block.instants[row]) }
    instants.sort()
    for (row, instant) in instants.enumerated() {
      counts[row] += 1
      if row > 0 { gaps[row].append(elapsed(from: instants[row - 1], to: instant)) }
    }
    let mask = stepMask(0..<chain.depth)
    guard chain.depth == rules.required, let first = instants.first, let last = instants.last else { return mask }
    gaps[rules.steps].append(elapsed(from: first, to: last))
    return mask | Self.complete
  }
}
