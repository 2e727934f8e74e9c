import JourneyQuery
import JourneyStatistics
import JourneyTime

/// Whether a figure moved when a win began: weeks before it against weeks after, beside the same at earlier weeks.
package struct WinLift: Sendable {
  package let figures: WeeklyFigures
  /// The two groups whose difference is looked at; nil of everybody.
  package let groups: (first: String, second: String)?
  /// Where the win began, as it is written on the map.
  package let since: String
  /// What is asked of each week.
  package let sentence: String
  let shift: SeriesShift
  /// All weeks before without a gap, and all after.
  let before: [WeeklyFigures.Week]
  let after: [WeeklyFigures.Week]
  /// The week in which it began, where it began within one.
  let begun: Instant?

  package init(
    _ figures: WeeklyFigures, since: (label: String, start: Instant), groups: (first: String, second: String)?,
    sentence: String
  ) {
    (self.figures, self.groups, self.since, self.sentence) = (figures, groups, since.label, sentence)
    let zone = figures.scope.zone
    let week = CalendarUnit.week.start(of: since.start, in: zone)
    begun = week == since.start ? nil : week
    before = figures.preceding(week)
    after = figures.following(begun == nil ? week : CalendarUnit.week.start(1, after: week, in: zone))
    shift = SeriesShift(before: before.map(\.value), after: after.map(\.value), isWithin: begun != nil)
  }

  // MARK: sides

  var weeksBefore: ArraySlice<WeeklyFigures.Week> { before.suffix(shift.side) }
  var weeksAfter: ArraySlice<WeeklyFigures.Week> { after.prefix(shift.side) }

  /// From the first day of the weeks before to the end of the weeks after; nil without weeks on both sides.
  package var dates: Range<Instant>? {
    guard let first = weeksBefore.first?.start, let last = weeksAfter.last?.start else { return nil }
    return first..<CalendarUnit.week.start(1, after: last, in: figures.scope.zone)
  }

  /// How many stand behind a group's figures of a side.
  func size(_ weeks: ArraySlice<WeeklyFigures.Week>, group: Int = 0) -> Int {
    weeks.reduce(0) { $0 + $1.samples[group].size }
  }

  /// The mean of a group's figures over the weeks of a side; nil without weeks.
  func mean(_ weeks: ArraySlice<WeeklyFigures.Week>, group: Int = 0) -> Double? {
    guard !weeks.isEmpty else { return nil }
    return weeks.reduce(0) { $0 + ($1.samples[group].cell.amount ?? 0) } / Double(weeks.count)
  }

  var groupCount: Int { groups == nil ? 1 : 2 }

  /// The fewest that stand behind any figure of the two sides.
  var fewest: Int {
    (0..<groupCount).flatMap { [size(weeksBefore, group: $0), size(weeksAfter, group: $0)] }.min() ?? 0
  }

  // MARK: verdict

  package enum Verdict: String {
    case raised, lowered
    case untold = "not told apart from ordinary weeks"
    case tooEarly = "not enough data yet"
  }

  package var verdict: Verdict {
    guard fewest >= AnswerNotes.leastCounted else { return .tooEarly }
    return switch shift.verdict {
    case .raised: .raised
    case .lowered: .lowered
    case .untold: .untold
    case .tooShort: .tooEarly
    }
  }

  // MARK: answer

  /// A row of the win, with two groups one of each before it; a row a week. Figures: the difference with its `low` and `high`, `before`, `after`,
  /// `ordinary weeks` and how many of them are `as large`.
  package var answer: Answer {
    let difference = self.difference
    var (low, high) = (Cell.missing, Cell.missing)
    if case .estimate(let estimate) = difference, let ends = estimate.ends {
      (low, high) = (.number(ends.lowerBound), .number(ends.upperBound))
    }
    return Answer(
      tables: [verdictTable, weekTable], notes: LiftNotes(self).all,
      figures: [
        Answer.Figure("difference", difference.brief), Answer.Figure("low", low), Answer.Figure("high", high),
        Answer.Figure("before", cell(shift.means?.before)), Answer.Figure("after", cell(shift.means?.after)),
        Answer.Figure("ordinary weeks", .integer(shift.placebos.count)),
        Answer.Figure("as large", shift.difference == nil ? .missing : .integer(shift.asLarge)),
      ])
  }

  private var difference: Cell {
    guard let found = shift.difference else { return .missing }
    let interval = found.interval
    var estimate = Estimate(found.difference, interval.low...interval.high, of: fewest, figures.unit)
    estimate.isDifference = true
    return .estimate(estimate)
  }

  private func cell(_ value: Double?, isDifference: Bool = false) -> Cell {
    guard let value else { return .missing }
    if figures.unit == .share, !isDifference, groups == nil { return .share(value) }
    if figures.unit == .mean, !isDifference, groups == nil { return .number(value) }
    var estimate = Estimate(value, nil, of: fewest, figures.unit)
    estimate.isDifference = isDifference || groups != nil
    return .estimate(estimate)
  }

  private var verdictTable: Table {
    let columns = [
      Table.Column(groups == nil ? "figure" : "of", isWhole: true), Table.Column("before", isFigure: true),
      Table.Column("after", isFigure: true), Table.Column("difference", isEstimate: true),
      Table.Column("ordinary weeks", isFigure: true, priority: 2),
      Table.Column("as large", isFigure: true, priority: 1), Table.Column("verdict", isWhole: true),
    ]
    let last: [Cell] = [
      .text(groups == nil ? figures.name : "difference of both"), cell(shift.means?.before), cell(shift.means?.after),
      difference, .integer(shift.placebos.count), shift.difference == nil ? .missing : .integer(shift.asLarge),
      .text(verdict.rawValue),
    ]
    let rows = [groups?.first, groups?.second].compactMap(\.self).enumerated().map { group, label -> [Cell] in
      let (one, other) = (mean(weeksBefore, group: group), mean(weeksAfter, group: group))
      var change = Cell.missing
      if let one, let other { change = cell(other - one, isDifference: true) }
      return [.text(label), ofGroup(one), ofGroup(other), change, .missing, .missing, .missing]
    }
    return Table(columns: columns, rows: rows + [last], rank: .first)
  }

  private func ofGroup(_ value: Double?) -> Cell {
    guard let value else { return .missing }
    return switch figures.unit {
    case .share: .share(value)
    case .mean: .number(value)
    case .points: .estimate(Estimate(value, nil, of: fewest, .points))
    }
  }

  // MARK: weeks

  private var allWeeks: [(week: WeeklyFigures.Week, side: String?)] {
    let (skipped, shown) = (before.count - weeksBefore.count, weeksAfter.count)
    let between = begun.flatMap { figures.week($0) }
    return before.enumerated().map { ($1, $0 < skipped ? nil : "before") } + (between.map { [($0, nil)] } ?? [])
      + after.enumerated().map { ($1, $0 < shown ? "after" : nil) }
  }

  private var weekTable: Table {
    let labels = [groups?.first, groups?.second].compactMap(\.self)
    let names = labels.isEmpty ? [figures.name] : labels
    let columns =
      [Table.Column("week"), Table.Column("side")]
      + names.flatMap { [Table.Column($0, isFigure: true), Table.Column("of", isFigure: true, priority: 1)] }
      + (labels.isEmpty ? [] : [Table.Column("difference", isFigure: true)])
      + [Table.Column("as if begun", isFigure: true, priority: 2)]
    let placebos = Dictionary(uniqueKeysWithValues: zip(before.dropFirst(shift.side).map(\.start), shift.placebos))
    let rows = allWeeks.map { week, side -> [Cell] in
      var row: [Cell] = [.text(figures.label(week.start)), side.map(Cell.text) ?? .missing]
      for sample in week.samples { row += [sample.cell, .integer(sample.size)] }
      if groups != nil { row.append(cell(week.value, isDifference: true)) }
      return row + [cell(placebos[week.start], isDifference: true)]
    }
    return Table(
      title: "\(figures.name) by week", columns: columns, rows: rows, picture: trend.map(Picture.plot))
  }

  /// Each week, the mean of both sides, and how far from the one before it ordinary weeks keep the one after.
  private var trend: Trend? {
    let weeks = allWeeks
    guard weeks.count > 2 else { return nil }
    var lines = [Trend.Line(figures.name, weeks.map { cell($0.week.value) })]
    guard let means = shift.means else { return trend(lines) }
    func line(on side: String, _ value: Double) -> [Cell] {
      weeks.map { $0.side == side ? cell(value) : .missing }
    }
    let mean = zip(line(on: "before", means.before), line(on: "after", means.after)).map { one, other in
      one == .missing ? other : one
    }
    lines.append(Trend.Line("mean", mean))
    let band = shift.ordinary.map { far in
      let (lowest, highest) = (held(means.before - far), held(means.before + far))
      return Trend.Band("ordinary", lowest: line(on: "after", lowest), highest: line(on: "after", highest))
    }
    return trend(lines, band)
  }

  private func trend(_ lines: [Trend.Line], _ band: Trend.Band? = nil) -> Trend {
    let labels = allWeeks.map { figures.label($0.week.start) }
    return Trend("\(figures.name) by week", labels: labels, lines: lines, band: band)
  }

  /// No share is below 0 or above 1.
  private func held(_ value: Double) -> Double {
    figures.unit == .share && groups == nil ? min(1, max(0, value)) : value
  }
}
