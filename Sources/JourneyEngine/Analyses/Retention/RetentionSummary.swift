import JourneyQuery

/// Makes the cohorts of a retention from what was found.
struct RetentionSummary {
  /// As many cells as all groups together may have: a thousand cohorts of a thousand units.
  static let mostCells = 1_000_000

  private let calendar: PeriodCalendar
  private let order: GroupOrder?
  private let found: RetentionPartial

  init(query: RetentionQuery, calendar: PeriodCalendar, found: RetentionPartial) {
    (self.calendar, self.found) = (calendar, found)
    order = GroupOrder(found.keys.keys, by: query.breakdown) { sizes in
      for (cell, customers) in zip(found.cohorts.cells, found.customers) { sizes[cell.first] += customers }
    }
  }

  var total: Slice<RetentionFigures> {
    get throws(ExecutionError) {
      try cohorts(of: [.whole], place: nil)[0]
    }
  }

  /// Empty without a breakdown.
  var groups: [Slice<RetentionFigures>] {
    get throws(ExecutionError) {
      guard let order else { return [] }
      return try cohorts(of: order.groups, place: order.place)
    }
  }

  /// The cohorts of each group; `place` gives the group of each combination, nil that all are of the only group.
  private func cohorts(of groups: [GroupKey], place: [Int]?) throws(ExecutionError) -> [Slice<RetentionFigures>] {
    let shown = shownCohorts
    // Cohort c is observed for all units after it but the last, which holds the store's last event.
    let observed = shown.map { calendar.count - 1 - $0 }
    let widest = observed.first ?? 0
    guard groups.isEmpty || shown.isEmpty || (widest + 1) * shown.count <= Self.mostCells / groups.count else {
      throw .limit(.cells(Self.mostCells))
    }
    let width = widest + 1
    let rows = found.cohorts.cells.map { (place?[$0.first] ?? 0) * shown.count + $0.second - shown.lowerBound }
    var sizes = [Int](repeating: 0, count: groups.count * shown.count)
    for (row, customers) in zip(rows, found.customers) { sizes[row] += customers }
    var returns = [Int](repeating: 0, count: sizes.count * width)
    for (cell, returned) in zip(found.units.cells, found.returned) {
      returns[rows[cell.first] * width + cell.second] += returned
    }
    return groups.enumerated().map { group, key in
      let cohorts = observed.enumerated().map { index, count in
        let row = group * shown.count + index
        return RetentionFigures.Cohort(
          start: calendar.start(of: shown.lowerBound + index), label: calendar.label(of: shown.lowerBound + index),
          customers: sizes[row], returned: Array(returns[row * width..<row * width + count]))
      }
      return Slice(key, RetentionFigures(cohorts: cohorts))
    }
  }

  /// Periods from the first with a customer to the last.
  private var shownCohorts: Range<Int> {
    let periods = found.cohorts.cells.lazy.map(\.second)
    guard let first = periods.min(), let last = periods.max() else { return 0..<0 }
    return first..<last + 1
  }
}
