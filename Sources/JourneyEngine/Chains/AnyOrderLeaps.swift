import JourneyQuery

/// Finds the reported chain of a journey for `order any` in leaps: from each first event to the next event of every other
/// step.
///
/// It is for journeys in which no two events that matter share an instant, and for paths whose steps, but for the first,
/// have no event in common: then each step takes its next event if that lies in the window, whatever the others take.
///
/// O(events / 64 · steps) a journey, beside steps for every first event.
struct AnyOrderLeaps: Sendable {
  private let steps: Int
  /// Microseconds; the largest number is `forever`.
  private let window: Int64
  /// Whether there are events that `without` names; none of them fills a step.
  private let hasWalls: Bool

  init(_ rules: ChainRules, hasWalls: Bool) {
    (steps, window, self.hasWalls) = (rules.steps, rules.window, hasWalls)
  }

  /// The chain to report of those that start at one of the rows `starts` of `journey`; depth 0 if there are none.
  func search(_ journey: Range<Int>, starts: Range<Int>, in block: JourneyBlock, into chain: inout FoundChain) {
    chain.depth = 0
    // The next row of each step, and in place 0 of the events that `without` names; −1 where it has to be looked up.
    var next = InlineArray<64, Int>(repeating: -1)
    var anchor = block.bitmaps.first(0, in: starts)
    while let start = anchor {
      // No later start can arrive as early.
      if chain.depth == steps, start > chain.lastIndex { break }
      for place in 0..<steps where next[place] <= start {
        let plane = place == 0 ? block.excluded : place
        next[place] = journey.upperBound
        if place > 0 || hasWalls, let row = block.bitmaps.first(plane, in: start + 1..<journey.upperBound) {
          next[place] = row
        }
      }
      let close = block.instants[start].addingHeld(window)
      var (depth, last) = (1, start)
      for step in 1..<max(1, steps) where next[step] < next[0] && block.instants[next[step]] <= close {
        (depth, last) = (depth + 1, max(last, next[step]))
      }
      if depth > chain.depth || depth == chain.depth && last <= chain.lastIndex {
        (chain.depth, chain.lastIndex, chain.rows[0]) = (depth, last, start)
        for step in 1..<max(1, steps) { chain.rows[step] = next[step] <= last ? next[step] : -1 }
      }
      anchor = block.bitmaps.first(0, in: start + 1..<starts.upperBound)
    }
    if chain.depth > 0 { chain.arrival = block.instants[chain.lastIndex] }
  }
}
