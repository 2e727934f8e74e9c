// Several events of one moment: they may stand in either order, so a prefix can be continued by a run of steps at once,
// each filled by an event of its own.
extension ChainSearch {
  mutating func extendTogether(_ events: [JourneyEvent], _ range: Range<Int>, _ excluded: Int) {
    let members = gather(events, range)
    let canCover = excluded <= rules.steps
    if members.contains(where: { assignment.pool[$0.pool] & 1 == 1 }) {
      extend(nil, beyond: -1, events, members, covers: false)
    }
    for step in 0..<rules.steps - 1 {
      for optionals in 0...rules.optionals[step] {
        guard let prefix = usable(step, optionals, at: range.lowerBound, events) else { continue }
        extend(prefix, beyond: step, events, members, covers: excluded > 0)
        if excluded > 0, canCover { cover(from: prefix, beyond: step, events, members) }
      }
    }
  }

  /// An event of the moment and its index in the pool of the assignment.
  struct Member {
    var event: Int
    var pool: Int
    var isTaken = false
  }

  /// Fills the pool. Of many events that are alike only the first are needed, as many as there are steps.
  private mutating func gather(_ events: [JourneyEvent], _ range: Range<Int>) -> [Member] {
    assignment.reset()
    var members: [Member] = []
    var alike: [UInt64: Int] = [:]
    for event in range {
      var steps = events[event].steps
      if !starts.contains(event) { steps &= ~1 }
      if range.count > 2 * rules.steps {
        alike[events[event].matches & ~1 | steps, default: 0] += 1
        if alike[events[event].matches & ~1 | steps, default: 0] > rules.steps { continue }
      }
      assignment.add(steps, isForced: events[event].isExcluded)
      members.append(Member(event: event, pool: members.count))
    }
    return members
  }

  /// Forms every chain that continues `prefix` (begins, if nil) in this moment and may end here. Where `covers` is set
  /// the prefix began before and the moment holds events that `without` names: such a chain cannot be continued unless
  /// it has all of them.
  private mutating func extend(
    _ prefix: Int?, beyond step: Int, _ events: [JourneyEvent], _ members: [Member], covers: Bool
  ) {
    var (members, parent, start, target) = (members, prefix ?? -1, prefix.map { links[$0].start }, step + 1)
    let last = lastTarget(after: step, at: events[members[0].event].instant)
    assignment.coversForced = false
    // Without optional steps taking the first event that fits is right as long as it succeeds.
    while rules.optional == 0, target <= last {
      guard
        let index = members.firstIndex(where: { !$0.isTaken && assignment.pool[$0.pool] >> UInt64(target) & 1 == 1 })
      else { break }
      members[index].isTaken = true
      let first = start ?? members[index].event
      var link = Link(event: members[index].event, step: target, parent: parent, start: first, optionals: 0)
      link.continues = !covers
      form(link, events)
      (parent, start, target) = (links.count - 1, first, target + 1)
    }
    while target <= last {
      if !fill(prefix, step + 1...target, events, members, continues: !covers), !rules.isOptional[target] { break }
      target += 1
    }
  }

  /// Forms every chain that continues `prefix` in this moment with all the events of it that `without` names.
  private mutating func cover(from prefix: Int, beyond step: Int, _ events: [JourneyEvent], _ members: [Member]) {
    let last = lastTarget(after: step, at: events[members[0].event].instant)
    guard step < last else { return }
    assignment.coversForced = true
    for target in step + 1...last { _ = fill(prefix, step + 1...target, events, members, continues: true) }
  }

  /// Forms the chain that fills the required ones of `steps`, the last of them, and the most optional ones; false if
  /// there is none.
  private mutating func fill(
    _ prefix: Int?, _ steps: ClosedRange<Int>, _ events: [JourneyEvent], _ members: [Member], continues: Bool
  ) -> Bool {
    let required = stepMask(
      steps.lowerBound..<steps.upperBound + 1, where: { !rules.isOptional[$0] || $0 == steps.upperBound })
    let optional = stepMask(steps.lowerBound..<steps.upperBound, where: { rules.isOptional[$0] })
    guard assignment.earliest(required: required, optional: optional, into: &chosen) != nil else { return false }
    var (parent, start) = (prefix ?? -1, prefix.map { links[$0].start })
    var optionals = prefix.map { links[$0].optionals } ?? 0
    for step in steps where chosen[step] >= 0 {
      let event = members[chosen[step]].event
      if rules.isOptional[step] { optionals += 1 }
      let first = start ?? event
      let link = Link(
        event: event, step: step, parent: parent, start: first, optionals: optionals, continues: continues)
      if step == steps.upperBound { form(link, events) } else { parent = append(link) }
      start = first
    }
    return true
  }
}
