import EventStore
import JourneyQuery

/// Makes the cohorts of a retention from what all threads found.
struct RetentionSummary {
  /// As many cells as all groups together may have: a thousand cohorts of a thousand units.
  static let mostCells = 1_000_000

  private let calendar: PeriodCalendar
  private let order: GroupOrder?
  /// As in `RetentionTally`.
  private let cohorts: CellPlaces
  private let customers: [Int]
  private var units: CellPlaces
  private var returned: [Int] = []

  init(query: RetentionQuery, schema: StoreSchema, calendar: PeriodCalendar, parts: [RetentionTally]) {
    self.calendar = calendar
    let found = FoundGroups(parts.map(\.groupKeys))
    var (cohorts, customers) = (CellPlaces(width: calendar.count), [Int]())
    units = CellPlaces(width: calendar.count)
    for (part, numbers) in zip(parts, found.numbers) {
      let cohortPlaces = cohorts.absorb(part.cohorts) { numbers[$0] }
      customers.append(contentsOf: repeatElement(0, count: cohorts.count - customers.count))
      for (place, found) in zip(cohortPlaces, part.customers) { customers[place] += found }
      let unitPlaces = units.absorb(part.units) { cohortPlaces[$0] }
      returned.append(contentsOf: repeatElement(0, count: units.count - returned.count))
      for (place, found) in zip(unitPlaces, part.returned) { returned[place] += found }
    }
    order = found.order(by: query.breakdown, in: schema) { sizes in
      for (cell, customers) in zip(cohorts.cells, customers) { sizes[cell.first] += customers }
    }
    (self.cohorts, self.customers) = (cohorts, customers)
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
    let rows = cohorts.cells.map { (place?[$0.first] ?? 0) * shown.count + $0.second - shown.lowerBound }
    var sizes = [Int](repeating: 0, count: groups.count * shown.count)
    for (row, found) in zip(rows, customers) { sizes[row] += found }
    var returns = [Int](repeating: 0, count: sizes.count * width)
    for (cell, found) in zip(units.cells, returned) { returns[rows[cell.first] * width + cell.second] += found }
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
    let found = cohorts.cells.lazy.map(\.second)
    guard let first = found.min(), let last = found.max() else { return 0..<0 }
    return first..<last + 1
  }
}
