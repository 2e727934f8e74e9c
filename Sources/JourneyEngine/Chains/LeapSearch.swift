import CByteScan
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
    let instants = block.instants.span
    let found = search(journey, starts: starts, block.bitmaps, instants) { chain.rows[$0] = $1 }
    chain.depth = found.depth
    guard found.depth > 0 else { return }
    for step in found.depth..<max(found.depth, steps) { chain.rows[step] = -1 }
    chain.lastIndex = found.last
    chain.arrival = instants[found.last]
  }

  /// As above; gives `note` the row of each step that is filled.
  @inline(__always)
  private func search(
    _ journey: Range<Int>, starts: Range<Int>, _ planes: borrowing some StepPlanes & ~Copyable, _ instants: Span<Int64>,
    _ note: (_ step: Int, _ row: Int) -> Void
  ) -> (depth: Int, last: Int) {
    var (depth, first, arrival) = (0, 0, 0)
    var next = planes.first(0, in: starts)
    while let start = next {
      let wall = wall(behind: start, of: journey, planes)
      let reach = reach(from: start, journey.upperBound, wall, planes, instants)
      if reach.depth > depth { (depth, first, arrival) = (reach.depth, start, reach.last) }
      guard reach.depth < steps, let beyond = reach.beyond else { break }
      let later = max(start, beyond > wall ? wall : start) + 1
      next = self.start(in: min(later, starts.upperBound)..<starts.upperBound, reaching: beyond, planes, instants)
    }
    if depth > 0 { report(depth, first...arrival, before: starts.upperBound, planes, note) }
    return (depth, arrival)
  }

  /// The first event behind `start` that no chain may run across, or the end of the journey.
  @inline(__always)
  private func wall(behind start: Int, of journey: Range<Int>, _ planes: borrowing some StepPlanes & ~Copyable) -> Int {
    guard hasWalls else { return journey.upperBound }
    return planes.first(steps, in: start + 1..<journey.upperBound) ?? journey.upperBound
  }

  /// Whether an event behind `start` keeps chains from going on. Not inlined: it is asked of few, and whoever asks searches leaps, in one piece.
  @inline(never)
  func isWalled(behind start: Int, of journey: Range<Int>, in block: JourneyBlock) -> Bool {
    wall(behind: start, of: journey, block.bitmaps) < journey.upperBound
  }

  /// The earliest chain from `start`: its depth, its last event, and the event that comes next but too late.
  @inline(__always)
  private func reach(
    from start: Int, _ end: Int, _ wall: Int, _ planes: borrowing some StepPlanes & ~Copyable, _ instants: Span<Int64>
  ) -> (depth: Int, last: Int, beyond: Int?) {
    let close = instants[start].addingHeld(window)
    var (depth, last) = (1, start)
    while depth < steps, let row = planes.first(depth, in: last + 1..<end) {
      if instants[row] > close || row > wall { return (depth, last, row) }
      (depth, last) = (depth + 1, row)
    }
    return (depth, last, nil)
  }

  /// The first start among `rows` whose window holds the event at `beyond`.
  @inline(__always)
  private func start(
    in rows: Range<Int>, reaching beyond: Int, _ planes: borrowing some StepPlanes & ~Copyable, _ instants: Span<Int64>
  ) -> Int? {
    var next = planes.first(0, in: rows)
    while let row = next, elapsed(from: instants[row], to: instants[beyond]) > window {
      next = planes.first(0, in: row + 1..<rows.upperBound)
    }
    return next
  }

  /// Notes the chain that starts latest of those of this depth and arrival, and of these the one with the earliest
  /// events. `rows` are those of one of them, first to last; starts lie before `end`.
  @inline(__always)
  private func report(
    _ depth: Int, _ rows: ClosedRange<Int>, before end: Int, _ planes: borrowing some StepPlanes & ~Copyable,
    _ note: (Int, Int) -> Void
  ) {
    var row = rows.upperBound
    for step in (0..<depth - 1).reversed() {
      row = planes.last(step, in: rows.lowerBound..<(step == 0 ? min(row, end) : row)) ?? row
    }
    note(0, row)
    for step in 1..<max(1, depth - 1) {
      row = planes.first(step, in: row + 1..<rows.upperBound) ?? rows.upperBound
      note(step, row)
    }
    if depth > 1 { note(depth - 1, rows.upperBound) }
  }
}

// Many journeys at a time.
extension LeapSearch {
  /// Whether `search(_:in:…)` of many customers is for this path.
  var isPlain: Bool { anyOrder == nil && rest == nil && planes <= ShortJourney.mostPlanes }
  private var planes: Int { steps + (hasWalls ? 1 : 0) }

  /// Customers whose instants are fetched ahead: leaps from one to the next are no pattern that a processor foresees.
  private static var ahead: Int { 6 }

  @inline(__always)
  private static func prefetch(_ instants: Span<Int64>, from row: Int) {
    // SAFETY: an address is computed and not read from.
    unsafe instants.withUnsafeBufferPointer { instants in
      guard let first = instants.baseAddress else { return }
      unsafe CByteScan.prefetch(first + row)
      unsafe CByteScan.prefetch(first + row + 8)
    }
  }

  /// Finds the chains to report of the journeys of some customers, if the path is plain. Journeys that are long, and those
  /// in which events share an instant, are left to others: their customers are appended to `left`.
  func search(
    _ customers: [Int32], in block: JourneyBlock, from entry: FunnelQuery.Entry, _ closing: WindowClosing,
    into chains: inout ChainRecords, leaving left: inout [Int32]
  ) {
    let (instants, offsets, stride) = (block.instants.span, block.offsets.span, chains.stride)
    chains.fill(upTo: customers.count) { records in
      var count = 0
      for index in customers.indices {
        let customer = customers[index]
        Self.prefetch(instants, from: Int(offsets[Int(customers[min(index + Self.ahead, customers.count - 1)])]))
        let rows = Int(offsets[Int(customer)])..<Int(offsets[Int(customer) + 1])
        guard rows.count <= ShortJourney.mostRows, block.ties?.first(in: rows) == nil else {
          left.append(customer)
          continue
        }
        let journey = ShortJourney(rows, of: block.bitmaps, planes: planes)
        guard let first = journey.first(0, in: rows) else { continue }
        let starts = first..<(entry == .first ? first + 1 : rows.upperBound)
        let place = count &* stride &+ 2
        let depth = search(rows, starts: starts, journey, instants) { step, row in
          records[place &+ step] = Int32(truncatingIfNeeded: row)
        }.depth
        let last = journey.last(0, in: starts) ?? first
        let isOpen = depth < steps && closing.isOpen(instants[last])
        ChainRecords.write(count, stride, customer: customer, depth: depth, isUnfinished: isOpen, to: &records)
        count += 1
      }
      return count
    }
    if hasWalls { closeWalled(&chains, from: entry, in: block) }
  }

  /// Notes which chains of open windows cannot go on, for a wall. Few are open, and the search is faster without asking.
  private func closeWalled(_ chains: inout ChainRecords, from entry: FunnelQuery.Entry, in block: JourneyBlock) {
    for index in 0..<chains.count where chains.isUnfinished(index) {
      let rows = block.rows(of: chains.customer(index))
      let start = entry == .first ? block.bitmaps.first(0, in: rows) : block.bitmaps.last(0, in: rows)
      if let start, isWalled(behind: start, of: rows, in: block) { chains.finish(index) }
    }
  }
}
