import JourneyQuery

/// Finds the reported chain of one journey in one pass.
///
/// For every step and number of optional steps taken it keeps the chain prefix that ends there and starts latest (of
/// equal starts, the one whose events come first in canonical order): such a prefix can be continued wherever another
/// one can. Where an arrow has a limit of its own the later prefixes are kept too, where it is `=>` only the newest.
/// Events of one moment are read together.
///
/// O(events · steps) for a path without `?`; scratch space is kept from journey to journey. Once the run is cancelled the
/// search stops, and what it has found is of no meaning.
struct ChainSearch {
  /// An event at the end of a chain prefix. The prefix is followed through `parent`.
  struct Link {
    var event: Int
    var step: Int
    /// −1 for a first step.
    var parent: Int
    /// Event that starts the prefix.
    var start: Int
    /// Optional steps in the prefix.
    var optionals: Int
    /// Whether it can be continued beyond its moment: every event of that moment that `without` names is on it.
    var continues = true
  }

  let rules: ChainRules
  private let run: Run
  /// Where chains may start: indices of events.
  var starts = 0..<0
  private(set) var links: [Link] = []
  /// By slot (step, optional steps taken): the prefix to continue, −1 for none; of no use where `queues` are.
  private var best: [Int]
  /// The prefixes in a slot whose step is followed by an arrow with a limit.
  private var queues: [PrefixQueue]
  /// Prefixes that end in the moment being read.
  private var formed: [Int] = []
  /// `order strict`: prefixes that end in the instant being read.
  private var pending: [Int] = []
  /// The chain to report so far; −1 for none.
  private var found = -1
  private var foundDepth = 0
  /// Second pass: only chains whose last required step is at this depth and instant, with the optional steps behind it.
  private var goal: (step: Int, last: Int, instant: Int64)?
  var assignment = Assignment()
  var chosen: [Int]

  init(_ rules: ChainRules, _ run: Run) {
    (self.rules, self.run) = (rules, run)
    let slots = rules.steps * (rules.optional + 1)
    best = Array(repeating: -1, count: slots)
    queues = Array(repeating: PrefixQueue(), count: slots)
    chosen = Array(repeating: -1, count: rules.steps)
  }

  /// The chain to report of those with events from `events[range]` that start in `starts`; depth 0 if there are none.
  mutating func search(_ events: [JourneyEvent], in range: Range<Int>, starts: Range<Int>, into chain: inout FoundChain)
  {
    self.starts = starts
    goal = nil
    pass(events, range)
    guard found >= 0 else {
      chain.depth = 0
      return
    }
    let step = rules.requiredStep(foundDepth)
    let last = rules.lastOptional(after: step)
    if last > step {
      goal = (step, last, events[links[found].event].instant)
      pass(events, range)
    }
    write(events, into: &chain)
  }

  private mutating func pass(_ events: [JourneyEvent], _ range: Range<Int>) {
    links.removeAll(keepingCapacity: true)
    pending.removeAll(keepingCapacity: true)
    clearSlots()
    (found, foundDepth) = (-1, 0)
    var next = range.lowerBound
    while next < range.upperBound {
      let first = next
      let (moment, instant) = (events[first].moment, events[first].instant)
      next += 1
      if !rules.isCanonical {
        while next < range.upperBound, events[next].moment == moment { next += 1 }
      }
      if isOver(at: instant, events) || first & 0xFFF == 0xFFF && run.isCancelled { break }
      if rules.isStrict, let last = pending.last {
        if events[links[last].event].instant < instant || events[first].row == JourneyEvent.supposedRow {
          settle(events)
        }
      }
      read(events, first..<next)
    }
  }

  /// Whether nothing from `instant` on can change what is found.
  private func isOver(at instant: Int64, _ events: [JourneyEvent]) -> Bool {
    if let last = starts.last, elapsed(from: events[last].instant, to: instant) > rules.window { return true }
    if let goal { return elapsed(from: goal.instant, to: instant) > rules.window }
    guard foundDepth == rules.required else { return false }
    return events[links[found].event].instant < instant
  }

  /// Reads the events of one moment (of one place, in a path with `=>`).
  private mutating func read(_ events: [JourneyEvent], _ range: Range<Int>) {
    formed.removeAll(keepingCapacity: true)
    let excluded = range.count { events[$0].isExcluded }
    if range.count == 1 || rules.isStrict {
      for event in range { extend(events, with: event, excluded) }
    } else {
      extendTogether(events, range, excluded)
    }
    if excluded > 0 {
      clearSlots()
      pending.removeAll { events[links[$0].start].moment < events[range.lowerBound].moment || rules.isCanonical }
    }
    for link in formed where links[link].continues {
      if rules.isStrict { pending.append(link) } else { keep(link, events) }
    }
  }

  /// Lets one event end prefixes; those that end earlier stay as they are until all of its moment is read.
  private mutating func extend(_ events: [JourneyEvent], with event: Int, _ excluded: Int) {
    var steps = events[event].steps
    while steps != 0 {
      let step = 63 - steps.leadingZeroBitCount
      steps &= ~(1 << UInt64(step))
      if step == 0 {
        if starts.contains(event) { form(Link(event: event, step: 0, parent: -1, start: event, optionals: 0), events) }
        continue
      }
      let least = rules.isOptional[step] ? 1 : 0
      for optionals in stride(from: least, through: rules.optionals[step], by: 1) {
        guard let parent = predecessor(of: step, optionals - least, at: event, events) else { continue }
        var link = Link(event: event, step: step, parent: parent, start: links[parent].start, optionals: optionals)
        link.continues = excluded == 0 || excluded == 1 && events[event].isExcluded
        if events[link.start].moment == events[event].moment { link.continues = true }
        if excluded == 0, !rules.isStrict, isSameButLater(link) { continue }
        form(link, events)
      }
    }
  }

  /// Whether the slot holds the same prefix with an earlier last event, which then serves as well.
  private func isSameButLater(_ link: Link) -> Bool {
    guard case .later = rules.follows[link.step] else { return false }
    let kept = best[slot(link.step, link.optionals)]
    return kept >= 0 && links[kept].parent == link.parent
  }

  /// The prefix that `event` continues at `step`, with so many optional steps before it.
  private mutating func predecessor(of step: Int, _ optionals: Int, at event: Int, _ events: [JourneyEvent]) -> Int? {
    var chosen: Int?
    var before = step - 1
    while before >= 0 {
      if let link = usable(before, optionals, at: event, events),
        chosen.map({ isPreferred(link, over: $0, events) }) ?? true
      {
        chosen = link
      }
      guard rules.isOptional[before] else { break }
      before -= 1
    }
    return chosen
  }

  /// The prefix in a slot that an event may continue: the window and the arrow behind the slot's step allow it.
  mutating func usable(_ step: Int, _ optionals: Int, at event: Int, _ events: [JourneyEvent]) -> Int? {
    let slot = slot(step, optionals)
    let instant = events[event].instant
    func isOpen(_ link: Int) -> Bool {
      elapsed(from: events[links[link].start].instant, to: instant) <= rules.window
    }
    switch rules.follows[step] {
    case .later:
      return best[slot] >= 0 && isOpen(best[slot]) ? best[slot] : nil
    case .next(let limit):
      let link = best[slot]
      guard link >= 0, isOpen(link), events[links[link].event].place + 1 == events[event].place else { return nil }
      return elapsed(from: events[links[link].event].instant, to: instant) <= limit ? link : nil
    case .within(let limit):
      while let first = queues[slot].first, elapsed(from: events[links[first].event].instant, to: instant) > limit {
        queues[slot].removeFirst()
      }
      return queues[slot].first.flatMap { isOpen($0) ? $0 : nil }
    }
  }
}

// Slots and what is found.
extension ChainSearch {
  func slot(_ step: Int, _ optionals: Int) -> Int { step * (rules.optional + 1) + optionals }

  private mutating func clearSlots() {
    for slot in best.indices { best[slot] = -1 }
    for slot in queues.indices where queues[slot].first != nil { queues[slot].removeAll() }
  }

  /// Takes up a prefix that ends in the moment being read.
  mutating func form(_ link: Link, _ events: [JourneyEvent]) {
    guard link.step <= lastTarget(after: link.step - 1, at: events[link.event].instant) else { return }
    let index = append(link)
    formed.append(index)
    consider(index, events)
  }

  mutating func append(_ link: Link) -> Int {
    links.append(link)
    return links.count - 1
  }

  /// The last step that events of an instant may fill in continuation of a prefix that ends with `step`.
  func lastTarget(after step: Int, at instant: Int64) -> Int {
    guard let goal else { return rules.steps - 1 }
    return step >= goal.step || instant == goal.instant ? goal.last : goal.step - 1
  }

  /// Reports this chain if it is better than the best so far.
  private mutating func consider(_ link: Int, _ events: [JourneyEvent]) {
    let step = links[link].step
    if let goal {
      guard step >= goal.step else { return }
      if found < 0 || isBetter(link, than: found, events) { found = link }
      foundDepth = rules.depths[goal.step]
      return
    }
    guard !rules.isOptional[step], rules.depths[step] >= foundDepth else { return }
    if rules.depths[step] == foundDepth {
      guard events[links[link].event].instant == events[links[found].event].instant, isBetter(link, than: found, events)
      else { return }
    }
    (found, foundDepth) = (link, rules.depths[step])
  }

  private func isBetter(_ link: Int, than other: Int, _ events: [JourneyEvent]) -> Bool {
    let (mine, theirs) = (links[link].optionals, links[other].optionals)
    return mine != theirs ? mine > theirs : isPreferred(link, over: other, events)
  }

  /// Whether of two prefixes with equally many events the first starts later or, starting at the same moment, takes the
  /// earlier events.
  func isPreferred(_ link: Int, over other: Int, _ events: [JourneyEvent]) -> Bool {
    let (start, otherStart) = (events[links[link].start].moment, events[links[other].start].moment)
    if start != otherStart { return start > otherStart }
    var (left, right) = (link, other)
    var (byEvent, byStep) = (0, 0)
    while left != right, left >= 0, right >= 0 {
      if links[left].event != links[right].event { byEvent = links[left].event - links[right].event }
      if links[left].step != links[right].step { byStep = links[left].step - links[right].step }
      (left, right) = (links[left].parent, links[right].parent)
    }
    return byEvent != 0 ? byEvent < 0 : byStep < 0
  }

  /// Puts a prefix into its slot, if nothing there serves as well.
  private mutating func keep(_ link: Int, _ events: [JourneyEvent]) {
    let slot = slot(links[link].step, links[link].optionals)
    switch rules.follows[links[link].step] {
    case .next: best[slot] = link
    case .later:
      if best[slot] < 0 || isPreferred(link, over: best[slot], events) { best[slot] = link }
    case .within:
      while let last = queues[slot].last, isPreferred(link, over: last, events) { queues[slot].removeLast() }
      queues[slot].append(link)
    }
  }

  /// `order strict`: the instant is over, what ended in it can be continued now.
  private mutating func settle(_ events: [JourneyEvent]) {
    for link in pending { keep(link, events) }
    pending.removeAll(keepingCapacity: true)
  }

  private func arrival(of link: Int, _ events: [JourneyEvent]) -> Int64 {
    var link = link
    while rules.isOptional[links[link].step] { link = links[link].parent }
    return events[links[link].event].instant
  }

  private func write(_ events: [JourneyEvent], into chain: inout FoundChain) {
    chain.depth = foundDepth
    chain.arrival = arrival(of: found, events)
    chain.optionals = links[found].optionals
    chain.start = events[links[found].start].moment
    chain.lastIndex = 0
    chain.rows.removeAll(keepingCapacity: true)
    chain.rows.append(contentsOf: repeatElement(-1, count: rules.steps))
    var link = found
    while link >= 0 {
      chain.rows[links[link].step] = events[links[link].event].row
      chain.lastIndex = max(chain.lastIndex, links[link].event)
      link = links[link].parent
    }
  }
}
