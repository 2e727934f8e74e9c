import EventStore
import JourneyQuery

/// Searches journeys in full, over the list of the events that matter. Scratch space is kept from journey to journey.
struct ListedJourney: Sendable {
  private let query: FunnelQuery
  private let rules: ChainRules
  private let closing: WindowClosing
  private let run: Run
  private let list: JourneyList
  private var path: ChainSearch
  private var anyOrder: AnyOrderSearch
  private var events: [JourneyEvent] = []
  /// The events searched: the journey's, or of these the ones with one `holding` value.
  private var part: [JourneyEvent] = []
  private var byValue: [(value: Int, index: Int)] = []
  private var loose: [Int] = []
  private var found = FoundChain()

  init(
    _ query: FunnelQuery, _ rules: ChainRules, _ closing: WindowClosing, _ run: Run
  ) {
    (self.query, self.rules, self.closing, self.run) = (query, rules, closing, run)
    list = JourneyList(isHolding: query.holding != nil, isPlaced: rules.isCanonical)
    path = ChainSearch(rules, run)
    anyOrder = AnyOrderSearch(rules, run)
  }

  /// Finds the units of a journey; `unit` has its customer and rows.
  mutating func read(
    _ journey: JourneyRows, _ block: JourneyBlock, _ unit: inout FunnelUnit, into sink: inout some FunnelSink
  ) {
    list.read(journey, of: block, into: &events)
    guard let first = events.firstIndex(where: { $0.fills(0) }), let last = events.lastIndex(where: { $0.fills(0) })
    else { return }
    if query.counting == .entries {
      forEachPart { $0.readEntries(block, &unit, into: &sink) }
    } else {
      readChain(from: first, last, &unit)
      if unit.chain.depth > 0, !run.isCancelled { sink.take(unit, in: block) }
    }
  }

  /// Leaves the reported chain in `unit`; `first` and `last` are the first and last event that may start one.
  private mutating func readChain(from first: Int, _ last: Int, _ unit: inout FunnelUnit) {
    unit.chain.depth = 0
    var lastStart = last
    if query.entry == .first {
      let moment = events[first].moment
      lastStart = events[first...last].lastIndex { $0.moment == moment && $0.fills(0) } ?? first
    }
    let moments = events[first].moment...events[lastStart].moment
    let isOpen = closing.isOpen(events[lastStart].instant)
    forEachPart { journey in
      guard let from = journey.part.firstIndex(where: { moments.contains($0.moment) && $0.fills(0) }) else { return }
      let to = journey.part.lastIndex { moments.contains($0.moment) && $0.fills(0) } ?? from
      journey.search(from: 0, starts: from..<to + 1)
      if journey.found.isPreferred(over: unit.chain) { swap(&journey.found, &unit.chain) }
    }
    unit.isUnfinished = isOpen && unit.chain.depth < rules.required
  }

  private mutating func readEntries(
    _ block: JourneyBlock, _ unit: inout FunnelUnit, into sink: inout some FunnelSink
  ) {
    var free = 0
    var next = 0
    while let opening = part[next...].firstIndex(where: { $0.fills(0) }) {
      let opened = part[opening].instant
      var over = opening + 1
      while over < part.count, elapsed(from: opened, to: part[over].instant) <= rules.window { over += 1 }
      let starts = opening..<(query.entry == .first ? opening + 1 : over)
      search(from: free, starts: starts)
      if run.isCancelled { return }
      let isComplete = found.depth == rules.required
      let lastStart = part[starts].last { $0.fills(0) }
      unit.isUnfinished = !isComplete && (lastStart.map { closing.isOpen($0.instant) } ?? false)
      swap(&found, &unit.chain)
      sink.take(unit, in: block)
      if isComplete { free = unit.chain.lastIndex + 1 }
      next = isComplete ? free : over
    }
  }

  /// Searches the chains with events from `free` on, leaving the one to report in `found`. What lies before the moment
  /// of the first start cannot be on one.
  private mutating func search(from free: Int, starts: Range<Int>) {
    var first = starts.lowerBound
    while first > free, part[first - 1].moment == part[starts.lowerBound].moment { first -= 1 }
    if rules.isAnyOrder {
      anyOrder.search(part, in: first..<part.count, starts: starts, into: &found)
    } else {
      path.search(part, in: first..<part.count, starts: starts, into: &found)
    }
  }
}

// `holding`: each value by itself.
extension ListedJourney {
  /// Calls `body` with `part` set to the events of the journey, or in turn to those of each `holding` value: the events
  /// that have it, and those without any that `without` names.
  private mutating func forEachPart(_ body: (inout ListedJourney) -> Void) {
    guard query.holding != nil else {
      swap(&part, &events)
      body(&self)
      swap(&part, &events)
      return
    }
    byValue.removeAll(keepingCapacity: true)
    loose.removeAll(keepingCapacity: true)
    for (index, event) in events.enumerated() {
      if let value = event.value { byValue.append((value, index)) } else { loose.append(index) }
    }
    byValue.sort { ($0.value, $0.index) < ($1.value, $1.index) }
    var next = 0
    while next < byValue.count {
      let first = next
      while next < byValue.count, byValue[next].value == byValue[first].value { next += 1 }
      guard byValue[first..<next].contains(where: { events[$0.index].fills(0) }) else { continue }
      gather(first..<next)
      body(&self)
    }
  }

  private mutating func gather(_ run: Range<Int>) {
    part.removeAll(keepingCapacity: true)
    var between = loose[...].drop { $0 < byValue[run.lowerBound].index }
    for position in run {
      let index = byValue[position].index
      while let other = between.first, other < index {
        part.append(events[other])
        between = between.dropFirst()
      }
      part.append(events[index])
    }
  }
}
