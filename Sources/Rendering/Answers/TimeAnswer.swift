import JourneyQuery
import JourneyTime

extension TimeReport {
  /// One row of figures and the histogram; with a breakdown one row per group; with `per` one per period; with `vs` both
  /// periods side by side. Figures: median, then what is counted (customers, entries or sessions), min, p10, p90, max, mean.
  ///
  /// `sentence` is the canonical sentence of the question.
  package func answer(to query: FunnelQuery, asked sentence: String) -> Answer {
    let names = FunnelWords(query)
    var tables = [
      Table(title: "time", columns: Self.columns(names), rows: [total.cells]), histogramTable(names),
    ]
    if query.breakdown != nil { tables.append(groupTable(query, names)) }
    if let unit = query.per {
      tables.append(periodTable(unit, names))
      if !groups.isEmpty { tables.append(groupPeriodTable(unit, query)) }
    }
    if let versus { tables.append(comparisonTable(versus, query, names)) }
    return Answer(
      question: sentence, tables: tables.filter { !$0.rows.isEmpty }, notes: notes(query, names),
      warnings: warnings(names), figures: figures(names))
  }

  private func figures(_ names: FunnelWords) -> [Answer.Figure] {
    let figures = zip(Self.columns(names), total.cells).map { Answer.Figure($0.name, $1) }
    return figures.filter { $0.name == "median" } + figures.filter { $0.name != "median" }
  }

  // MARK: tables

  private static func columns(_ names: FunnelWords) -> [Table.Column] {
    [
      Table.Column(names.unit), Table.Column("min", isDuration: true, priority: 2),
      Table.Column("p10", isDuration: true, priority: 1), Table.Column("median", isDuration: true),
      Table.Column("p90", isDuration: true, priority: 1), Table.Column("max", isDuration: true, priority: 2),
      Table.Column("mean", isDuration: true, priority: 3),
    ]
  }

  private func histogramTable(_ names: FunnelWords) -> Table {
    var sofar = 0
    let rows = histogram.map { bin -> [Cell] in
      sofar += bin.count
      return [
        .duration(bin.start), bin.end.map(Cell.duration) ?? .missing, .integer(bin.count),
        .quotient(bin.count, total.count), .quotient(sofar, total.count),
      ]
    }
    return Table(
      title: "histogram",
      columns: [
        Table.Column("from", isDuration: true), Table.Column("below", isDuration: true), Table.Column(names.unit),
        Table.Column("share", isBar: true), Table.Column("so far", priority: 1),
      ], rows: rows, picture: marks)
  }

  /// The quantiles behind the rows of the histogram that they lie in.
  private var marks: Picture? {
    guard let spread = total.spread else { return nil }
    var marks: [Int: String] = [:]
    for (name, time) in [("p10", spread.p10), ("median", spread.median), ("p90", spread.p90)] {
      guard let row = histogram.lastIndex(where: { $0.start <= time }) else { continue }
      marks[row] = (marks[row].map { $0 + ", " } ?? "") + name
    }
    return .marks(marks)
  }

  private func groupTable(_ query: FunnelQuery, _ names: FunnelWords) -> Table {
    let keys = query.breakdown?.names ?? []
    return Table(
      title: "by " + keys.joined(separator: ", "), columns: keys.map { Table.Column($0) } + Self.columns(names),
      rows: groups.map { FunnelWords.key($0.key, isOther: $0.isOther, count: keys.count) + $0.cells })
  }

  private func periodTable(_ unit: CalendarUnit, _ names: FunnelWords) -> Table {
    Table(
      title: "per \(unit.rawValue)", columns: [Table.Column(unit.rawValue)] + Self.columns(names),
      rows: periods.map { [.text($0.label)] + $0.group.cells },
      picture: Trend.picture(
        "median", per: unit, labels: periods.map(\.label), lines: [Trend.Line("", periods.map(\.group.medianCell))]))
  }

  /// Medians: a row per period, a column per group.
  private func groupPeriodTable(_ unit: CalendarUnit, _ query: FunnelQuery) -> Table {
    let keys = query.breakdown?.names ?? []
    let columns = groups.enumerated().map { index, group in
      let cells = FunnelWords.key(group.key, isOther: group.isOther, count: keys.count)
      return Table.Column(
        cells.map { $0.text() }.joined(separator: ", "), isDuration: true, priority: index + 1)
    }
    let rows = periods.enumerated().map { index, period -> [Cell] in
      [.text(period.label)]
        + groups.map { group in
          let periods = group.periods
          return periods.indices.contains(index) ? periods[index].group.medianCell : .missing
        }
    }
    return Table(
      title: "median per \(unit.rawValue) by \(keys.joined(separator: ", "))",
      columns: [Table.Column(unit.rawValue)] + columns, rows: rows,
      picture: Trend.picture(
        "median", per: unit, labels: periods.map(\.label),
        lines: columns.enumerated().map { index, column in Trend.Line(column.name, rows.map { $0[index + 1] }) }))
  }

  /// A row per period.
  private func comparisonTable(_ versus: TimeGroup, _ query: FunnelQuery, _ names: FunnelWords) -> Table {
    let now = query.during?.label(in: query.zone) ?? "now"
    let then = query.versus?.label(in: query.zone) ?? "before"
    return Table(
      title: "\(now) vs \(then)", columns: [Table.Column("dates")] + Self.columns(names),
      rows: [[.text(now)] + total.cells, [.text(then)] + versus.cells])
  }

  // MARK: notes

  private func notes(_ query: FunnelQuery, _ names: FunnelWords) -> [String] {
    let dates =
      query.during.map { ", starting in \($0.label(in: query.zone))" } ?? span.map { ", \($0.days(in: query.zone))" }
    var notes = [
      "counted: \(HumanText.integer(total.count)) complete of \(HumanText.integer(entered)) \(names.unit) "
        + "that took the first step\(dates ?? "")"
    ]
    let open = entered - total.count
    if open > 0 {
      let still = unfinished > 0 ? ", of these \(HumanText.integer(unfinished)) still have time" : ""
      notes.append("not complete: \(HumanText.integer(open))" + still)
    }
    return notes + names.leftOut(query)
  }

  private func warnings(_ names: FunnelWords) -> [Answer.Warning] {
    let least = 30
    guard (1..<least).contains(total.count) else { return [] }
    return [
      Answer.Warning(
        code: "few.customers", message: "few \(names.unit) completed (\(total.count)): quantiles are rough")
    ]
  }
}

extension TimeGroup {
  fileprivate var medianCell: Cell { spread.map { .duration($0.median) } ?? .missing }

  /// Parallel to the columns of times: the count, min, p10, median, p90, max, mean.
  fileprivate var cells: [Cell] {
    let times = spread.map { [$0.min, $0.p10, $0.median, $0.p90, $0.max, $0.mean].map(Cell.duration) }
    return [.integer(count)] + (times ?? Array(repeating: .missing, count: 6))
  }
}
