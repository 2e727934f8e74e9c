import EventStore
import JourneyQuery
import JourneyTime

// Why an event is not on the reported chain: it is tried there, and the first rule that breaks is told.
extension FunnelTracing {
  func reason(_ event: Int, at step: Int, _ chain: [Int?]) -> FunnelTrace.Reason {
    if !isAsked { return .notAsked }
    if let other = otherUnit(event, chain) { return other }
    if let holding = query.holding, values[event] == nil { return .withoutValue(property: holding) }
    if step == 0 { return reasonAgainstStarting(event, chain) }
    if chain.isEmpty { return .aheadOfStart }
    if rules.isAnyOrder {
      return broken(event, at: step, chain) ?? .earlierServes(step: step)
    }
    if let filled = chain[step], filled < event { return .earlierServes(step: step) }
    let before = (0..<step).last { !rules.isOptional[$0] } ?? 0
    if chain[before] == nil { return .aheadOf(step: missingStep(chain) ?? before) }
    return broken(event, at: step, chain) ?? .anotherServes
  }

  /// Entries and sessions: whether the event belongs elsewhere.
  private func otherUnit(_ event: Int, _ chain: [Int?]) -> FunnelTrace.Reason? {
    if query.counting == .sessions, let first = chain.first.flatMap({ $0 }), sessions[event] != sessions[first] {
      return .inAnotherSession
    }
    if query.counting == .entries, units.units.contains(where: { $0.chain.rows.contains(rows.lowerBound + event) }) {
      return .takenByAnotherEntry
    }
    return nil
  }

  /// Why the reported chain does not start at an event that matches the first step.
  private func reasonAgainstStarting(_ event: Int, _ chain: [Int?]) -> FunnelTrace.Reason {
    if !canStart(event) { return .outsideDates }
    guard let start = chain.first.flatMap({ $0 }) else { return .noStart }
    if query.entry == .first, query.counting != .entries, moments[event] > moments[start] {
      return .laterThanFirst
    }
    guard let own = best(from: event) else { return .noStart }
    let depth = chain.indices.count { chain[$0] != nil && !rules.isOptional[$0] }
    let arrival = chain.indices.filter { !rules.isOptional[$0] }.compactMap { chain[$0] }.map(instant).max() ?? 0
    if depth == rules.required, instant(event) > arrival { return .afterCompletion }
    if own.depth < depth { return .reachesOnly(own.depth, of: rules.required) }
    if own.arrival > arrival { return .arrivesLater }
    let optionals = chain.indices.count { chain[$0] != nil && rules.isOptional[$0] }
    if own.optionals < optionals { return .takesFewerOptionals }
    return moments[event] < moments[start] ? .laterStartServes : .earlierEventServes
  }

  /// The best chain that starts at this event.
  private func best(from event: Int) -> FoundChain? {
    let events = matches.indices.compactMap { index -> JourneyEvent? in
      guard isKept[index], matches[index] != 0, sessions[index] == sessions[event] else { return nil }
      var steps = matches[index]
      if index != event { steps &= ~1 }
      if query.holding != nil, values[index] != values[event] {
        guard values[index] == nil else { return nil }
        steps &= JourneyEvent.excluded
      }
      return JourneyEvent(
        instant: instant(index), matches: steps, row: index, place: places[index], moment: moments[index], value: nil)
    }
    guard let start = events.firstIndex(where: { $0.row == event }) else { return nil }
    var chain = FoundChain()
    if rules.isAnyOrder {
      var search = AnyOrderSearch(rules, run)
      search.search(events, in: 0..<events.count, starts: start..<start + 1, into: &chain)
    } else {
      var search = ChainSearch(rules, run)
      search.search(events, in: 0..<events.count, starts: start..<start + 1, into: &chain)
    }
    return chain.depth > 0 ? chain : nil
  }

  /// The first rule that breaks when the event fills `step` of the chain; nil if none does.
  private func broken(_ event: Int, at step: Int, _ chain: [Int?]) -> FunnelTrace.Reason? {
    guard let start = chain.first.flatMap({ $0 }) else { return nil }
    if let holding = query.holding, values[event] != values[start] { return .ofAnotherValue(property: holding) }
    if moments[event] < moments[start] || rules.isCanonical && event < start {
      return .beforeStart
    }
    let before = (0..<step).last { chain[$0] != nil }
    if !rules.isAnyOrder, let before, let previous = chain[before] {
      if let reason = broken(event, after: previous, at: step, before) { return reason }
    }
    if let window = query.window, elapsed(from: instant(start), to: instant(event)) > window.microseconds {
      return .outsideWindow(window)
    }
    var tried = chain
    tried[step] = event
    if let culprit = matches.indices.first(where: { isForbidden($0, tried) }) {
      return .forbidden(by: name(culprit))
    }
    guard !rules.isAnyOrder, let next = (step + 1..<max(rules.steps, step + 1)).first(where: { chain[$0] != nil }),
      let following = chain[next]
    else { return nil }
    return broken(following, after: event, at: next, step).map { .tooEarly(step: next, $0) }
  }

  /// The first rule that breaks when `event` at `step` follows `previous`, which fills `before`.
  private func broken(_ event: Int, after previous: Int, at step: Int, _ before: Int) -> FunnelTrace.Reason? {
    if moments[event] < moments[previous] || rules.isCanonical && event <= previous {
      return .before(step: before)
    }
    if rules.isStrict, instant(event) == instant(previous) {
      return .atSameInstant(step: before)
    }
    let arrow = query.path.steps[step].arrow
    if arrow.isNext, places[event] != places[previous] + 1 { return .notNext(step: before) }
    if let limit = arrow.limit, elapsed(from: instant(previous), to: instant(event)) > limit.microseconds {
      return .tooLate(limit, step: before)
    }
    return nil
  }

  /// Whether `without` forbids a chain because of this event.
  func isForbidden(_ event: Int, _ chain: [Int?]) -> Bool {
    guard isKept[event], matches[event] & JourneyEvent.excluded != 0, !chain.contains(event),
      let start = chain.first.flatMap({ $0 }), sessions[event] == sessions[start]
    else { return false }
    if query.holding != nil, let value = values[event], value != values[start] { return false }
    return isBetween(event, chain)
  }

  /// Whether the event lies strictly between the first and the last one of a chain.
  private func isBetween(_ event: Int, _ chain: [Int?]) -> Bool {
    let filled = chain.compactMap { $0 }
    guard let first = chain.first.flatMap({ $0 }), let last = filled.last, !filled.contains(event) else { return false }
    if rules.isCanonical { return first < event && event < last }
    let end = filled.map { moments[$0] }.max() ?? moments[last]
    return moments[first] < moments[event] && moments[event] < end
  }
}
