import EventStore
import JourneyQuery

/// What one thread found: a record per complete chain, as parallel columns, and how many others there were.
struct TimeTally: FunnelSink {
  private let required: Int
  private var groups: GroupReader?
  /// Units that took the first step.
  private(set) var entered = 0
  private(set) var unfinished = 0
  /// Instant of the chain's first event.
  private(set) var starts: [Int64] = []
  /// Microseconds from the first event to the last required one.
  private(set) var lengths: [Int64] = []
  /// Node of the group keys; empty without a breakdown.
  private(set) var nodes: [Int] = []

  init(_ query: FunnelQuery, _ rules: ChainRules, in schema: StoreSchema) {
    required = rules.required
    groups = query.split.breakdown.map { GroupReader($0, in: schema) }
  }

  var groupKeys: GroupKeys { groups?.keys ?? GroupKeys() }

  mutating func take(_ chains: ChainRecords, in block: JourneyBlock) {
    entered += chains.count
    let instants = block.instants.span
    for index in 0..<chains.count {
      if chains.isUnfinished(index) { unfinished += 1 }
      guard chains.depth(index) == required else { continue }
      let start = instants[chains.row(index, 0)]
      starts.append(start)
      lengths.append(elapsed(from: start, to: instants[chains.row(index, required - 1)]))
    }
    if groups != nil { readGroups(of: chains, block) }
  }

  private mutating func readGroups(of chains: ChainRecords, _ block: JourneyBlock) {
    var groupOfChain: [Int32] = []
    groups?.read(chains, of: block.bucket, into: &groupOfChain)
    for index in 0..<chains.count where chains.depth(index) == required { nodes.append(Int(groupOfChain[index])) }
  }

  mutating func take(_ unit: FunnelUnit, in block: JourneyBlock) {
    let chain = unit.chain
    entered += 1
    if unit.isUnfinished { unfinished += 1 }
    guard chain.depth == required else { return }
    let start = block.instants[chain.rows[0]]
    starts.append(start)
    lengths.append(elapsed(from: start, to: chain.arrival))
    if groups != nil, let node = groups?.group(at: chain.rows, of: unit.customer, in: block.bucket) {
      nodes.append(node)
    }
  }
}
