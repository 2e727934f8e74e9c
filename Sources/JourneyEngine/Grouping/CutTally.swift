import EventStore
import JourneyQuery
import JourneyTime

/// A question whose figures are counted in cells, so that it can be cut by group and calendar unit.
protocol CutQuery: Sendable {
  var scope: Scope { get set }
  var split: Split { get set }
}

/// A cell that says what was found in it.
protocol FiguresCell: GroupCell {
  associatedtype Figures: Hashable & Sendable & Codable
  associatedtype Size: Comparable
  var figures: Figures { get }
  /// By this groups are sorted.
  var size: Size { get }
}

/// What one thread counts for such a question.
protocol CutTally: GroupedTally where Cell: FiguresCell {
  associatedtype Query: CutQuery
  /// Of all groups and periods.
  var total: Cell { get }
  /// People who were looked at.
  var asked: Int { get }
  init(_ query: Query, _ calendar: PeriodCalendar?, in schema: StoreSchema, _ order: GroupOrder?)
  mutating func read(_ block: Range<Int>, of bucket: Bucket)
}

extension EmbeddedEngine {
  /// The figures of everything, of each group and period, and of the other dates. Throws `limit` for too many periods, or groups by
  /// periods.
  ///
  /// What customers are counted by cannot be added up over groups or periods: groups, periods and both are counted each by
  /// itself, the first two in one reading.
  ///
  /// - Parameter summarized: what is known beforehand of the whole and its periods.
  func cut<Tally: CutTally>(
    _ query: Tally.Query, _ run: Run, by _: Tally.Type,
    summarized: (Tally.Query, PeriodCalendar?) -> Tally? = { _, _ in nil }
  ) throws(ExecutionError) -> Cut<Tally.Cell.Figures> {
    let calendar = try query.split.per.map { (unit) throws(ExecutionError) in
      try PeriodCalendar(unit, query.scope.zone, during: query.scope.during, found: store.span)
    }
    try run.check()
    let breakdown = query.split.breakdown.flatMap { $0.keys.isEmpty ? nil : $0 }
    var (whole, byGroup, byPeriod) = (query, query, query)
    (whole.split, byGroup.split, byPeriod.split) = (Split(), Split(breakdown: breakdown), Split(per: query.split.per))
    let parts: [[Tally]] =
      switch (breakdown, calendar) {
      case (nil, let calendar):
        if let known = summarized(byPeriod, calendar) { [[known]] } else { try tallies([(byPeriod, calendar)], run) }
      case (_?, nil): try tallies([(byGroup, nil)], run)
      case (_?, let calendar?): try tallies([(byGroup, nil), (byPeriod, calendar)], run)
      }
    var report = Cut(
      Self.total(parts[0]).figures, basis: Basis(span: span, people: parts[0].reduce(0) { $0 + $1.asked }))
    var columns = 0..<0
    if let calendar {
      let table = GroupTable(parts[parts.count - 1], in: [.whole], width: calendar.count)
      columns = query.scope.during == nil ? table.filledColumns : 0..<calendar.count
      report.periods = Array(calendar.periods[columns])
      report.total.periods = table.rows(columns)[0].map(\.figures)
    }
    if let breakdown {
      let table = try GroupTable<Tally.Cell>(
        parts[0], by: breakdown, width: 1, in: store.schema, size: { $0[0].size }
      ) { (order) throws(ExecutionError) -> [Tally] in try tallies([(byGroup, nil)], run, order)[0] }
      report.groups = zip(table.groups, table.rows(0..<1)).map { Slice($0, $1[0].figures) }
      if let calendar, let order = table.order {
        try PeriodCalendar.check(groups: table.groups.count, units: columns.count)
        byGroup.split.per = query.split.per
        let cells: [[Tally]] = try tallies([(byGroup, calendar)], run, order)
        let both = GroupTable(cells[0], in: table.groups, width: calendar.count)
        for (group, cells) in both.rows(columns).enumerated() { report.groups[group].periods = cells.map(\.figures) }
      }
    }
    if let versus = query.split.versus {
      whole.scope.during = versus
      let other: [[Tally]] = try tallies([(whole, nil)], run)
      report.versus = Self.total(other[0]).figures
    }
    return report
  }

  /// What each thread counted for each of the questions, in one reading.
  private func tallies<Tally: CutTally>(
    _ questions: [(query: Tally.Query, calendar: PeriodCalendar?)], _ run: Run, _ order: GroupOrder? = nil
  ) throws(ExecutionError) -> [[Tally]] {
    let parts = try store.scan(
      threads: threads, run,
      part: { questions.map { Tally($0.query, $0.calendar, in: store.schema, order) } }
    ) { part, bucket, customers in
      for index in part.indices { part[index].read(customers, of: bucket) }
    }
    return questions.indices.map { question in parts.map { $0[question] } }
  }

  private static func total<Tally: CutTally>(_ parts: [Tally]) -> Tally.Cell {
    parts.reduce(into: Tally.Cell()) { $0.absorb($1.total) }
  }
}
