import EventStore
import JourneyQuery

/// Makes the cohorts of a retention from what all threads found.
struct RetentionSummary {
  /// As many cells as all groups together may have: a thousand cohorts of a thousand units.
  static let mostCells = 1_000_000

  let query: RetentionQuery
  let schema: StoreSchema
  let calendar: PeriodCalendar
  let parts: [RetentionTally]

  var total: RetentionReport.Group {
    get throws(ExecutionError) {
      try cohorts(of: [GroupOrder.Group(key: [], isOther: false)], place: nil)[0]
    }
  }

  /// Empty without a breakdown.
  var groups: [RetentionReport.Group] {
    get throws(ExecutionError) {
      guard let breakdown = query.breakdown, !breakdown.keys.isEmpty else { return [] }
      var keys = GroupKeys()
      let nodes = parts.map { keys.absorb($0.groupKeys) }
      var sizes = [Int](repeating: 0, count: keys.count)
      for (part, nodes) in zip(parts, nodes) {
        for record in part.records { sizes[nodes[record.node]] += 1 }
      }
      let order = GroupOrder(keys, sizes: sizes, breakdown, in: schema)
      let place = nodes.map { $0.map { order.place[$0] } }
      return try cohorts(of: order.groups, place: place)
    }
  }

  /// The cohorts of each group; `place` gives, per part, the group of each node, nil that all are of the only group.
  private func cohorts(of groups: [GroupOrder.Group], place: [[Int]]?) throws(ExecutionError)
    -> [RetentionReport.Group]
  {
    let shown = shownCohorts
    // Cohort c is observed for all units after it but the last, which holds the store's last event.
    let observed = shown.map { calendar.count - 1 - $0 }
    let widest = observed.first ?? 0
    guard groups.isEmpty || shown.isEmpty || (widest + 1) * shown.count <= Self.mostCells / groups.count else {
      throw .limit("at most \(Self.mostCells) cells of cohort and unit; a longer unit of 'per' has fewer")
    }
    let width = widest + 1
    var sizes = [Int](repeating: 0, count: groups.count * shown.count)
    var returned = [Int](repeating: 0, count: sizes.count * width)
    for (index, part) in parts.enumerated() {
      var next = 0
      for record in part.records {
        let group = place?[index][record.node] ?? 0
        let row = group * shown.count + Int(record.cohort) - shown.lowerBound
        sizes[row] += 1
        while next < record.end {
          returned[row * width + Int(part.returns[next])] += 1
          next += 1
        }
      }
    }
    return groups.enumerated().map { group, named in
      let cohorts = observed.enumerated().map { index, count in
        let row = group * shown.count + index
        return RetentionReport.Cohort(
          start: calendar.start(of: shown.lowerBound + index), label: calendar.label(of: shown.lowerBound + index),
          customers: sizes[row], returned: Array(returned[row * width..<row * width + count]))
      }
      return RetentionReport.Group(key: named.key, isOther: named.isOther, cohorts: cohorts)
    }
  }

  /// Periods from the first with a customer to the last.
  private var shownCohorts: Range<Int> {
    let found = parts.lazy.flatMap(\.records).map { Int($0.cohort) }
    guard let first = found.min(), let last = found.max() else { return 0..<0 }
    return first..<last + 1
  }
}
