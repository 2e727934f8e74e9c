import JourneyQuery
import JourneyTime

extension TimeQuery: AnsweredQuery {
  package func answer(_ report: TimeReport) -> Answer { report.answer(to: self) }
}

extension TimeReport {
  /// One row of figures and the histogram; with a breakdown one row per group; with `per` one per period; with `vs` both
  /// periods side by side. Figures: median, then what is counted (customers, entries or sessions), min, p10, p90, max, mean.
  func answer(to query: TimeQuery) -> Answer {
    let query = query.funnel
    let unit = query.counting.rawValue
    let columns = Self.columns(unit)
    let tables = CutTables(cut: cut, scope: query.scope, split: query.split)
    var whole = tables.whole(columns)
    whole.title = "time"
    let parts = [
      whole, histogramTable(unit), tables.groups(columns), tables.periods(columns, drawn: Self.median),
      tables.groupPeriods(Self.median), tables.comparison(columns),
    ]
    return Answer(
      tables: parts.compactMap { $0 }, notes: notes(query) + tables.notes,
      warnings: warnings(unit), figures: figures(columns))
  }

  private var count: Int { cut.total.figures.count }

  private func figures(_ columns: CutTables<TimeFigures>.Columns) -> [Answer.Figure] {
    let whole = cut.total.figures
    let figures = columns.map { Answer.Figure($0.column.name, $0.cell(whole, whole), isDuration: $0.column.isDuration) }
    return figures.filter { $0.name == "median" } + figures.filter { $0.name != "median" }
  }

  // MARK: tables

  private static var median: FigureColumn<TimeFigures> {
    FigureColumn(Table.Column("median", isDuration: true)) { .time($0.spread?.median) }
  }

  private static func columns(_ unit: String) -> CutTables<TimeFigures>.Columns {
    func column(_ name: String, priority: Int, _ time: @escaping (TimeSpread) -> Duration) -> FigureColumn<TimeFigures>
    {
      FigureColumn(Table.Column(name, isDuration: true, priority: priority)) { .time($0.spread.map(time)) }
    }
    return [
      FigureColumn(Table.Column(unit)) { .integer($0.count) }, column("min", priority: 2, \.min),
      column("p10", priority: 1, \.p10), median, column("p90", priority: 1, \.p90), column("max", priority: 2, \.max),
      column("mean", priority: 3, \.mean),
    ]
  }

  private func histogramTable(_ unit: String) -> Table {
    var sofar = 0
    let rows = histogram.map { bin -> [Cell] in
      sofar += bin.count
      return [
        .duration(bin.start), .time(bin.end), .integer(bin.count), .quotient(bin.count, count), .quotient(sofar, count),
      ]
    }
    return Table(
      title: "histogram",
      columns: [
        Table.Column("from", isDuration: true), Table.Column("below", isDuration: true), Table.Column(unit),
        Table.Column("share", isBar: true), Table.Column("so far", priority: 1),
      ], rows: rows, picture: drawn(unit))
  }

  private func drawn(_ unit: String) -> Picture {
    let marks = cut.total.figures.spread.map { [("p10", $0.p10), ("median", $0.median), ("p90", $0.p90)] } ?? []
    return .histogram(
      Histogram(
        unit, bins: histogram.map { Histogram.Bin($0.start, $0.end, count: $0.count) },
        marks: marks.map { Histogram.Mark($0, $1) }))
  }

  // MARK: notes

  private func notes(_ query: FunnelQuery) -> [String] {
    let dates = cut.basis.dates(query.scope, bounding: "starting in ")
    var notes = [
      "counted: \(HumanText.integer(count)) complete of \(HumanText.integer(entered)) \(query.counting.rawValue) "
        + "that took the first step\(dates)"
    ]
    let open = entered - count
    if open > 0 {
      let still = unfinished > 0 ? ", of these \(HumanText.integer(unfinished)) still have time" : ""
      notes.append("not complete: \(HumanText.integer(open))" + still)
    }
    return notes + AnswerNotes.leftOut(query.scope, filter: AnswerNotes.ofEveryStep, during: "first steps")
  }

  private func warnings(_ unit: String) -> [Answer.Warning] {
    guard AnswerNotes.isFew(count) else { return [] }
    return [
      Answer.Warning(code: .fewCustomers, message: "few \(unit) completed (\(count)): quantiles are rough")
    ]
  }
}
