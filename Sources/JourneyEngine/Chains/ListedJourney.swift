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
  /// Of the last event of the journey.
  private var lastPlace = 0
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
    lastPlace = list.read(journey, of: block, into: &events)
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
    let isOpen = !unit.isOver && closing.isOpen(events[lastStart].instant)
    forEachPart { journey in
      guard let starts = journey.starts(where: { moments.contains($0.moment) }) else { return }
      journey.search(from: 0, starts: starts)
      if journey.found.isPreferred(over: unit.chain) { swap(&journey.found, &unit.chain) }
    }
    unit.isUnfinished =
      isOpen && unit.chain.depth < rules.required && someCompletes { moments.contains($0.moment) }
  }

  /// From the first to the last event of `part` that may start a chain and is as asked; nil if there is none.
  private func starts(where isPermitted: (JourneyEvent) -> Bool) -> Range<Int>? {
    guard let from = part.firstIndex(where: { $0.fills(0) && isPermitted($0) }) else { return nil }
    return from..<(part.lastIndex { $0.fills(0) && isPermitted($0) } ?? from) + 1
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
      swap(&found, &unit.chain)
      let isOpen = !isComplete && !unit.isOver && (lastStart.map { closing.isOpen($0.instant) } ?? false)
      unit.isUnfinished = isOpen && completes(from: free, starts: starts)
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

// Whether a journey that does not complete still may.
extension ListedJourney {
  /// Whether a journey, found not to complete, would if events followed at once; its starts lie in these rows.
  mutating func mayComplete(_ journey: JourneyRows, _ block: JourneyBlock, starts: Range<Int>) -> Bool {
    lastPlace = list.read(journey, of: block, into: &events)
    return someCompletes { starts.contains($0.row) }
  }

  private mutating func someCompletes(where isPermitted: (JourneyEvent) -> Bool) -> Bool {
    var may = false
    forEachPart { journey in
      guard !may, let starts = journey.starts(where: isPermitted) else { return }
      may = journey.completes(from: 0, starts: starts)
    }
    return may
  }

  /// Whether a chain with events of `part` from `free` on is complete once events of all required steps behind some depth follow the
  /// store's last. Only what comes directly after another event is hindered by more of them. A window of one of the starts is open.
  private mutating func completes(from free: Int, starts: Range<Int>) -> Bool {
    guard rules.mayBreak else { return true }
    let (count, value) = (part.count, part.lazy.compactMap(\.value).first)
    defer { part.removeLast(part.count - count) }
    for depth in 1...(rules.isCanonical ? max(1, rules.required - 1) : 1) {
      part.removeLast(part.count - count)
      let steps =
        rules.isAnyOrder
        ? Array(1..<rules.steps) : (0..<rules.steps).filter { !rules.isOptional[$0] && rules.depths[$0] > depth }
      for (number, step) in steps.enumerated() {
        part.append(
          JourneyEvent(
            instant: closing.end.addingHeld(1), matches: 1 << UInt64(step), row: JourneyEvent.supposedRow,
            place: lastPlace + number + 1, moment: .max - steps.count + number, value: value))
      }
      search(from: free, starts: starts)
      if found.depth == rules.required { return true }
    }
    return false
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
    // Those at the end matter to what may still follow.
    for other in between { part.append(events[other]) }
  }
}

/// Makes lists of the events that matter to a funnel, for the searches that look at every one of them.
struct JourneyList: Sendable {
  let isHolding: Bool
  /// Whether the place of an event among its neighbours matters.
  let isPlaced: Bool

  /// Lists the events of a journey in canonical order. Returns the place of the last event that `where` left, where places matter.
  func read(_ journey: JourneyRows, of block: JourneyBlock, into events: inout [JourneyEvent]) -> Int {
    events.removeAll(keepingCapacity: true)
    switch journey {
    case .run(let rows):
      var (place, counted) = (0, rows.lowerBound)
      block.forEachMatch(in: rows) { row, matches in
        if isPlaced {
          place += block.bitmaps.count(block.kept, in: counted..<row + 1)
          counted = row + 1
        }
        append(row, matches, place, block, to: &events)
        return true
      }
      return isPlaced ? place + block.bitmaps.count(block.kept, in: counted..<rows.upperBound) : place
    case .scattered(let rows):
      var place = 0
      for row in rows where block.bitmaps[block.kept, row] {
        place += 1
        append(row, block.matches(row), place, block, to: &events)
      }
      return place
    }
  }

  @inline(__always)
  private func append(
    _ row: Int, _ matches: UInt64, _ place: Int, _ block: JourneyBlock, to events: inout [JourneyEvent]
  ) {
    let value = isHolding ? block.value(at: row) : nil
    let matches = isHolding && value == nil ? matches & JourneyEvent.excluded : matches
    guard matches != 0 else { return }
    // A moment has the number of the first of its rows in the list.
    let moment = events.last.flatMap { block.sharesMoment($0.row, row) ? $0.moment : nil } ?? row
    events.append(
      JourneyEvent(
        instant: block.instants[row], matches: matches, row: row, place: place, moment: moment, value: value))
  }
}
