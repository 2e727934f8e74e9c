import EventStore
import JourneyQuery

/// What one thread found: times by row and, where there are groups or periods, a record per unit, as parallel columns. For completions
/// only, units that did not complete the path have neither.
struct FunnelTally: FunnelSink {
  private let rules: ChainRules
  private let isDated: Bool
  private let isCut: Bool
  private let completionsOnly: Bool
  private var groups: GroupReader?
  /// All there are.
  private var units = 0
  private var unfinished = 0
  /// By row, for each unit in turn that reached it: microseconds since the required row before; none for row 0. Behind
  /// those of the rows stand the times of completed paths, from the first required event to the last; for completions only,
  /// nothing else does.
  private var times: [[Int64]]
  /// Parallel to the times: the number of the unit's record. Empty without groups and periods, as all that follows.
  private var owners: [[Int32]]
  /// Numbers of those that are unfinished.
  private var open: [Int32] = []
  /// By record: instant of the chain's first event; empty without periods.
  private var entered: [Int64] = []
  /// By record: node of the group keys; empty without a breakdown.
  private var nodes: [Int32] = []
  /// Scratch space.
  private var instants: [Int64] = []
  private var measured = Measured()

  /// Times by row, and whose they are: row r has the first `counts[r]` places from `r * room` on.
  private struct Measured: Sendable {
    private(set) var room = 0
    var times: [Int64] = []
    var owners: [Int32] = []
    var counts: [Int] = []

    mutating func makeRoom(rows: Int, for count: Int) {
      if room < count || counts.isEmpty {
        room = count
        times = Array(repeating: 0, count: rows * room)
        owners = Array(repeating: 0, count: rows * room)
      }
      counts = Array(repeating: 0, count: rows)
    }

    func range(_ row: Int) -> Range<Int> { row * room..<row * room + counts[row] }
  }

  init(_ query: FunnelQuery, _ rules: ChainRules, in schema: StoreSchema, completionsOnly: Bool) {
    (self.rules, self.completionsOnly) = (rules, completionsOnly)
    isDated = query.split.per != nil
    groups = query.split.breakdown.map { GroupReader($0, in: schema) }
    isCut = isDated || groups != nil
    times = Array(repeating: [], count: rules.steps + 1)
    owners = times.map { _ in [] }
  }

  var groupKeys: GroupKeys { groups?.keys ?? GroupKeys() }
  /// Without what it was found with; `groups` gives the number of each of the group keys.
  func found(groups: [Int]) -> FunnelUnits {
    FunnelUnits(
      units: units, unfinished: unfinished, times: times, owners: owners, open: open, entered: entered, nodes: nodes,
      groups: groups)
  }

  mutating func take(_ unit: FunnelUnit, in block: JourneyBlock) {
    let (chain, isComplete) = (unit.chain, unit.chain.depth == rules.required)
    if !completionsOnly {
      if rules.isAnyOrder { takeTimesInOrder(chain, block) } else { takeTimes(chain, block) }
      if isCut, unit.isUnfinished { open.append(Int32(truncatingIfNeeded: units)) }
    }
    if isComplete { note(elapsed(from: block.instants[chain.rows[0]], to: chain.arrival), rules.steps) }
    units += 1
    unfinished += unit.isUnfinished ? 1 : 0
    guard isCut, isComplete || !completionsOnly else { return }
    if isDated { entered.append(block.instants[chain.rows[0]]) }
    if groups != nil, let node = groups?.group(at: chain.rows, of: unit.customer, in: block.bucket) {
      nodes.append(Int32(truncatingIfNeeded: node))
    }
  }

  private mutating func takeTimes(_ chain: FoundChain, _ block: JourneyBlock) {
    var previous = block.instants[chain.rows[0]]
    for step in 1..<max(1, rules.steps) {
      guard chain.rows[step] >= 0 else {
        if rules.optional == 0 { break }
        continue
      }
      let instant = block.instants[chain.rows[step]]
      note(elapsed(from: previous, to: instant), step)
      if !rules.isOptional[step] { previous = instant }
    }
  }

  private mutating func takeTimesInOrder(_ chain: FoundChain, _ block: JourneyBlock) {
    instants.removeAll(keepingCapacity: true)
    for row in chain.rows where row >= 0 { instants.append(block.instants[row]) }
    instants.sort()
    for row in 1..<max(1, instants.count) { note(elapsed(from: instants[row - 1], to: instants[row]), row) }
  }

  private mutating func note(_ time: Int64, _ row: Int) {
    times[row].append(time)
    if isCut { owners[row].append(Int32(truncatingIfNeeded: completionsOnly ? owners[row].count : units)) }
  }
}

// Many units at a time.
extension FunnelTally {
  mutating func take(_ chains: ChainRecords, in block: JourneyBlock) {
    if completionsOnly { return takeCompletions(chains, block) }
    measured.makeRoom(rows: rules.steps + 1, for: chains.count)
    Self.measure(
      chains, block.instants.span, rules.steps, units, measured.room, &measured.times, &measured.owners,
      &measured.counts)
    for row in 1...rules.steps {
      times[row].append(contentsOf: measured.times[measured.range(row)])
      if isCut { owners[row].append(contentsOf: measured.owners[measured.range(row)]) }
    }
    for index in 0..<chains.count where chains.isUnfinished(index) {
      unfinished += 1
      if isCut { open.append(Int32(truncatingIfNeeded: units + index)) }
    }
    units += chains.count
    if isDated {
      let instants = block.instants.span
      for index in 0..<chains.count { entered.append(instants[chains.row(index, 0)]) }
    }
    groups?.read(chains, of: block.bucket, into: &nodes)
  }

  private mutating func takeCompletions(_ chains: ChainRecords, _ block: JourneyBlock) {
    let instants = block.instants.span
    for index in 0..<chains.count {
      if chains.isUnfinished(index) { unfinished += 1 }
      guard chains.depth(index) == rules.steps else { continue }
      let start = instants[chains.row(index, 0)]
      note(elapsed(from: start, to: instants[chains.row(index, rules.steps - 1)]), rules.steps)
      if isDated { entered.append(start) }
    }
    units += chains.count
    guard groups != nil else { return }
    var groupOfChain: [Int32] = []
    groups?.read(chains, of: block.bucket, into: &groupOfChain)
    for index in 0..<chains.count where chains.depth(index) == rules.steps { nodes.append(groupOfChain[index]) }
  }

  /// Leaves the times between the steps of each chain, by the row they belong to. Units are numbered from `unit` on.
  private static func measure(
    _ chains: ChainRecords, _ instants: Span<Int64>, _ steps: Int, _ unit: Int, _ room: Int,
    _ times: inout [Int64], _ owners: inout [Int32], _ counts: inout [Int]
  ) {
    var times = times.mutableSpan
    var owners = owners.mutableSpan
    var counts = counts.mutableSpan
    for index in 0..<chains.count {
      let depth = chains.depth(index)
      let start = instants[chains.row(index, 0)]
      var previous = start
      for step in 1..<depth {
        let (instant, place) = (instants[chains.row(index, step)], step &* room &+ counts[step])
        times[place] = elapsed(from: previous, to: instant)
        owners[place] = Int32(truncatingIfNeeded: unit &+ index)
        counts[step] &+= 1
        previous = instant
      }
      guard depth == steps else { continue }
      let place = steps &* room &+ counts[steps]
      times[place] = elapsed(from: start, to: previous)
      owners[place] = Int32(truncatingIfNeeded: unit &+ index)
      counts[steps] &+= 1
    }
  }
}
