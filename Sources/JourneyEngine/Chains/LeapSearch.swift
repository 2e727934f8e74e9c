import JourneyQuery

/// Finds the reported chain of a journey in leaps over the bitmaps of its steps, from one event of a chain to the next;
/// what lies between is not looked at.
///
/// It is for paths of required steps, and for journeys in which no two events that matter share an instant.
/// Where nothing but a window is asked the definition comes down to this:
/// - The earliest chain from a start takes, step by step, the first event that fits. No chain from a later start is
///   ahead of it at any step.
/// - So the first start that gets to a depth arrives there first, and where the earliest chain has no next event at all
///   no later start gets further. Where its next event comes too late, only starts close enough to that one may.
/// - The latest start that arrives as early is found in leaps back from the arrival.
///
/// An event that `without` names is a wall that ends the window, if such events fill no step. Whatever else a path asks
/// (`[d]`, `=>`, `holding`) only rules chains out: if the chain found without asking it meets it, it is the one to
/// report; if not, a full search has to decide.
///
/// `order any` has leaps of its own, `AnyOrderLeaps`.
///
/// O(events / 64 · steps²) a journey, beside the events leapt to.
struct LeapSearch: Sendable {
  private let steps: Int
  /// Microseconds; the largest number is `forever`.
  private let window: Int64
  /// Whether the events that `without` names are walls.
  private let hasWalls: Bool
  /// What is left to ask of the chain found.
  private let rest: ChainTest?
  /// What searches instead, if the order is `any`.
  private let anyOrder: AnyOrderLeaps?

  /// Nil if the path is not for leaps. `excludesSteps` says whether events that `without` names may fill steps,
  /// `sharesEvents` whether an event may fill two steps behind the first.
  init?(_ rules: ChainRules, _ query: FunnelQuery, excludesSteps: Bool, sharesEvents: Bool) {
    guard rules.optional == 0 else { return nil }
    (steps, window) = (rules.steps, rules.window)
    hasWalls = !query.without.isEmpty && !excludesSteps && query.holding == nil
    rest = ChainTest(rules, query, asksWithout: !query.without.isEmpty && !hasWalls)
    anyOrder = rules.isAnyOrder ? AnyOrderLeaps(rules, hasWalls: hasWalls) : nil
    if rules.isAnyOrder, rest != nil || sharesEvents { return nil }
    // What an entry leaves to the next one is known only if its chain is.
    if rest != nil, query.counting == .entries { return nil }
  }

  /// Whether every chain found is the one to report.
  var isExact: Bool { rest == nil }

  /// Whether the chain found is the one to report.
  @inline(__always) func decides(_ chain: FoundChain, in block: JourneyBlock) -> Bool {
    rest?.holds(chain, in: block) ?? true
  }

  /// The chain to report of those that start at one of the rows `starts` of `journey`; depth 0 if there are none.
  @inline(__always)
  func search(_ journey: Range<Int>, starts: Range<Int>, in block: JourneyBlock, into chain: inout FoundChain) {
    if let anyOrder { return anyOrder.search(journey, starts: starts, in: block, into: &chain) }
    chain.depth = 0
    var (first, arrival) = (0, 0)
    var next = block.bitmaps.first(0, in: starts)
    while let start = next {
      let wall = wall(behind: start, of: journey, block)
      let reach = reach(from: start, journey.upperBound, wall, block)
      if reach.depth > chain.depth { (chain.depth, first, arrival) = (reach.depth, start, reach.last) }
      guard reach.depth < steps, let beyond = reach.beyond else { break }
      let later = max(start, beyond > wall ? wall : start) + 1
      next = self.start(in: min(later, starts.upperBound)..<starts.upperBound, reaching: beyond, block)
    }
    if chain.depth > 0 { report(first...arrival, before: starts.upperBound, block, in: &chain) }
  }

  /// The first event behind `start` that no chain may run across, or the end of the journey.
  @inline(__always)
  private func wall(behind start: Int, of journey: Range<Int>, _ block: JourneyBlock) -> Int {
    guard hasWalls else { return journey.upperBound }
    return block.bitmaps.first(block.excluded, in: start + 1..<journey.upperBound) ?? journey.upperBound
  }

  /// The earliest chain from `start`: its depth, its last event, and the event that comes next but too late.
  @inline(__always)
  private func reach(from start: Int, _ end: Int, _ wall: Int, _ block: JourneyBlock)
    -> (depth: Int, last: Int, beyond: Int?)
  {
    let close = block.instants[start].addingHeld(window)
    var (depth, last) = (1, start)
    while depth < steps, let row = block.bitmaps.first(depth, in: last + 1..<end) {
      if block.instants[row] > close || row > wall { return (depth, last, row) }
      (depth, last) = (depth + 1, row)
    }
    return (depth, last, nil)
  }

  /// The first start among `rows` whose window holds the event at `beyond`.
  @inline(__always)
  private func start(in rows: Range<Int>, reaching beyond: Int, _ block: JourneyBlock) -> Int? {
    var next = block.bitmaps.first(0, in: rows)
    while let row = next, elapsed(from: block.instants[row], to: block.instants[beyond]) > window {
      next = block.bitmaps.first(0, in: row + 1..<rows.upperBound)
    }
    return next
  }

  /// Writes the chain that starts latest of those of this depth and arrival, and of these the one with the earliest
  /// events. `rows` are those of one of them, first to last; starts lie before `end`.
  @inline(__always)
  private func report(_ rows: ClosedRange<Int>, before end: Int, _ block: JourneyBlock, in chain: inout FoundChain) {
    let (depth, arrival) = (chain.depth, rows.upperBound)
    var start = arrival
    for step in (0..<depth - 1).reversed() {
      let bound = step == 0 ? min(start, end) : start
      start = block.bitmaps.last(step, in: rows.lowerBound..<bound) ?? start
    }
    chain.arrival = block.instants[arrival]
    chain.lastIndex = arrival
    chain.rows[0] = start
    for step in 1..<max(1, steps) {
      if step + 1 < depth {
        start = block.bitmaps.first(step, in: start + 1..<arrival) ?? arrival
        chain.rows[step] = start
      } else {
        chain.rows[step] = step < depth ? arrival : -1
      }
    }
  }
}
