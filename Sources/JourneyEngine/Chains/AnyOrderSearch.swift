import JourneyQuery

/// Finds the reported chain of one journey for `order any`: the first step is the anchor, the others follow in any
/// order within the window.
///
/// From every anchor the window is read on, each event matched to a step where one can be made free. At worst O(a · b ·
/// steps²) for a anchors and b events of other steps in a window; once no anchor can do better the search stops.
struct AnyOrderSearch {
  let rules: ChainRules
  private let run: Run
  private var assignment = Assignment()
  /// Events in the pool of the assignment.
  private var members: [Int] = []
  private var chosen: [Int]
  /// The events that fill a step other than the first, or that `without` names.
  private var rest: [Int] = []
  private var others: UInt64

  init(_ rules: ChainRules, _ run: Run) {
    (self.rules, self.run) = (rules, run)
    chosen = Array(repeating: -1, count: rules.steps)
    others = stepMask(1..<max(1, rules.steps))
  }

  /// The chain to report of those with events from `events[range]` that start in `starts`; depth 0 if there are none.
  mutating func search(_ events: [JourneyEvent], in range: Range<Int>, starts: Range<Int>, into chain: inout FoundChain)
  {
    chain.depth = 0
    gatherRest(events, range)
    let most = 1 + rest.reduce(0) { $0 | events[$1].steps & others }.nonzeroBitCount
    var best = (depth: 0, arrival: Int64(0), anchor: 0)
    // Of anchors of one moment that fill the same steps the first is as good as any.
    var (moment, tried): (Int, [UInt64]) = (-1, [])
    var first = 0
    for anchor in starts where events[anchor].fills(0) {
      if run.isCancelled { return }
      if best.depth == most, events[anchor].instant > best.arrival { break }
      if events[anchor].moment != moment { (moment, tried) = (events[anchor].moment, []) }
      if tried.contains(events[anchor].matches) { continue }
      tried.append(events[anchor].matches)
      while first < rest.count, events[rest[first]].moment < moment { first += 1 }
      read(events, first, from: anchor, upTo: best.depth == most ? best.arrival : .max) { depth, arrival in
        let isBetter =
          depth != best.depth
          ? depth > best.depth
          : arrival != best.arrival ? arrival < best.arrival : moment > events[best.anchor].moment
        if isBetter { best = (depth, arrival, anchor) }
        return depth < most
      }
    }
    guard best.depth > 0 else { return }
    for anchor in best.anchor..<starts.upperBound {
      guard events[anchor].moment == events[best.anchor].moment else { break }
      guard events[anchor].fills(0) else { continue }
      assign(events, from: anchor, depth: best.depth, arrival: best.arrival, into: &chain)
      if chain.depth > 0 { return }
    }
  }

  private mutating func gatherRest(_ events: [JourneyEvent], _ range: Range<Int>) {
    rest.removeAll(keepingCapacity: true)
    for event in range where events[event].matches & (others | JourneyEvent.excluded) != 0 { rest.append(event) }
  }

  /// Reads the moments from the anchor's on (its first event is `rest[first]`), up to an instant, and says after each
  /// how many steps can be filled until then; stops when told to or when no later event can be on a chain.
  private mutating func read(
    _ events: [JourneyEvent], _ first: Int, from anchor: Int, upTo end: Int64,
    _ report: (_ depth: Int, _ arrival: Int64) -> Bool
  ) {
    assignment.reset()
    members.removeAll(keepingCapacity: true)
    guard report(1, events[anchor].instant) else { return }
    var depth = 1
    var next = first
    while next < rest.count, events[rest[next]].instant <= end {
      let (moment, instant) = (events[rest[next]].moment, events[rest[next]].instant)
      guard elapsed(from: events[anchor].instant, to: instant) <= rules.window else { return }
      let pooled = members.count
      while next < rest.count, events[rest[next]].moment == moment {
        if rest[next] != anchor, add(rest[next], events) { depth += 1 }
        next += 1
      }
      guard report(depth, instant), next & 0xFFF != 0 || !run.isCancelled else { return }
      guard moment == events[anchor].moment || take(pooled..<members.count, events) else { return }
    }
  }

  /// Adds an event to the pool; true if one more step is filled.
  private mutating func add(_ event: Int, _ events: [JourneyEvent]) -> Bool {
    let steps = events[event].steps & others
    assignment.add(steps)
    members.append(event)
    return assignment.use(members.count - 1, for: others, displacing: false)
  }

  /// From now on the events of the pool that `without` names must be used; false if that cannot be.
  private mutating func take(_ pooled: Range<Int>, _ events: [JourneyEvent]) -> Bool {
    for index in pooled where events[members[index]].isExcluded { assignment.force(index) }
    for index in pooled where events[members[index]].isExcluded && !assignment.isMatched(index) {
      guard assignment.use(index, for: others, displacing: true) else { return false }
    }
    return true
  }

  /// The chain from this anchor with so many steps that arrives at this instant and takes the earliest events; depth 0
  /// if there is none.
  private mutating func assign(
    _ events: [JourneyEvent], from anchor: Int, depth: Int, arrival: Int64, into chain: inout FoundChain
  ) {
    chain.depth = 0
    // Moments of one instant differ in their order values; each may be the chain's last.
    var moments = rest.lazy.filter { events[$0].instant == arrival }.map { events[$0].moment }.reduce(into: [Int]()) {
      if $0.last != $1 { $0.append($1) }
    }
    if events[anchor].instant == arrival, !moments.contains(events[anchor].moment) {
      moments.append(events[anchor].moment)
    }
    for moment in moments where moment >= events[anchor].moment {
      gather(events, from: anchor, through: moment)
      guard assignment.earliest(required: 0, optional: others, into: &chosen) == depth - 1 else { continue }
      let candidate = written(events, anchor, depth, arrival)
      if chain.depth == 0 || candidate.isPreferred(over: chain) { chain = candidate }
    }
  }

  /// Fills the pool for a chain that ends in `last`. Of events that are alike only the first are needed, as many as
  /// there are steps.
  private mutating func gather(_ events: [JourneyEvent], from anchor: Int, through last: Int) {
    assignment.reset()
    members.removeAll(keepingCapacity: true)
    var alike: [UInt64: Int] = [:]
    for event in rest where event != anchor {
      let moment = events[event].moment
      guard moment >= events[anchor].moment, moment <= last else { continue }
      let isForced = events[event].isExcluded && moment > events[anchor].moment && moment < last
      let steps = events[event].steps & others
      if !isForced {
        alike[steps, default: 0] += 1
        if steps == 0 || alike[steps, default: 0] > rules.steps { continue }
      }
      assignment.add(steps, isForced: isForced)
      members.append(event)
    }
  }

  private func written(_ events: [JourneyEvent], _ anchor: Int, _ depth: Int, _ arrival: Int64) -> FoundChain {
    var chain = FoundChain(depth: depth, arrival: arrival, start: events[anchor].moment)
    chain.rows = chosen.map { $0 < 0 ? -1 : events[members[$0]].row }
    chain.rows[0] = events[anchor].row
    chain.lastIndex = chosen.reduce(anchor) { $1 < 0 ? $0 : max($0, members[$1]) }
    return chain
  }
}
