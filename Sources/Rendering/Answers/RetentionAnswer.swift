import JourneyQuery
import SourceText

extension RetentionQuery: AnsweredQuery {
  package func answer(_ report: RetentionReport) -> Answer { report.answer(to: self) }
}

extension RetentionReport {
  /// One table: for all, then for each cohort, its size and per unit how many of it returned after so many and what share of it they
  /// are; people see a row for each, a column per unit. With a breakdown a first table with such rows per group, and then the cohorts of
  /// each group.
  ///
  /// Figures: retention (after one unit, of all), customers, and the share of all after each unit as `week 0`, `week 1` ….
  func answer(to query: RetentionQuery) -> Answer {
    let unit = query.unit.rawValue
    var tables = [table(cohorts(of: total.figures, keys: []), by: [unit], query)]
    if let keys = query.breakdown?.names {
      tables = [
        table(groups.map { all($0.figures, names: $0.key.cells(count: keys.count)) }, by: keys, query),
        table(
          groups.flatMap { cohorts(of: $0.figures, keys: $0.key.cells(count: keys.count)) }, by: keys + [unit], query),
      ]
      tables[0].sortableRows = groups.prefix { $0.key.hasValue }.count
      (tables[0].title, tables[1].title) = ("by " + keys.joined(separator: ", "), "cohorts")
    }
    return Answer(
      tables: tables, notes: notes(query), warnings: AnswerNotes.few(in: tables) + filtered(query),
      figures: figures(query))
  }

  /// What a filter does to returns, which nobody means who names who began.
  private func filtered(_ query: RetentionQuery) -> [Answer.Warning] {
    guard query.scope.filter != nil else { return [] }
    return [
      Answer.Warning(
        code: .whereReturns,
        message:
          "where drops returns that fail it, too: who came back without passing it counts as gone; retention of "
          + "STEP(CONDITION) then STEP asks it of the beginning alone")
    ]
  }

  private var cohorts: [RetentionFigures.Cohort] { total.figures.cohorts }

  /// Units that some cohort is observed for; 1 at least.
  private var width: Int { max(1, cohorts.map(\.returned.count).max() ?? 0) }

  /// Cohorts, or all of them, under their names.
  private struct Line {
    let names: [Cell]
    let customers: Int
    /// Who returned after so many units, of how many; as many as are observed.
    let returned: [(count: Int, of: Int)]
  }

  private func table(_ lines: [Line], by names: [String], _ query: RetentionQuery) -> Table {
    let counted = names.map { Table.Column($0) } + [Table.Column("customers")]
    // Later units give way first where the width is short.
    let units = (0..<width).map { Table.Column(unitName($0, query), isShaded: true, priority: $0 + 1) }
    let matrix = Matrix(
      columns: counted + units,
      rows: lines.map { line in
        line.names + [.integer(line.customers)]
          + (0..<width).map { unit in
            line.returned.indices.contains(unit)
              ? .rate(line.returned[unit].count, line.returned[unit].of) : .unobserved
          }
      })
    return Table(
      columns: counted + ["after", "observed", "returned"].map { Table.Column($0) } + [
        Table.Column("share", isRate: true)
      ],
      rows: lines.flatMap { line in
        line.returned.isEmpty
          ? [line.names + [.integer(line.customers)] + Array(repeating: .missing, count: 4)]
          : line.returned.enumerated().map { unit, returned in
            line.names + [
              .integer(line.customers), .integer(unit), .integer(returned.of), .integer(returned.count),
              .rate(returned.count, returned.of),
            ]
          }
      }, picture: .matrix(matrix))
  }

  private func unitName(_ unit: Int, _ query: RetentionQuery) -> String { "\(query.unit.rawValue) \(unit)" }

  /// All cohorts, each weighing by its size.
  private func all(_ figures: RetentionFigures, names: [Cell]) -> Line {
    let units = figures.cohorts.map(\.returned.count).max() ?? 0
    return Line(
      names: names, customers: figures.customers,
      returned: (0..<units).map { unit in
        let whole = figures.whole(after: unit)
        return (whole.returned, whole.customers)
      })
  }

  private func share(of figures: RetentionFigures, after unit: Int) -> Cell {
    guard figures.cohorts.contains(where: { $0.returned.indices.contains(unit) }) else { return .unobserved }
    let whole = figures.whole(after: unit)
    return .rate(whole.returned, whole.customers)
  }

  /// All of them and then each, behind the cells `keys`.
  private func cohorts(of figures: RetentionFigures, keys: [Cell]) -> [Line] {
    [all(figures, names: keys + [.text("all")])]
      + figures.cohorts.map { cohort in
        Line(
          names: keys + [.text(cohort.label)], customers: cohort.customers,
          returned: cohort.returned.map { ($0, cohort.customers) })
      }
  }

  private func figures(_ query: RetentionQuery) -> [Answer.Figure] {
    let whole = total.figures
    return [
      Answer.Figure("retention", width > 1 ? share(of: whole, after: 1) : .unobserved),
      Answer.Figure("customers", .integer(whole.customers)),
    ] + (0..<width).map { Answer.Figure(unitName($0, query), share(of: whole, after: $0)) }
  }

  private func notes(_ query: RetentionQuery) -> [String] {
    let customers = AnswerNotes.count(total.figures.customers, "customer", "customers")
    let dates = basis.dates(query.scope, bounding: "starting in ")
    var notes = [
      "counted: \(customers) by their first \(query.start.label)\(dates)",
      "all: those who returned of all in the cohorts observed so far, so that each weighs by its size",
    ]
    if cohorts.contains(where: { $0.returned.count < width }) {
      notes.append("…: the \(query.unit.rawValue) had not ended by the last event")
    }
    return notes
      + AnswerNotes.leftOut(query.scope, filter: "first events and returns that fail 'where'", during: "first events")
  }
}

extension DiagnosticCode {
  package static let whereReturns = DiagnosticCode(
    "where.returns",
    "A warning: where keeps only the events that pass, and returns are events: a cohort that it was to choose seems not to come back."
  )
}
