import EventStore
import JourneyQuery
import JourneyTime

/// What is counted: a customer, a session or an entry that has a chain.
struct DefinedUnit {
  var customer: String
  var customerJourney: [EventRow]
  /// The journey the chain was found in.
  var journey: [EventRow]
  /// Index in the customer's journey of the chain's first event.
  var entry: Int
  var chain: DefinedChain
  var depth: Int
  var isUnfinished: Bool
}

/// A funnel's answer by the definition.
struct DefinedFunnel {
  let rows: [EventRow]
  let query: FunnelQuery
  var session: String?

  private var steps: [PathStep] { query.path.steps }

  var report: FunnelReport { cut(figures) { _ in true }.report(size: \.count) }

  /// What `figures` says of the units that count.
  func cut<Figures>(
    _ figures: @escaping ([DefinedUnit]) -> Figures, where isCounted: @escaping (DefinedUnit) -> Bool
  ) -> DefinedCut<DefinedUnit, Figures> {
    DefinedCut(scope: query.scope, split: query.split, rows: rows, people: asked.count) { during in
      units(during: during).filter(isCounted).map { unit in
        Placed(
          item: unit, key: query.split.breakdown.map { key(of: unit, $0) } ?? [],
          instant: unit.journey[unit.chain.events[0]].instant)
      }
    } figures: {
      figures($0)
    }
  }

  private func key(of unit: DefinedUnit, _ breakdown: Breakdown) -> [String?] {
    breakdown.keys.map { key in
      switch key {
      case .property(let name):
        unit.chain.event(at: breakdown.step).flatMap { unit.journey[$0].value(of: name)?.text }
      case .people(let named): named.first { truth(of: $0.people, on: unit.customerJourney) == true }?.name
      }
    }
  }

  /// One person each: the deepest of the units, of these the one entered first.
  func people(_ part: PeopleQuery.Part) -> [PeopleReport.Person] {
    let deepest = Dictionary(grouping: units(during: query.scope.during), by: \.customer).compactMap { _, units in
      units.max { ($0.depth, $1.entry) < ($1.depth, $0.entry) }
    }
    return deepest.filter { unit in
      switch part {
      case .all: true
      case .reached(let row): reached(unit, row)
      case .lost(let row): nextRequired(after: row).map { reached(unit, row) && !reached(unit, $0) } ?? false
      }
    }.map { unit in
      let instants = unit.chain.events.map { unit.journey[$0].instant }
      return PeopleReport.Person(
        customer: unit.customer, depth: unit.depth, entered: Instant(microseconds: instants[0]),
        last: Instant(microseconds: instants.max() ?? 0))
    }.sorted { $0.customer.utf8.lexicographicallyPrecedes($1.customer.utf8) }
  }

  private var asked: [(customer: String, events: [EventRow])] {
    JourneyEngineTests.asked(query.scope, of: rows)
  }
}

// Which units there are.
extension DefinedFunnel {
  func units(during: Range<Instant>?) -> [DefinedUnit] {
    var bounded = query
    bounded.scope.during = during
    return asked.flatMap { customer, events in
      parts(of: events).flatMap { part in
        let places = part.filter { place in query.scope.keeps(events[place]) }
        let kept = places.map { events[$0] }
        let isOver = isOver(part.map { events[$0] })
        return chains(in: ChainDefinition(query: bounded, journey: kept)).map { chain, mayComplete in
          DefinedUnit(
            customer: customer, customerJourney: events, journey: kept, entry: places[chain.events[0]], chain: chain,
            depth: ChainDefinition(query: query, journey: kept).depth(chain), isUnfinished: mayComplete && !isOver)
        }
      }
    }
  }

  /// The journeys that one customer's events are read as, as indices: all of them, or session by session.
  private func parts(of events: [EventRow]) -> [[Int]] {
    guard query.counting == .sessions else { return [Array(events.indices)] }
    let values = events.map { event in session.flatMap { event.value(of: $0) } }
    let named = Set(values.compactMap { $0 }).map { value in events.indices.filter { values[$0] == value } }
    var cut: [[Int]] = []
    for index in events.indices where values[index] == nil {
      if let last = cut.last?.last, events[index].instant - events[last].instant <= query.gap.microseconds {
        cut[cut.count - 1].append(index)
      } else {
        cut.append([index])
      }
    }
    return named + cut
  }

  private var last: Int64 { rows.map(\.instant).max() ?? 0 }

  /// Whether an event right after the store's last would be of another journey.
  private func isOver(_ part: [EventRow]) -> Bool {
    guard query.counting == .sessions, let end = part.last else { return false }
    let isNamed = session.map { end.value(of: $0) != nil } ?? false
    return !isNamed && last + 1 - end.instant > query.gap.microseconds
  }

  private func chains(in definition: ChainDefinition) -> [(chain: DefinedChain, mayComplete: Bool)] {
    if query.counting == .entries { return entries(in: definition) }
    var starts = definition.starts
    if query.entry == .first, let first = starts.first {
      starts = starts.filter { definition.journey[$0].moment == definition.journey[first].moment }
    }
    return found(definition, from: starts).map { [$0] } ?? []
  }

  private func entries(in definition: ChainDefinition) -> [(chain: DefinedChain, mayComplete: Bool)] {
    guard let holding = query.holding else { return entries(in: definition) { _ in true } }
    let values = Set(definition.journey.compactMap { $0.value(of: holding) })
    return values.flatMap { value in
      entries(in: definition) { definition.journey[$0].value(of: holding) == value }
    }.sorted { $0.chain.events[0] < $1.chain.events[0] }
  }

  private func entries(in definition: ChainDefinition, where isOpen: (Int) -> Bool)
    -> [(chain: DefinedChain, mayComplete: Bool)]
  {
    var entries: [(DefinedChain, Bool)] = []
    var definition = definition
    var starts = definition.starts.filter(isOpen)
    while let opening = starts.first {
      let opened = definition.journey[opening].instant
      let isOver = { (event: Int) in
        query.window.map { definition.journey[event].instant - opened > $0.microseconds } ?? false
      }
      let permitted = query.entry == .first ? [opening] : starts.filter { !isOver($0) }
      guard let entry = found(definition, from: permitted) else { break }
      entries.append(entry)
      if definition.depth(entry.chain) == required {
        definition.free = (entry.chain.events.max() ?? 0) + 1
        starts = starts.filter { $0 >= definition.free }
      } else {
        starts = starts.filter(isOver)
      }
    }
    return entries
  }

  private var required: Int { query.order == .any ? steps.count : query.requiredSteps }

  private func found(_ definition: ChainDefinition, from starts: [Int]) -> (chain: DefinedChain, mayComplete: Bool)? {
    guard let chain = definition.reported(from: starts) else { return nil }
    return (chain, definition.depth(chain) < required && definition.completes(from: starts, after: last))
  }
}

// What is said of them.
extension DefinedFunnel {
  private func reached(_ unit: DefinedUnit, _ row: Int) -> Bool {
    query.order == .any ? unit.depth > row : unit.chain.event(at: row) != nil
  }

  private func nextRequired(after row: Int) -> Int? {
    steps.indices.first { $0 > row && (query.order == .any || !steps[$0].isOptional) }
  }

  /// Instant at which the unit reached a row.
  private func instant(_ unit: DefinedUnit, _ row: Int) -> Int64? {
    guard query.order == .any else { return unit.chain.event(at: row).map { unit.journey[$0].instant } }
    return row < unit.depth ? unit.chain.events.sorted().map { unit.journey[$0].instant }[row] : nil
  }

  private func figures(_ units: [DefinedUnit]) -> FunnelFigures {
    let rows = steps.indices.map { row in
      let isOptional = query.order != .any && steps[row].isOptional
      let count = units.count { reached($0, row) }
      let previous = steps.indices.last { $0 < row && (query.order == .any || !steps[$0].isOptional) }
      let times = units.compactMap { unit -> Int64? in
        guard let previous, let from = instant(unit, previous), let to = instant(unit, row) else { return nil }
        return to - from
      }
      return FunnelRow(
        label: query.order == .any ? "\(row + 1) of \(steps.count)" : steps[row].step.label, isOptional: isOptional,
        count: count,
        lost: isOptional
          ? nil : nextRequired(after: row).map { next in count - units.count { reached($0, next) } } ?? 0,
        medianFromPrevious: median(times))
    }
    let complete = units.filter { $0.depth == required }
    return FunnelFigures(
      rows: rows, unfinished: units.count(where: \.isUnfinished),
      medianToComplete: median(complete.map { arrival($0) - $0.journey[$0.chain.events[0]].instant }))
  }

  private func arrival(_ unit: DefinedUnit) -> Int64 {
    ChainDefinition(query: query, journey: unit.journey).arrival(unit.chain)
  }

  private func median(_ times: [Int64]) -> Duration? {
    let sorted = times.sorted()
    guard !sorted.isEmpty else { return nil }
    let (low, high) = (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2])
    return Duration(microseconds: low + (high - low) / 2)
  }
}

/// Whether one combination of breakdown values comes before another: by UTF-8 bytes, missing ones last.
func precedes(_ left: [String?], _ right: [String?]) -> Bool {
  for (one, other) in zip(left, right) where one != other {
    guard let one else { return false }
    guard let other else { return true }
    return one.utf8.lexicographicallyPrecedes(other.utf8)
  }
  return false
}
