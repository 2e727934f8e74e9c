import EventStore
import JourneyQuery
import JourneyTime

/// Distinct events of a journey that fill steps of a path: `events[i]` (index in the journey) fills step `steps[i]`,
/// steps ascending.
struct DefinedChain: Equatable {
  var steps: [Int]
  var events: [Int]

  func event(at step: Int) -> Int? {
    steps.firstIndex(of: step).map { events[$0] }
  }
}

/// All chains of one journey and the one that is reported, written as the definition is: by trying everything.
struct ChainDefinition {
  let query: FunnelQuery
  /// In canonical order, after `where`.
  let journey: [EventRow]
  /// Only events from here on fill steps; those before belong to an earlier entry.
  var free = 0
  /// The steps, and no others, that events fill which are supposed to follow at the end, one after another; they have any value.
  var supposed: [Int] = []

  private var path: [PathStep] { query.path.steps }
  private var isCanonical: Bool { path.contains { $0.arrow.isNext } }

  /// The events at which a chain may start, before `entry` is looked at.
  var starts: [Int] {
    journey.indices.filter { event in
      event >= free && fills(0, event)
        && (query.scope.during?.contains(Instant(microseconds: journey[event].instant)) ?? true)
        && (query.holding.map { journey[event].value(of: $0) != nil } ?? true)
    }
  }

  /// The reported one of the chains that start at one of `starts`; nil only if there are none.
  func reported(from starts: [Int]) -> DefinedChain? {
    starts.flatMap { start in
      let chain = DefinedChain(steps: [0], events: [start])
      return query.order == .any ? fillings(of: chain, from: 1).filter(isChain) : extensions(of: chain)
    }.min(by: isPreferred)
  }

  /// Required steps that the chain fills.
  func depth(_ chain: DefinedChain) -> Int {
    query.order == .any ? chain.steps.count : chain.steps.count { !path[$0].isOptional }
  }

  /// Instant of the last required step.
  func arrival(_ chain: DefinedChain) -> Int64 {
    let required = zip(chain.steps, chain.events).filter { query.order == .any || !path[$0.0].isOptional }
    return required.map { journey[$0.1].instant }.max() ?? 0
  }

  private func isPreferred(_ left: DefinedChain, _ right: DefinedChain) -> Bool {
    if depth(left) != depth(right) { return depth(left) > depth(right) }
    if arrival(left) != arrival(right) { return arrival(left) < arrival(right) }
    if left.steps.count != right.steps.count { return left.steps.count > right.steps.count }
    let (start, other) = (journey[left.events[0]].moment, journey[right.events[0]].moment)
    if start != other { return start > other }
    if left.events != right.events { return left.events.lexicographicallyPrecedes(right.events) }
    return left.steps.lexicographicallyPrecedes(right.steps)
  }

  /// The chain and all that begin with it. Whatever begins a chain is a chain.
  private func extensions(of chain: DefinedChain) -> [DefinedChain] {
    guard isChain(chain), let last = chain.steps.last else { return [] }
    var found = [chain]
    for step in path.indices where step > last && path[(last + 1)..<step].allSatisfy(\.isOptional) {
      for longer in fillings(of: chain, at: step) { found += extensions(of: longer) }
    }
    return found
  }

  /// `order any`: the chain with every choice of events for the steps from `step` on, filled or not.
  private func fillings(of chain: DefinedChain, from step: Int) -> [DefinedChain] {
    guard step < path.count else { return [chain] }
    return ([chain] + fillings(of: chain, at: step)).flatMap { fillings(of: $0, from: step + 1) }
  }

  private func fillings(of chain: DefinedChain, at step: Int) -> [DefinedChain] {
    journey.indices.filter { $0 >= free && !chain.events.contains($0) && fills(step, $0) }
      .map { DefinedChain(steps: chain.steps + [step], events: chain.events + [$0]) }
  }

  private func isSupposed(_ event: Int) -> Bool { event >= journey.count - supposed.count }

  private func fills(_ step: Int, _ event: Int) -> Bool {
    isSupposed(event)
      ? supposed[event - journey.count + supposed.count] == step : matches(path[step].step, journey[event])
  }

  /// Whether the journey has a complete chain from one of `starts` once all steps behind one that was reached follow right after `last`.
  func completes(from starts: [Int], after last: Int64) -> Bool {
    let required = path.indices.filter { query.order == .any || !path[$0].isOptional }
    return required.indices.dropFirst().contains { missing in
      let supposed = Array(required[missing...])
      let events = supposed.map { _ in EventRow(customer: "", instant: last + 1, name: "") }
      let longer = ChainDefinition(query: query, journey: journey + events, free: free, supposed: supposed)
      return longer.reported(from: starts).map { longer.depth($0) == required.count } ?? false
    }
  }

  /// Whether all rules hold but those on the start. Events match their steps and are distinct.
  func isChain(_ chain: DefinedChain) -> Bool {
    let first = journey[chain.events[0]]
    let last = query.order == .any ? chain.events.map { journey[$0] }.max { $0.moment < $1.moment } : nil
    let end = last ?? journey[chain.events[chain.events.count - 1]]
    if let window = query.window, end.instant - first.instant > window.microseconds { return false }
    if query.order == .any {
      guard chain.events.allSatisfy({ journey[$0].moment >= first.moment }) else { return false }
    } else {
      guard zip(chain.events.indices, chain.events.indices.dropFirst()).allSatisfy({ follows(chain, $0, $1) })
      else { return false }
    }
    if let holding = query.holding {
      guard let value = first.value(of: holding),
        chain.events.allSatisfy({ isSupposed($0) || journey[$0].value(of: holding) == value })
      else { return false }
    }
    return !journey.indices.contains { forbids($0, chain, end: end) }
  }

  /// Whether the events at two neighbouring places of the chain may follow each other.
  private func follows(_ chain: DefinedChain, _ place: Int, _ next: Int) -> Bool {
    let (left, right) = (chain.events[place], chain.events[next])
    let arrow = path[chain.steps[next]].arrow
    if journey[left].moment > journey[right].moment { return false }
    if isCanonical && left > right { return false }
    if query.order == .strict && !isSupposed(right) && journey[left].instant >= journey[right].instant { return false }
    if arrow.isNext && right != left + 1 { return false }
    if let limit = arrow.limit, journey[right].instant - journey[left].instant > limit.microseconds { return false }
    return true
  }

  private func forbids(_ event: Int, _ chain: DefinedChain, end: EventRow) -> Bool {
    guard !isSupposed(event), query.without.contains(where: { matches($0, journey[event]) }),
      !chain.events.contains(event),
      let last = chain.events.last
    else { return false }
    if let holding = query.holding, let value = journey[event].value(of: holding),
      value != journey[chain.events[0]].value(of: holding)
    {
      return false
    }
    if isCanonical { return chain.events[0] < event && event < last }
    return journey[chain.events[0]].moment < journey[event].moment && journey[event].moment < end.moment
  }
}
