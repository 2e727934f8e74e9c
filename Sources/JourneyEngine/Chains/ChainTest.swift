import JourneyQuery

/// What a path asks of a chain beside its steps, their order and the window; for journeys without ties.
struct ChainTest: Sendable {
  private let follows: [ChainRules.Follow]
  private let asksWithout: Bool
  private let asksHolding: Bool

  /// Nil if nothing is asked. `asksWithout` says whether to look at the events that `without` names.
  init?(_ rules: ChainRules, _ query: FunnelQuery, asksWithout: Bool) {
    let arePlain = rules.follows.allSatisfy { if case .later = $0 { true } else { false } }
    if arePlain, !asksWithout, query.holding == nil { return nil }
    follows = rules.follows
    (self.asksWithout, asksHolding) = (asksWithout, query.holding != nil)
  }

  func holds(_ chain: FoundChain, in block: JourneyBlock) -> Bool {
    let value = asksHolding ? block.value(at: chain.rows[0]) : nil
    for step in 1..<max(1, chain.depth) {
      let (previous, row) = (chain.rows[step - 1], chain.rows[step])
      let length = elapsed(from: block.instants[previous], to: block.instants[row])
      switch follows[step - 1] {
      case .later: break
      case .within(let limit): if length > limit { return false }
      case .next(let limit):
        if length > limit || block.bitmaps.first(block.kept, in: previous + 1..<row) != nil { return false }
      }
      if asksHolding, block.value(at: row) != value { return false }
    }
    return !asksWithout || isUnhindered(chain, value, block)
  }

  /// Whether no event that `without` names lies between the first and the last of the chain, beside its own; with
  /// `holding`, one of another value does not count.
  private func isUnhindered(_ chain: FoundChain, _ value: Int?, _ block: JourneyBlock) -> Bool {
    let end = chain.rows[chain.depth - 1]
    var next = chain.depth > 1 ? block.bitmaps.first(block.excluded, in: chain.rows[0] + 1..<end) : nil
    while let row = next {
      let isOfAnother = asksHolding && block.value(at: row).map { $0 != value } ?? false
      if !isOfAnother, !chain.rows.contains(row) { return false }
      next = block.bitmaps.first(block.excluded, in: row + 1..<end)
    }
    return true
  }
}
