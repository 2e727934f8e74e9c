import JourneyQuery
import JourneyStatistics
import JourneyTime
import SourceText

extension DriversQuery: AnsweredQuery {
  /// Of two periods one table: a row for each value, the largest effect first. Figures: the change, both rates, how many values were looked at, tested and
  /// told apart. Of one period the tables `values` and `events`; figures: the conversion, and how many values and events there are.
  package func answer(_ report: DriversReport) -> Answer {
    let tables = versus == nil ? standing(report) : [changed(report)]
    return Answer(
      tables: tables, notes: DriversNotes(query: self, report: report).all, warnings: AnswerNotes.few(in: tables),
      figures: figures(report))
  }

  /// The whole of each period, as it is compared.
  package func sides(_ report: DriversReport) -> (first: ComparedSide, second: ComparedSide) {
    func side(_ label: String, _ whole: DriversReport.Whole?) -> ComparedSide {
      let rate = whole?.rate ?? .init()
      return ComparedSide(
        label, ComparedFigure("conversion", .rate(rate.converted, of: rate.entered)), basis: report.basis,
        unfinished: whole?.unfinished ?? 0)
    }
    return (side(labels.now, report.wholes.first), side(labels.before, report.wholes.dropFirst().first))
  }

  var labels: (now: String, before: String) {
    (scope.during?.label(in: scope.zone) ?? "now", versus?.label(in: scope.zone) ?? "before")
  }

  private func figures(_ report: DriversReport) -> [Answer.Figure] {
    let rates = report.wholes.map { Cell.rate($0.rate.converted, $0.rate.entered) }
    let counts = [
      Answer.Figure("values", .integer(report.values.count)),
      Answer.Figure("tested", .integer(report.drivers.count { $0.p != nil })),
      Answer.Figure("told", .integer(report.drivers.count(where: \.isToldApart))),
    ]
    guard rates.count > 1 else {
      return [Answer.Figure("conversion", rates.first ?? .missing)] + counts
        + [Answer.Figure("events", .integer(report.events.count))]
    }
    return [
      Answer.Figure("change", report.change.map { .points($0, isBare: false) } ?? .missing),
      Answer.Figure("now", rates[0]), Answer.Figure("before", rates[1]),
    ] + counts
  }

  // MARK: tables

  private func changed(_ report: DriversReport) -> Table {
    let (now, before) = (labels.now, labels.before)
    let effects = ["rate effect", "mix effect", "effect"]
    let columns =
      [Table.Column("property"), Table.Column("value")]
      + [now, before].flatMap { label in
        [
          Table.Column(label, isRate: true), Table.Column("of", isFigure: true, priority: 3),
          Table.Column("share", isFigure: true, priority: 2),
        ]
      }
      + effects.map { Table.Column($0, isFigure: true, priority: $0 == "effect" ? 0 : 1) }
      + [Table.Column("verdict", isWhole: true)]
    let rows = report.values.prefix(max(0, top)).map { driver -> [Cell] in
      let sides = zip([driver.rate, driver.other], report.wholes).flatMap { rate, whole in
        [
          Cell.rate(rate.converted, rate.entered), .integer(rate.entered), .quotient(rate.entered, whole.rate.entered),
        ]
      }
      let effects = [driver.rateEffect ?? 0, driver.mixEffect ?? 0, driver.effect].map { Cell.points($0) }
      return driver.subject.cells + sides + effects + [.text(driver.verdict.rawValue)]
    }
    return Table(columns: columns, rows: rows, sortableRows: rows.count)
  }

  private func standing(_ report: DriversReport) -> [Table] {
    let whole = report.wholes.first?.rate.entered ?? 0
    func table(_ title: String, _ names: [String], _ drivers: [DriversReport.Driver]) -> Table {
      let columns =
        names.map { Table.Column($0) } + [
          Table.Column("with", isRate: true), Table.Column("of", isFigure: true),
          Table.Column("share", isFigure: true, priority: 2), Table.Column("without", isRate: true),
          Table.Column("of", isFigure: true, priority: 3), Table.Column("difference", isEstimate: true),
          Table.Column("effect", isFigure: true, priority: 1), Table.Column("verdict", isWhole: true),
        ]
      let rows = drivers.prefix(max(0, top)).map { driver -> [Cell] in
        let (with, without) = (driver.rate, driver.other)
        return driver.subject.cells + [
          .rate(with.converted, with.entered), .integer(with.entered), .quotient(with.entered, whole),
          .rate(without.converted, without.entered), .integer(without.entered), driver.difference,
          .points(driver.effect), .text(driver.verdict.rawValue),
        ]
      }
      return Table(title: title, columns: columns, rows: rows, sortableRows: rows.count)
    }
    return [table("values", ["property", "value"], report.values), table("events", ["event"], report.events)]
  }
}

/// What the answer says in words: the whole, what effects are, how many values were looked at, which properties were not.
struct DriversNotes {
  let query: DriversQuery
  let report: DriversReport

  var all: [String] {
    [whole] + unfinished + (report.drivers.isEmpty ? [] : [meaning, looked]) + leftOut
      + (query.versus == nil || report.drivers.isEmpty
        ? [] : ["who is counted in both periods is taken for two: tests are of people who are not the same"])
      + AnswerNotes.leftOut(query.scope, filter: AnswerNotes.ofEveryStep)
  }

  /// `1 customer`, `81 sessions`.
  private func counted(_ count: Int) -> String {
    switch query.funnel.counting {
    case .customers: AnswerNotes.count(count, "customer", "customers")
    case .entries: AnswerNotes.count(count, "entry", "entries")
    case .sessions: AnswerNotes.count(count, "session", "sessions")
    }
  }

  private var whole: String {
    let rates = report.wholes.map(\.rate)
    guard query.versus != nil, rates.count > 1 else {
      let rate = rates.first ?? .init()
      guard let share = rate.share else {
        return "nobody took the first step\(report.basis.dates(query.scope, bounding: "in ")): there is no rate"
      }
      return "conversion: \(HumanText.share(share)) of \(counted(rate.entered)) that took the first step"
        + report.basis.dates(query.scope, bounding: "starting in ")
    }
    let labels = [query.labels.now, query.labels.before]
    if let empty = rates.firstIndex(where: { $0.entered == 0 }) {
      return "nobody took the first step in \(labels[empty]): there is no change to tell"
    }
    let parts = zip(rates, labels).map { rate, label in
      "\(HumanText.share(rate.share ?? 0)) of \(counted(rate.entered)) (\(label))"
    }
    let change = Cell.points(report.change ?? 0, isBare: false).text()
    return "change: \(change), conversion \(parts[0]) less \(parts[1])"
  }

  private var unfinished: [String] {
    guard report.wholes.contains(where: { $0.unfinished > 0 }) else { return [] }
    let parts = zip(report.wholes, [query.labels.now, query.labels.before]).map { whole, label in
      HumanText.integer(whole.unfinished) + (query.versus == nil ? "" : " of \(label)")
    }
    return ["not completed and still having time: \(parts.joined(separator: ", "))"]
  }

  private var meaning: String {
    query.versus == nil
      ? "difference: those with it less those without, in points; in brackets where it may lie by itself, at 95 %; effect: by how "
        + "much all convert better than if those with it converted like all"
      : "effects are in points of the change: rate effect, of its own rate; mix effect, of its share; together they sum to the change "
        + "over all values of one property"
  }

  private var looked: String {
    let drivers = report.drivers
    let properties = Set(
      report.values.compactMap { if case .value(_, let property) = $0.subject { property } else { nil } })
    var parts = [
      AnswerNotes.count(report.values.count, "value", "values") + " of "
        + AnswerNotes.count(properties.count, "property", "properties")
    ]
    if !report.events.isEmpty { parts.append(AnswerNotes.count(report.events.count, "event", "events")) }
    let tested = drivers.count { $0.p != nil }
    let each = query.versus == nil ? "with and without it" : "in each period"
    return
      "looked at \(parts.joined(separator: " and ")): \(HumanText.integer(tested)) with \(DriversQuery.leastEntered) or more "
      + "\(each) are tested, \(HumanText.integer(drivers.count(where: \.isToldApart))) told apart (score test; of those told apart 5 of 100 "
      + "should not be: Benjamini and Hochberg)"
  }

  private var leftOut: [String] {
    var parts: [String] = []
    if !report.tooMany.isEmpty {
      parts.append("more than \(DriversQuery.mostValues) values: \(report.tooMany.joined(separator: ", "))")
    }
    if !report.alike.isEmpty { parts.append("the same for all: \(report.alike.joined(separator: ", "))") }
    if report.hasTooManyEvents { parts.append("more than \(DriversQuery.mostValues) names: other events") }
    return parts.isEmpty ? [] : ["not looked at: \(parts.joined(separator: "; "))"]
  }
}

extension DriversReport {
  /// Of the whole rate; nil where there are no two.
  var change: Double? {
    guard wholes.count > 1, let now = wholes[0].rate.share, let before = wholes[1].rate.share else { return nil }
    return now - before
  }
}

extension DriversReport.Driver {
  /// Whether the first rate is higher than the other one.
  fileprivate var verdict: FigureComparison.Verdict {
    guard p != nil, let one = rate.share, let two = other.share else { return .few }
    guard isToldApart else { return .untold }
    return one > two ? .higher : .lower
  }

  /// Of both rates, with where it may lie; missing where there are no two.
  fileprivate var difference: Cell {
    guard let one = Proportion(rate.converted, of: rate.entered),
      let two = Proportion(other.converted, of: other.entered)
    else { return .missing }
    let difference = ProportionDifference(two, one)
    let interval = difference.interval
    var estimate = Estimate(
      difference.difference, interval.low...max(interval.low, interval.high), of: min(one.whole, two.whole), .share)
    estimate.isDifference = true
    return .estimate(estimate)
  }
}

extension DriversReport.Driver.Subject {
  fileprivate var cells: [Cell] {
    switch self {
    case .value(let value, let property): [.text(property), value.map(Cell.name) ?? .text(Mark.none)]
    case .event(let name): [.name(name)]
    }
  }
}

extension Cell {
  /// Of a share, what it is more or less.
  ///
  /// - Parameter isBare: whether it is said elsewhere that these are points.
  fileprivate static func points(_ difference: Double, isBare: Bool = true) -> Cell {
    var estimate = Estimate(difference, nil, of: .max, .share)
    (estimate.isDifference, estimate.isBare) = (true, isBare)
    return .estimate(estimate)
  }
}
