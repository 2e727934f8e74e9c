import JourneyQuery
import JourneyTime

// The verdict on every event, and the outcome.
extension FunnelTracing {
  func trace(of customer: String) -> FunnelTrace {
    let unit = units.deepest
    let chain = unit.map { unit in unit.chain.rows.map { $0 < 0 ? nil : $0 - rows.lowerBound } } ?? []
    let lines = rows.map { row in
      FunnelTrace.Line(
        event: bucket.event(at: row, in: store.schema), verdict: verdict(on: row - rows.lowerBound, chain))
    }
    return FunnelTrace(
      customer: customer, isAsked: isAsked, lines: lines, depth: unit?.chain.depth ?? 0, outcome: outcome(chain),
      isUnfinished: unit?.isUnfinished ?? false)
  }

  /// `chain` gives the event of each step of the reported chain, nil where it is not filled; it is empty if there is
  /// none.
  private func verdict(on event: Int, _ chain: [Int?]) -> FunnelTrace.Verdict {
    if !isKept[event] { return .filtered }
    if let step = chain.firstIndex(of: event) { return .taken(step) }
    let steps = (0..<rules.steps).filter { fills(event, $0) }
    let isExcluded = matches[event] & JourneyEvent.excluded != 0
    if isExcluded, forbids(event, chain) { return .excluded(forbids: true) }
    guard let step = mostTelling(steps, chain) else { return isExcluded ? .excluded(forbids: false) : .noStep }
    return .passedOver(steps, reason(event, at: step, chain))
  }

  /// Whether, were nothing forbidden, a better chain would run across the event.
  private func forbids(_ event: Int, _ chain: [Int?]) -> Bool {
    guard let unhindered, unhindered.depth > 0 else { return false }
    let other = unhindered.rows.map { $0 < 0 ? nil : $0 - rows.lowerBound }
    return other != chain && isForbidden(event, other)
  }

  /// The step that tells most about why an event with these `steps` is not on the chain: the next one that is missing,
  /// else the last one that another event fills, else the first.
  private func mostTelling(_ steps: [Int], _ chain: [Int?]) -> Int? {
    if let missing = missingStep(chain), steps.contains(missing) { return missing }
    return steps.last { chain.indices.contains($0) && chain[$0] != nil } ?? steps.first
  }

  /// The first required step that the chain does not fill; nil if it is complete.
  func missingStep(_ chain: [Int?]) -> Int? {
    if chain.isEmpty { return 0 }
    return chain.indices.first { chain[$0] == nil && !rules.isOptional[$0] }
  }

  private func outcome(_ chain: [Int?]) -> FunnelTrace.Outcome {
    guard isAsked else { return .notAsked }
    guard let missing = missingStep(chain) else {
      let filled = chain.compactMap { $0 }.map(instant)
      let length = elapsed(from: filled.min() ?? 0, to: filled.max() ?? 0)
      return .complete(steps: rules.required, time: Duration(microseconds: length))
    }
    return .missing(step: missing, of: rules.required, absence(of: missing, chain))
  }

  private func absence(of step: Int, _ chain: [Int?]) -> FunnelTrace.Absence {
    let candidates = matches.indices.filter { isKept[$0] && fills($0, step) && !chain.contains($0) }
    guard let start = chain.first.flatMap({ $0 }) else {
      return candidates.first.map { .passedOver(reason($0, at: 0, chain)) } ?? .nowhere
    }
    let last = chain.compactMap { $0 }.max() ?? start
    guard let candidate = candidates.first(where: { $0 > last }) ?? candidates.last else {
      return query.window.map { .within($0) } ?? .after(event: name(last))
    }
    return .passedOver(reason(candidate, at: step, chain))
  }
}
