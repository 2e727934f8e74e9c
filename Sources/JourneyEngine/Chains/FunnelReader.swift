import EventStore
import JourneyQuery

/// Finds the units of a funnel, customer by customer. One reader serves one thread.
///
/// There is one definition and there are two searches: `LeapSearch` where it can decide, else a full search over the
/// list of a journey's events.
struct FunnelReader: Sendable {
  private let query: FunnelQuery
  let rules: ChainRules
  private let closing: WindowClosing
  private let run: Run
  private let marker: StepMarker
  private var cutter: JourneyCutter
  private var people: PeopleTest?
  private let leaps: LeapSearch?
  /// Whether of like events of one moment only the first matters: not so where each is an entry of its own, or where
  /// more is asked of them than to match.
  private let canDropRepeats: Bool
  private var listed: ListedJourney
  private var sessions: [JourneyRows] = []
  /// Customers of a block to read, and those that are left of them.
  private var chosen: [Int32] = []
  private var left: [Int32] = []
  private var chains: ChainRecords
  /// Customers that `for` keeps, among those read so far.
  private(set) var asked = 0

  /// With `leaping` false every journey is searched in full. Throws `limit` for a path that is too long.
  init(
    _ query: FunnelQuery, of store: EventStore, _ catalog: Catalog, _ run: Run, leaping: Bool = true
  ) throws(ExecutionError) {
    if query.order == .any, query.path.steps.count > 16 { throw .limit(.stepsInAnyOrder(16)) }
    if query.path.steps.count > JourneyEvent.mostSteps { throw .limit(.steps(JourneyEvent.mostSteps)) }
    (self.query, self.run) = (query, run)
    rules = ChainRules(query)
    closing = WindowClosing(window: rules.window, end: catalog.microseconds?.upperBound ?? 0)
    marker = StepMarker(query, in: store.schema)
    cutter = JourneyCutter(query, in: store.schema)
    people = query.scope.people.map { PeopleTest($0, in: store.schema) }
    leaps =
      leaping
      ? LeapSearch(
        rules, query, excludesSteps: marker.excludesSteps, sharesEvents: marker.sharesEvents) : nil
    canDropRepeats = leaps?.isExact == true && (query.counting != .entries || rules.steps > 1)
    listed = ListedJourney(query, rules, closing, run)
    chains = ChainRecords(steps: rules.steps)
  }

  /// Finds the units of some customers of a bucket.
  mutating func read(_ customers: Range<Int>, of bucket: Bucket, into sink: inout some FunnelSink) {
    choose(customers, of: bucket)
    guard rules.steps > 0, !chosen.isEmpty else { return }
    var block = marker.read(customers, of: bucket, run)
    if let leaps, leaps.isPlain, query.counting == .customers {
      left.removeAll(keepingCapacity: true)
      leaps.search(chosen, in: block, from: query.entry, closing, into: &chains, leaving: &left)
      sink.take(chains, in: block)
      swap(&chosen, &left)
    }
    var unit = FunnelUnit(steps: rules.steps)
    for customer in chosen {
      let rows = block.rows(of: Int(customer))
      guard block.bitmaps.first(0, in: rows) != nil else { continue }
      if run.isCancelled { return }
      unit.customer = Int(customer)
      if query.counting == .sessions {
        cutter.cut(rows, of: block, into: &sessions)
        for session in sessions {
          unit.isOver = cutter.isOver(session, of: block, at: closing.end)
          read(session, &block, &unit, into: &sink)
        }
      } else {
        read(.run(rows), &block, &unit, into: &sink)
      }
    }
  }

  /// Leaves in `chosen` those whom `for` keeps and who may have a first step.
  private mutating func choose(_ customers: Range<Int>, of bucket: Bucket) {
    chosen.removeAll(keepingCapacity: true)
    let masks = bucket.eventMasks
    if people == nil {
      asked += customers.count
      Self.choose(customers, masks.span, marker.startMask, &chosen)
    } else {
      for customer in customers where people?.holds(customer, of: bucket) == true {
        asked += 1
        if marker.startMask & masks[customer] != 0 { chosen.append(Int32(truncatingIfNeeded: customer)) }
      }
    }
  }

  /// Leaves in `chosen` the customers whose mask has a bit of `startMask`.
  private static func choose(
    _ customers: Range<Int>, _ masks: Span<UInt64>, _ startMask: UInt64, _ chosen: inout [Int32]
  ) {
    chosen.append(contentsOf: repeatElement(0, count: customers.count + 1))
    var next = 0
    do {
      var chosen = chosen.mutableSpan
      for customer in customers {
        chosen[next] = Int32(truncatingIfNeeded: customer)
        next += masks[customer] & startMask != 0 ? 1 : 0
      }
    }
    chosen.removeLast(chosen.count - next)
  }

  @inline(__always)
  private mutating func read(
    _ journey: JourneyRows, _ block: inout JourneyBlock, _ unit: inout FunnelUnit, into sink: inout some FunnelSink
  ) {
    unit.journey = journey
    if let leaps, case .run(let rows) = journey, block.settlesTies(in: rows, dropping: canDropRepeats) {
      if query.counting == .entries {
        leapEntries(leaps, rows, block, &unit, into: &sink)
        return
      }
      guard let starts = starts(in: rows, block) else { return }
      leaps.search(rows, starts: starts, in: block, into: &unit.chain)
      if leaps.decides(unit.chain, in: block) {
        close(&unit, leaps, starts, of: rows, block)
        sink.take(unit, in: block)
        return
      }
    }
    listed.read(journey, block, &unit, into: &sink)
  }
}

// In leaps.
extension FunnelReader {
  /// The rows of a journey without ties among which a chain may start; nil if there are none.
  @inline(__always)
  private func starts(in rows: Range<Int>, _ block: JourneyBlock) -> Range<Int>? {
    guard let first = block.bitmaps.first(0, in: rows) else { return nil }
    return query.entry == .first ? first..<first + 1 : first..<rows.upperBound
  }

  /// The entries of the journey, one after another.
  private mutating func leapEntries(
    _ leaps: LeapSearch, _ rows: Range<Int>, _ block: JourneyBlock, _ unit: inout FunnelUnit,
    into sink: inout some FunnelSink
  ) {
    var free = rows.lowerBound
    while let opening = block.bitmaps.first(0, in: free..<rows.upperBound) {
      if run.isCancelled { return }
      let over = block.end(ofWindow: rules.window, from: opening, in: rows)
      let starts = opening..<(query.entry == .first ? opening + 1 : over)
      leaps.search(rows, starts: starts, in: block, into: &unit.chain)
      close(&unit, leaps, starts, of: rows, block)
      sink.take(unit, in: block)
      free = unit.chain.depth == rules.required ? unit.chain.lastIndex + 1 : over
    }
  }

  /// Notes whether the unit, found in leaps, is unfinished.
  @inline(__always)
  private mutating func close(
    _ unit: inout FunnelUnit, _ leaps: LeapSearch, _ starts: Range<Int>, of rows: Range<Int>, _ block: JourneyBlock
  ) {
    unit.isUnfinished = false
    guard !unit.isOver, unit.chain.depth < rules.required, let last = block.bitmaps.last(0, in: starts),
      closing.isOpen(block.instants[last])
    else { return }
    unit.isUnfinished = mayGoOn(leaps, starts, last: last, of: rows, block)
  }

  /// Whether a chain from one of the starts, of which `last` is the last and its window open, may still be completed. Where nothing but walls is
  /// asked it may if none stands behind that one. Not inlined: it is asked of few, and leaps are searched by whoever asks.
  @inline(never)
  private mutating func mayGoOn(
    _ leaps: LeapSearch, _ starts: Range<Int>, last: Int, of rows: Range<Int>, _ block: JourneyBlock
  ) -> Bool {
    leaps.isExact
      ? !leaps.isWalled(behind: last, of: rows, in: block)
      : listed.mayComplete(.run(rows), block, starts: starts)
  }
}

/// When windows close, beside the end of the store.
struct WindowClosing: Sendable {
  /// Microseconds; the largest number is `forever`.
  let window: Int64
  /// The last instant of all events.
  let end: Int64

  /// Whether a window that opens at `instant` reaches past the last event of all.
  func isOpen(_ instant: Int64) -> Bool {
    let (close, overflow) = instant.addingReportingOverflow(window)
    return overflow || close > end
  }
}
