import EventStore
import JourneyQuery

/// What one thread found: a record per unit, as parallel columns. Parts are merged by putting them behind each other.
struct FunnelTally: FunnelSink {
  private let rules: ChainRules
  private var groups: GroupReader?
  private var instants: [Int64] = []
  /// Instant of the chain's first event.
  private(set) var entered: [Int64] = []
  /// Rows of the report that were reached, as bits: the steps filled or, in any order, as many as were.
  private(set) var reached: [UInt64] = []
  private(set) var isUnfinished: [Bool] = []
  /// Group of the unit; empty without a breakdown.
  private(set) var group: [Int] = []
  /// For each unit in turn, for each row reached but the first: microseconds since the required one before it.
  private(set) var gaps: [Int64] = []

  init(_ query: FunnelQuery, _ rules: ChainRules, in schema: StoreSchema) {
    self.rules = rules
    groups = query.breakdown.map { GroupReader($0, in: schema) }
  }

  var groupKeys: GroupKeys { groups?.keys ?? GroupKeys() }

  mutating func take(_ unit: FunnelUnit, of customer: Int, in bucket: Bucket) {
    let chain = unit.chain
    entered.append(bucket.instants[chain.rows[0]])
    isUnfinished.append(unit.isUnfinished)
    if rules.isAnyOrder {
      reached.append(stepMask(0..<chain.depth))
      takeGapsInTimeOrder(chain, bucket)
    } else {
      takeGaps(chain, bucket)
    }
    if groups != nil, let id = groups?.group(at: chain.rows, of: customer, in: bucket) { group.append(id) }
  }

  private mutating func takeGaps(_ chain: FoundChain, _ bucket: Bucket) {
    var mask: UInt64 = 1
    var previous = bucket.instants[chain.rows[0]]
    for step in 1..<max(1, chain.rows.count) where chain.rows[step] >= 0 {
      mask |= 1 << UInt64(step)
      let instant = bucket.instants[chain.rows[step]]
      gaps.append(elapsed(from: previous, to: instant))
      if !rules.isOptional[step] { previous = instant }
    }
    reached.append(mask)
  }

  private mutating func takeGapsInTimeOrder(_ chain: FoundChain, _ bucket: Bucket) {
    instants.removeAll(keepingCapacity: true)
    for row in chain.rows where row >= 0 { instants.append(bucket.instants[row]) }
    instants.sort()
    for (earlier, later) in zip(instants, instants.dropFirst()) { gaps.append(elapsed(from: earlier, to: later)) }
  }
}
