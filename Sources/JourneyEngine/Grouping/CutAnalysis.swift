import EventStore
import JourneyQuery
import JourneyTime

/// A question whose figures are counted in cells, so that it can be cut by group and calendar unit.
protocol CutQuery: Sendable, Codable {
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
  init(_ query: Query, _ calendar: PeriodCalendar?, in schema: StoreSchema, _ places: GroupPlaces?)
  mutating func read(_ block: Range<Int>, of bucket: Bucket)
  /// What a store says of a question beforehand; nil where it has to be read.
  static func known(of store: EventStore, _ query: Query, _ calendar: PeriodCalendar?) -> Self?
}

extension CutTally {
  static func known(of store: EventStore, _ query: Query, _ calendar: PeriodCalendar?) -> Self? { nil }
}

/// The figures of everything, of each group and period, and of the other dates.
///
/// What customers are counted by cannot be added up over groups or periods: groups, periods and both are counted each by
/// itself, the first two in one reading.
struct CutAnalysis<Tally: CutTally>: Analysis {
  typealias Figures = Tally.Cell.Figures

  private enum Stage { case whole, groups, versus }

  private let query: Tally.Query
  private let catalog: Catalog
  private let breakdown: Breakdown?
  private let calendar: PeriodCalendar?
  private var stage = Stage.whole
  private var report: Cut<Figures>?
  /// The columns of periods that are shown.
  private var columns = 0..<0
  private(set) var question: CutQuestion<Tally>

  /// Throws `limit` for too many periods.
  init(_ query: Tally.Query, _ catalog: Catalog) throws(ExecutionError) {
    (self.query, self.catalog) = (query, catalog)
    breakdown = query.split.breakdown.flatMap { $0.keys.isEmpty ? nil : $0 }
    let per = query.split.per
    calendar = try per.map { (unit) throws(ExecutionError) in
      try PeriodCalendar(unit, query.scope.zone, during: query.scope.during, found: catalog.microseconds)
    }
    let splits =
      breakdown.map { [Split(breakdown: $0)] + (per.map { [Split(per: $0)] } ?? []) } ?? [Split(per: per)]
    question = CutQuestion(splits.map { query.with($0) }, catalog, calendar)
  }

  /// Throws `limit` for more groups by periods than an answer may have.
  mutating func take(_ found: CutPartial<Tally.Cell>, _ run: Run) throws(ExecutionError) -> Cut<Figures>? {
    switch stage {
    case .whole: if try takeWhole(found) { return nil }
    case .groups: takeGroups(found)
    case .versus:
      report?.versus = found.parts[0].total.figures
      return report
    }
    guard let versus = query.split.versus else { return report }
    stage = .versus
    var other = query.with(Split())
    other.scope.during = versus
    question = CutQuestion([other], catalog, nil)
    return nil
  }

  /// Returns whether groups are to be read once more.
  private mutating func takeWhole(_ found: CutPartial<Tally.Cell>) throws(ExecutionError) -> Bool {
    let first = found.parts[0]
    var report = Cut(first.total.figures, basis: Basis(span: catalog.span, people: found.asked))
    if let calendar {
      let byPeriod = found.parts[found.parts.count - 1].cells
      columns = query.scope.during == nil ? byPeriod.filledColumns : 0..<calendar.count
      report.periods = Array(calendar.periods[columns])
      report.total.periods = byPeriod.rows(columns)[0].map(\.figures)
    }
    defer { self.report = report }
    guard let breakdown else { return false }
    let order = first.cells.order(by: breakdown) { $0[0].size }
    report.groups = zip(order.groups, first.cells.rows(0..<1, in: order)).map { Slice($0, $1[0].figures) }
    if calendar != nil { try PeriodCalendar.check(groups: order.groups.count, units: columns.count) }
    guard order.hasOther || calendar != nil else { return false }
    stage = .groups
    let splits =
      (order.hasOther ? [Split(breakdown: breakdown)] : [])
      + (query.split.per.map { [Split(breakdown: breakdown, per: $0)] } ?? [])
    question = CutQuestion(splits.map { query.with($0) }, catalog, calendar, groups: order.groups)
    return true
  }

  private mutating func takeGroups(_ found: CutPartial<Tally.Cell>) {
    for (query, part) in zip(question.queries, found.parts) {
      let columns = query.split.per == nil ? 0..<1 : columns
      for (group, cells) in part.cells.rows(columns).enumerated() {
        if query.split.per == nil {
          report?.groups[group].figures = cells[0].figures
        } else {
          report?.groups[group].periods = cells.map(\.figures)
        }
      }
    }
  }
}

extension CutQuery {
  fileprivate func with(_ split: Split) -> Self {
    var copy = self
    copy.split = split
    return copy
  }
}

/// The cells of some questions, which differ in how they are cut, in one reading.
struct CutQuestion<Tally: CutTally>: PartialQuestion {
  let queries: [Tally.Query]
  private let catalog: Catalog
  /// Of the questions that are cut by calendar unit.
  private let calendar: PeriodCalendar?
  /// What to tell apart in place of the combinations that are found.
  private let groups: [GroupKey]?

  init(_ queries: [Tally.Query], _ catalog: Catalog, _ calendar: PeriodCalendar?, groups: [GroupKey]? = nil) {
    (self.queries, self.catalog, self.calendar, self.groups) = (queries, catalog, calendar, groups)
  }

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> CutPartial<Tally.Cell> {
    try run.check()
    let store = try part.reading(queries[0].scope, catalog)
    let calendars = queries.map { $0.split.per == nil ? nil : calendar }
    let tallies = try tallies(of: store, part.threads, calendars, run)
    return CutPartial(
      asked: tallies.reduce(0) { $0 + $1[0].asked },
      parts: queries.indices.map { index in
        let own = tallies.map { $0[index] }
        return CutPartial.Part(
          total: own.reduce(into: Tally.Cell()) { $0.absorb($1.total) },
          cells: FoundCells(
            own, by: queries[index].split.breakdown, groups: groups?.count, width: calendars[index].width,
            in: store.schema))
      })
  }

  /// By thread, for each question.
  private func tallies(
    of store: EventStore, _ threads: Int, _ calendars: [PeriodCalendar?], _ run: Run
  ) throws(ExecutionError) -> [[Tally]] {
    if queries.count == 1, queries[0].split.breakdown == nil,
      let known = Tally.known(of: store, queries[0], calendars[0])
    {
      return [[known]]
    }
    let places = groups.flatMap { groups in
      queries[0].split.breakdown.map { GroupPlaces(groups, $0, in: store.schema) }
    }
    return try store.scan(
      threads: threads, run, part: { zip(queries, calendars).map { Tally($0, $1, in: store.schema, places) } }
    ) { part, bucket, customers in
      for index in part.indices { part[index].read(customers, of: bucket) }
    }
  }
}

struct CutPartial<Cell: FiguresCell>: PartialAnswer {
  struct Part: PartialAnswer {
    /// Of all groups and periods.
    var total: Cell
    var cells: FoundCells<Cell>

    mutating func absorb(_ other: Part) {
      total.absorb(other.total)
      cells.absorb(other.cells)
    }
  }
  /// People who were looked at.
  var asked: Int
  /// Parallel to the questions.
  var parts: [Part]

  mutating func absorb(_ other: CutPartial) {
    asked += other.asked
    for index in parts.indices { parts[index].absorb(other.parts[index]) }
  }
}
