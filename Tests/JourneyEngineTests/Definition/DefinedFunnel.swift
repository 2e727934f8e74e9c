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

  var report: FunnelReport {
    let units = units(during: query.during)
    let instants = rows.map(\.instant)
    let span = instants.min().flatMap { first in instants.max().map { last in first...last } }
    var report = FunnelReport(total: group(units))
    report.groups = query.breakdown.map { groups(units, by: $0) } ?? []
    report.periods = query.per.map { periods(units, $0, over: units) } ?? []
    report.versus = query.versus.map { group(self.units(during: $0)) }
    report.span = span.map { Instant(microseconds: $0.lowerBound)...Instant(microseconds: $0.upperBound) }
    report.peopleAsked = asked.count
    return report
  }

  /// One person each: the deepest of the units, of these the one entered first.
  func people(_ part: PeopleQuery.Part) -> [PeopleReport.Person] {
    let deepest = Dictionary(grouping: units(during: query.during), by: \.customer).compactMap { _, units in
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
    journeys(of: rows).filter { journey in query.people.map { truth(of: $0, on: journey.events) == true } ?? true }
  }
}

// Which units there are.
extension DefinedFunnel {
  func units(during: Range<Instant>?) -> [DefinedUnit] {
    var bounded = query
    bounded.during = during
    return asked.flatMap { customer, events in
      parts(of: events).flatMap { part in
        let places = part.filter { place in query.filter.map { truth(of: $0, on: events[place]) == true } ?? true }
        let kept = places.map { events[$0] }
        return chains(in: ChainDefinition(query: bounded, journey: kept)).map { chain, isUnfinished in
          DefinedUnit(
            customer: customer, customerJourney: events, journey: kept, entry: places[chain.events[0]], chain: chain,
            depth: ChainDefinition(query: query, journey: kept).depth(chain), isUnfinished: isUnfinished)
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

  private func chains(in definition: ChainDefinition) -> [(chain: DefinedChain, isUnfinished: Bool)] {
    if query.counting == .entries { return entries(in: definition) }
    var starts = definition.starts
    if query.entry == .first, let first = starts.first {
      starts = starts.filter { definition.journey[$0].moment == definition.journey[first].moment }
    }
    return found(definition, from: starts).map { [$0] } ?? []
  }

  private func entries(in definition: ChainDefinition) -> [(chain: DefinedChain, isUnfinished: Bool)] {
    guard let holding = query.holding else { return entries(in: definition) { _ in true } }
    let values = Set(definition.journey.compactMap { $0.value(of: holding) })
    return values.flatMap { value in
      entries(in: definition) { definition.journey[$0].value(of: holding) == value }
    }.sorted { $0.chain.events[0] < $1.chain.events[0] }
  }

  private func entries(in definition: ChainDefinition, where isOpen: (Int) -> Bool)
    -> [(chain: DefinedChain, isUnfinished: Bool)]
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

  private func found(_ definition: ChainDefinition, from starts: [Int]) -> (chain: DefinedChain, isUnfinished: Bool)? {
    guard let chain = definition.reported(from: starts), let last = rows.map(\.instant).max() else { return nil }
    let isOpen = starts.contains { start in
      query.window.map { definition.journey[start].instant + $0.microseconds > last } ?? true
    }
    return (chain, definition.depth(chain) < required && isOpen)
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

  private func group(_ units: [DefinedUnit], key: [String?] = [], isOther: Bool = false) -> FunnelGroup {
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
    return FunnelGroup(
      key: key, isOther: isOther, rows: rows, unfinished: units.count(where: \.isUnfinished),
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

  private func groups(_ units: [DefinedUnit], by breakdown: Breakdown) -> [FunnelGroup] {
    let keyed = Dictionary(grouping: units) { unit in
      breakdown.keys.map { key -> String? in
        switch key {
        case .property(let name):
          unit.chain.event(at: breakdown.step).flatMap { unit.journey[$0].value(of: name)?.text }
        case .people(let named): named.first { truth(of: $0.people, on: unit.customerJourney) == true }?.name
        }
      }
    }
    let named = keyed.filter { $0.key.contains { $0 != nil } }.sorted { left, right in
      left.value.count != right.value.count ? left.value.count > right.value.count : precedes(left.key, right.key)
    }
    func group(_ members: [DefinedUnit], key: [String?], isOther: Bool = false) -> FunnelGroup {
      var found = self.group(members, key: key, isOther: isOther)
      found.periods = query.per.map { periods(members, $0, over: units) } ?? []
      return found
    }
    var groups = named.prefix(breakdown.top).map { group($0.value, key: $0.key) }
    let rest = named.dropFirst(breakdown.top).flatMap(\.value)
    let none = breakdown.keys.map { _ in nil as String? }
    if !rest.isEmpty { groups.append(group(rest, key: none, isOther: true)) }
    if let missing = keyed[none] { groups.append(group(missing, key: none)) }
    return groups
  }

  /// `units` by period; the periods are those of `all`.
  private func periods(_ units: [DefinedUnit], _ unit: CalendarUnit, over all: [DefinedUnit]) -> [FunnelPeriod] {
    func start(of found: DefinedUnit) -> Instant {
      unit.start(of: Instant(microseconds: found.journey[found.chain.events[0]].instant), in: query.zone)
    }
    let starts = Dictionary(grouping: units, by: start(of:))
    let first = query.during?.lowerBound ?? all.map(start(of:)).min()
    let last = query.during.map { Instant(microseconds: $0.upperBound.microseconds - 1) } ?? all.map(start(of:)).max()
    guard let first, let last, first <= last else { return [] }
    var periods: [FunnelPeriod] = []
    var start = unit.start(of: first, in: query.zone)
    while start <= last {
      let label = unit.label(of: start, in: query.zone)
      periods.append(FunnelPeriod(start: start, label: label, group: group(starts[start] ?? [])))
      start = unit.start(1, after: start, in: query.zone)
    }
    return periods
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
