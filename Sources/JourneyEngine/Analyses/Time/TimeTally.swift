import EventStore
import JourneyQuery
import JourneyTime

extension EmbeddedEngine {
  /// How long complete chains took. Throws as `funnel` does.
  public func time(_ query: TimeQuery, _ run: Run) throws(ExecutionError) -> TimeReport {
    let (query, engine) = (query.funnel, try deriving(query.scope))
    let (summary, asked) = try engine.timeSummary(query, run)
    var report = try summary.report
    report.cut.basis = Basis(span: span, people: asked)
    if let versus = query.split.versus {
      var other = query
      (other.scope.during, other.split) = (versus, Split())
      report.cut.versus = try engine.timeSummary(other, run).summary.report.cut.total.figures
    }
    return report
  }

  private func timeSummary(_ query: FunnelQuery, _ run: Run) throws(ExecutionError)
    -> (summary: TimeSummary, asked: Int)
  {
    let reader = try FunnelReader(query, of: store, run)
    let parts = try store.scan(
      threads: threads, run, part: { (reader: reader, tally: TimeTally(query, reader.rules, in: store.schema)) }
    ) { part, bucket, customers in
      part.reader.read(customers, of: bucket, into: &part.tally)
    }
    let summary = TimeSummary(query: query, schema: store.schema, parts: parts.map(\.tally))
    return (summary, parts.reduce(0) { $0 + $1.reader.asked })
  }
}

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
