import EventStore
import JourneyQuery

/// What a funnel counts: a customer, an entry or a session that has a chain.
struct FunnelUnit: Sendable {
  var chain = FoundChain()
  /// Not completed, and a permitted first event's window reaches past the store's last event.
  var isUnfinished = false
  /// The journey it was found in, by its number among the customer's: not 0 only where sessions are counted.
  var journey = 0
}

/// What takes the units of a funnel as they are found.
protocol FunnelSink {
  /// Takes a unit of the customer.
  mutating func take(_ unit: FunnelUnit, of customer: Int, in bucket: Bucket)
}

/// Finds the units of a funnel, customer by customer. One reader serves one thread.
struct FunnelReader: Sendable {
  private let query: FunnelQuery
  let rules: ChainRules
  /// The store's last instant, before all filters.
  private let end: Int64
  private var list: JourneyList
  private var people: PeopleTest?
  private var path: ChainSearch
  private var anyOrder: AnyOrderSearch
  private var events: [JourneyEvent] = []
  /// The events searched: the journey's, or of these the ones with one `holding` value.
  private var part: [JourneyEvent] = []
  private var byValue: [(value: UInt64, index: Int)] = []
  private var unit = FunnelUnit()
  private var best = FunnelUnit()
  /// Customers that `for` keeps, among those read so far.
  private(set) var asked = 0

  /// Throws `limit` for a path that is too long.
  init(_ query: FunnelQuery, of store: EventStore) throws(ExecutionError) {
    if query.order == .any, query.path.steps.count > 16 { throw .limit("at most 16 steps in any order") }
    if query.path.steps.count > JourneyEvent.mostSteps {
      throw .limit("at most \(JourneyEvent.mostSteps) steps in a path")
    }
    self.query = query
    rules = ChainRules(query)
    end = store.span?.upperBound ?? 0
    list = JourneyList(query, in: store.schema)
    people = query.people.map { PeopleTest($0, in: store.schema) }
    path = ChainSearch(rules)
    anyOrder = AnyOrderSearch(rules)
  }

  /// Finds the units of some customers of a bucket.
  mutating func read(_ customers: Range<Int>, of bucket: Bucket, into sink: inout some FunnelSink) {
    for customer in customers {
      if people != nil, people?.holds(customer, of: bucket) != true { continue }
      asked += 1
      guard rules.steps > 0, list.canStart(customer, of: bucket) else { continue }
      let journeys = list.open(customer, of: bucket)
      for journey in 0..<journeys {
        (unit.journey, best.journey) = (journey, journey)
        list.read(journey, of: bucket, into: &events)
        guard events.contains(where: { $0.fills(0) }) else { continue }
        if query.counting == .entries {
          readEntries(customer, bucket, into: &sink)
        } else if readJourney() {
          sink.take(best, of: customer, in: bucket)
        }
      }
    }
  }

  /// The reported chain of the journey read last, in `best`; false if there is none.
  private mutating func readJourney() -> Bool {
    best.chain.depth = 0
    guard let first = events.firstIndex(where: { $0.fills(0) }), let last = events.lastIndex(where: { $0.fills(0) })
    else { return false }
    var lastStart = last
    if query.entry == .first {
      let moment = events[first].moment
      lastStart = events[first...last].lastIndex { $0.moment == moment && $0.fills(0) } ?? first
    }
    let moments = events[first].moment...events[lastStart].moment
    best.isUnfinished = isOpen(events[lastStart].instant)
    forEachPart { reader in
      guard let from = reader.part.firstIndex(where: { moments.contains($0.moment) && $0.fills(0) }) else { return }
      let to = reader.part.lastIndex { moments.contains($0.moment) && $0.fills(0) } ?? from
      reader.search(from: 0, starts: from..<to + 1)
      if reader.unit.chain.isPreferred(over: reader.best.chain) { swap(&reader.unit.chain, &reader.best.chain) }
    }
    if best.chain.depth == required { best.isUnfinished = false }
    return best.chain.depth > 0
  }

  private mutating func readEntries(_ customer: Int, _ bucket: Bucket, into sink: inout some FunnelSink) {
    forEachPart { reader in
      var free = 0
      var next = 0
      while let opening = reader.part[next...].firstIndex(where: { $0.fills(0) }) {
        let opened = reader.part[opening].instant
        var over = opening + 1
        while over < reader.part.count, elapsed(from: opened, to: reader.part[over].instant) <= reader.rules.window {
          over += 1
        }
        let starts = opening..<(reader.query.entry == .first ? opening + 1 : over)
        reader.search(from: free, starts: starts)
        let isComplete = reader.unit.chain.depth == reader.required
        let lastStart = reader.part[starts].last { $0.fills(0) }
        reader.unit.isUnfinished = !isComplete && (lastStart.map { reader.isOpen($0.instant) } ?? false)
        sink.take(reader.unit, of: customer, in: bucket)
        if isComplete { free = reader.unit.chain.lastIndex + 1 }
        next = isComplete ? free : over
      }
    }
  }

  private var required: Int { rules.required }

  /// Whether a window that opens at `instant` reaches past the end of the store.
  private func isOpen(_ instant: Int64) -> Bool {
    let (end, overflow) = instant.addingReportingOverflow(rules.window)
    return overflow || end > self.end
  }

  /// Searches the chains with events from `free` on. What lies before the moment of the first start cannot be on one.
  private mutating func search(from free: Int, starts: Range<Int>) {
    var first = starts.lowerBound
    while first > free, part[first - 1].moment == part[starts.lowerBound].moment { first -= 1 }
    if rules.isAnyOrder {
      anyOrder.search(part, in: first..<part.count, starts: starts, into: &unit.chain)
    } else {
      path.search(part, in: first..<part.count, starts: starts, into: &unit.chain)
    }
  }
}

// `holding`: each value by itself.
extension FunnelReader {
  /// Calls `body` with `part` set to the events of the journey, or in turn to those of each `holding` value: the events
  /// that have it, and those without any that `without` names.
  private mutating func forEachPart(_ body: (inout FunnelReader) -> Void) {
    guard query.holding != nil else {
      swap(&part, &events)
      body(&self)
      swap(&part, &events)
      return
    }
    byValue.removeAll(keepingCapacity: true)
    for (index, event) in events.enumerated() {
      if let value = event.value { byValue.append((value, index)) }
    }
    byValue.sort { ($0.value, $0.index) < ($1.value, $1.index) }
    let loose = events.indices.filter { events[$0].value == nil }
    var next = 0
    while next < byValue.count {
      let first = next
      while next < byValue.count, byValue[next].value == byValue[first].value { next += 1 }
      guard byValue[first..<next].contains(where: { events[$0.index].fills(0) }) else { continue }
      gather(first..<next, loose)
      body(&self)
    }
  }

  private mutating func gather(_ run: Range<Int>, _ loose: [Int]) {
    part.removeAll(keepingCapacity: true)
    var between = loose.drop { $0 < byValue[run.lowerBound].index }
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
