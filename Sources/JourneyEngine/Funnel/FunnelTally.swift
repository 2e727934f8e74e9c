import EventStore
import JourneyQuery

/// What one thread found: times by row and, where there are groups or periods, a record per unit, as parallel columns.
struct FunnelTally: FunnelSink {
  /// In `reached`: the unit is unfinished.
  static let unfinishedBit: UInt64 = 1 << 63

  private let rules: ChainRules
  private let isDated: Bool
  private let isCut: Bool
  private var groups: GroupReader?
  private var instants: [Int64] = []
  private(set) var units = 0
  private(set) var unfinished = 0
  /// By row, for each unit in turn that reached it: microseconds since the required row before; none for row 0. Behind
  /// those of the rows stand the times of completed paths, from the first required event to the last.
  private(set) var times: [[Int64]]
  /// Rows of the report that were reached, as bits: the steps filled or, in any order, as many as were; and
  /// `unfinishedBit`. Empty without groups and periods.
  private(set) var reached: [UInt64] = []
  /// Instant of the chain's first event; empty without periods.
  private(set) var entered: [Int64] = []
  /// Node of the group keys; empty without a breakdown.
  private(set) var nodes: [Int32] = []

  init(_ query: FunnelQuery, _ rules: ChainRules, in schema: StoreSchema) {
    self.rules = rules
    isDated = query.per != nil
    groups = query.breakdown.map { GroupReader($0, in: schema) }
    isCut = isDated || groups != nil
    times = Array(repeating: [], count: rules.steps + 1)
  }

  var groupKeys: GroupKeys { groups?.keys ?? GroupKeys() }

  @inline(__always)
  mutating func take(_ unit: FunnelUnit, in block: JourneyBlock) {
    let rows = rules.isAnyOrder ? takeTimesInOrder(unit.chain, block) : takeTimes(unit.chain, block)
    units += 1
    if unit.isUnfinished { unfinished += 1 }
    guard isCut else { return }
    reached.append(unit.isUnfinished ? rows | Self.unfinishedBit : rows)
    if isDated { entered.append(block.instants[unit.chain.rows[0]]) }
    if groups != nil, let node = groups?.group(at: unit.chain.rows, of: unit.customer, in: block.bucket) {
      nodes.append(Int32(truncatingIfNeeded: node))
    }
  }

  /// Returns the rows reached.
  @inline(__always)
  private mutating func takeTimes(_ chain: FoundChain, _ block: JourneyBlock) -> UInt64 {
    var rows: UInt64 = 1
    let start = block.instants[chain.rows[0]]
    var previous = start
    for step in 1..<max(1, rules.steps) {
      guard chain.rows[step] >= 0 else {
        if rules.optional == 0 { break }
        continue
      }
      rows |= 1 &<< UInt64(step)
      let instant = block.instants[chain.rows[step]]
      times[step].append(elapsed(from: previous, to: instant))
      if !rules.isOptional[step] { previous = instant }
    }
    if chain.depth == rules.required { times[rules.steps].append(elapsed(from: start, to: previous)) }
    return rows
  }

  private mutating func takeTimesInOrder(_ chain: FoundChain, _ block: JourneyBlock) -> UInt64 {
    instants.removeAll(keepingCapacity: true)
    for row in chain.rows where row >= 0 { instants.append(block.instants[row]) }
    instants.sort()
    for row in 1..<max(1, instants.count) {
      times[row].append(elapsed(from: instants[row - 1], to: instants[row]))
    }
    if chain.depth == rules.required, let first = instants.first, let last = instants.last {
      times[rules.steps].append(elapsed(from: first, to: last))
    }
    return stepMask(0..<chain.depth)
  }
}
