import EventStore
import JourneyQuery

/// What one thread found: a record per unit, as parallel columns.
struct FunnelTally: FunnelSink {
  /// In `reached`, the unit is unfinished.
  static let unfinished: UInt64 = 1 << 63

  private let rules: ChainRules
  private let isDated: Bool
  private var groups: GroupReader?
  private var instants: [Int64] = []
  /// Rows of the report that were reached, as bits: the steps filled or, in any order, as many as were; and
  /// `unfinished`.
  private(set) var reached: [UInt64] = []
  /// For each unit in turn, for each row reached but the first: microseconds since the required one before it. Behind
  /// those of a completed path, the time from the first required event to the last.
  private(set) var times: [Int64] = []
  /// Instant of the chain's first event; empty without periods.
  private(set) var entered: [Int64] = []
  /// Node of the group keys; empty without a breakdown.
  private(set) var nodes: [Int32] = []

  /// `units` is how many there may be, more or less.
  init(_ query: FunnelQuery, _ rules: ChainRules, in schema: StoreSchema, units: Int) {
    self.rules = rules
    isDated = query.per != nil
    groups = query.breakdown.map { GroupReader($0, in: schema) }
    reached.reserveCapacity(units)
    times.reserveCapacity(2 * units)
  }

  var groupKeys: GroupKeys { groups?.keys ?? GroupKeys() }

  @inline(__always)
  mutating func take(_ unit: FunnelUnit, in block: JourneyBlock) {
    let rows = rules.isAnyOrder ? takeTimesInOrder(unit.chain, block) : takeTimes(unit.chain, block)
    reached.append(unit.isUnfinished ? rows | Self.unfinished : rows)
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
      times.append(elapsed(from: previous, to: instant))
      if !rules.isOptional[step] { previous = instant }
    }
    if chain.depth == rules.required { times.append(elapsed(from: start, to: previous)) }
    return rows
  }

  private mutating func takeTimesInOrder(_ chain: FoundChain, _ block: JourneyBlock) -> UInt64 {
    instants.removeAll(keepingCapacity: true)
    for row in chain.rows where row >= 0 { instants.append(block.instants[row]) }
    instants.sort()
    for (earlier, later) in zip(instants, instants.dropFirst()) { times.append(elapsed(from: earlier, to: later)) }
    if chain.depth == rules.required, let first = instants.first, let last = instants.last {
      times.append(elapsed(from: first, to: last))
    }
    return stepMask(0..<chain.depth)
  }
}
