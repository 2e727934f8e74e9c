/// Distinct events for distinct steps, whatever the order: a matching in the bipartite graph of the events of one
/// moment (or, in any order, of one window) and the steps they may fill.
///
/// Some steps must be filled, some may be, and some events (those `without` names) must be used. If the first and the
/// last can be met each by itself they can be met together (Mendelsohn and Dulmage 1958), and augmenting paths then add
/// optional steps without giving up what is covered. O(steps · events · steps). Scratch space is kept from call to
/// call.
struct Assignment {
  /// What the events may fill, by index in the pool.
  private(set) var pool: [UInt64] = []
  /// Whether the event must be used.
  private var isForced: [Bool] = []
  /// Whether events that must be used are looked at.
  var coversForced = true
  /// Taken out of the pool by `earliest`.
  private var isUsed: [Bool] = []
  private var stepOf: [Int] = []
  private var eventOf = [Int](repeating: -1, count: 64)
  private var visits: [Int] = []
  private var visit = 0

  /// Starts over with an empty pool.
  mutating func reset() {
    pool.removeAll(keepingCapacity: true)
    isForced.removeAll(keepingCapacity: true)
    isUsed.removeAll(keepingCapacity: true)
    stepOf.removeAll(keepingCapacity: true)
    visits.removeAll(keepingCapacity: true)
    clear()
  }

  /// Adds an event to the pool; its index is the number of those before it.
  mutating func add(_ steps: UInt64, isForced forced: Bool = false) {
    pool.append(steps)
    isForced.append(forced)
    isUsed.append(false)
    stepOf.append(-1)
    visits.append(0)
  }

  mutating func force(_ event: Int) { isForced[event] = true }
  func isMatched(_ event: Int) -> Bool { stepOf[event] >= 0 }

  /// The most steps of `optional` that can be filled beside all of `required` with every forced event used; nil if the
  /// latter two cannot be.
  mutating func most(required: UInt64, optional: UInt64) -> Int? {
    clear()
    var steps = required
    while steps != 0 {
      let step = steps.trailingZeroBitCount
      steps &= steps - 1
      visit += 1
      guard fill(step, of: required) else { return nil }
    }
    for event in pool.indices where coversForced && isForced[event] && !isUsed[event] && stepOf[event] < 0 {
      var visited: UInt64 = 0
      guard use(event, for: required | optional, displacing: true, &visited) else { return nil }
    }
    steps = optional
    while steps != 0 {
      let step = steps.trailingZeroBitCount
      steps &= steps - 1
      visit += 1
      if eventOf[step] < 0 { _ = fill(step, of: required | optional) }
    }
    return (0..<64).count { optional >> UInt64($0) & 1 == 1 && eventOf[$0] >= 0 }
  }

  /// The assignment that fills the most optional steps and then, step by step from the front, takes the earliest events
  /// of the pool: events by step in `chosen` (−1 where a step is not filled). Returns the number of optional steps, nil
  /// if there is no assignment.
  mutating func earliest(required: UInt64, optional: UInt64, into chosen: inout [Int]) -> Int? {
    guard let goal = most(required: required, optional: optional) else { return nil }
    for step in chosen.indices { chosen[step] = -1 }
    defer { for event in isUsed.indices { isUsed[event] = false } }
    var (required, optional, rest) = (required, optional, goal)
    while required != 0 || rest > 0 {
      // What may be filled next: optional steps, up to the first required one.
      let bound = required == 0 ? UInt64.max : (required & ~(required - 1)) << 1 &- 1
      guard let (event, step) = next((required | optional) & bound, required, optional, rest) else { return nil }
      isUsed[event] = true
      chosen[step] = event
      if optional >> UInt64(step) & 1 == 1 { rest -= 1 }
      (required, optional) = (required & later(step), optional & later(step))
    }
    return goal
  }

  /// The earliest event for one of `steps` after which all of `required` and `rest` of `optional` can still be filled.
  private mutating func next(_ steps: UInt64, _ required: UInt64, _ optional: UInt64, _ rest: Int)
    -> (event: Int, step: Int)?
  {
    for event in pool.indices where !isUsed[event] {
      var candidates = pool[event] & steps
      while candidates != 0 {
        let step = candidates.trailingZeroBitCount
        candidates &= candidates - 1
        isUsed[event] = true
        let filled = most(required: required & later(step), optional: optional & later(step))
        isUsed[event] = false
        if let filled, filled + (optional >> UInt64(step) & 1 == 1 ? 1 : 0) >= rest { return (event, step) }
      }
    }
    return nil
  }

  /// Uses one more event, for a step of `steps` that is free or can be made so; `displacing` may take the step from an
  /// event that need not be used.
  mutating func use(_ event: Int, for steps: UInt64, displacing: Bool) -> Bool {
    var visited: UInt64 = 0
    return use(event, for: steps, displacing: displacing, &visited)
  }

  /// Undoes all matches; the pool stays.
  mutating func clear() {
    for step in eventOf.indices { eventOf[step] = -1 }
    for event in stepOf.indices { stepOf[event] = -1 }
  }

  private func later(_ step: Int) -> UInt64 { step >= 63 ? 0 : UInt64.max << UInt64(step + 1) }

  /// An augmenting path from a step. Depth of recursion: at most the number of steps.
  private mutating func fill(_ step: Int, of steps: UInt64) -> Bool {
    for event in pool.indices where pool[event] >> UInt64(step) & 1 == 1 && !isUsed[event] && visits[event] != visit {
      visits[event] = visit
      if stepOf[event] < 0 || fill(stepOf[event], of: steps) {
        (stepOf[event], eventOf[step]) = (step, event)
        return true
      }
    }
    return false
  }

  /// An augmenting or exchanging path from an event. Depth of recursion: at most the number of steps.
  private mutating func use(_ event: Int, for steps: UInt64, displacing: Bool, _ visited: inout UInt64) -> Bool {
    var candidates = pool[event] & steps
    while candidates != 0 {
      let step = candidates.trailingZeroBitCount
      candidates &= candidates - 1
      guard visited >> UInt64(step) & 1 == 0 else { continue }
      visited |= 1 << UInt64(step)
      let holder = eventOf[step]
      if holder >= 0 {
        if displacing && !isForced[holder] {
          stepOf[holder] = -1
        } else if !use(holder, for: steps, displacing: displacing, &visited) {
          continue
        }
      }
      (eventOf[step], stepOf[event]) = (event, step)
      return true
    }
    return false
  }
}
