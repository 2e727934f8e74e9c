import JourneyQuery

extension RetentionQuery: AnsweredQuery {
  package func answer(_ report: RetentionReport) -> Answer { report.answer(to: self) }
}

extension RetentionReport {
  /// One table: a row for all, then one per cohort, with its size and the share of it that returned after so many units; with a
  /// breakdown a first table with such a row per group, and then the cohorts of each group.
  ///
  /// Figures: retention (after one unit, of all), customers, and the share of all after each unit as `week 0`, `week 1` ….
  func answer(to query: RetentionQuery) -> Answer {
    var tables = [Table(columns: columns(query, keys: []), rows: rows(total.figures, keys: []))]
    if let keys = query.breakdown?.names {
      let shares = (0..<width).map { unitColumn($0, query) }
      tables = [
        Table(
          title: "by " + keys.joined(separator: ", "),
          columns: keys.map { Table.Column($0) } + [Table.Column("customers")] + shares,
          rows: groups.map { $0.key.cells(count: keys.count) + all($0.figures) }),
        Table(
          title: "cohorts", columns: columns(query, keys: keys),
          rows: groups.flatMap { rows($0.figures, keys: $0.key.cells(count: keys.count)) }),
      ]
    }
    return Answer(
      tables: tables, notes: notes(query), warnings: warnings, figures: figures(query))
  }

  private var cohorts: [RetentionFigures.Cohort] { total.figures.cohorts }

  /// Units that some cohort is observed for; 1 at least.
  private var width: Int { max(1, cohorts.map(\.returned.count).max() ?? 0) }

  private func columns(_ query: RetentionQuery, keys: [String]) -> [Table.Column] {
    keys.map { Table.Column($0) } + [Table.Column(query.unit.rawValue), Table.Column("customers")]
      + (0..<width).map { unitColumn($0, query) }
  }

  /// Later units give way first where the width is short.
  private func unitColumn(_ unit: Int, _ query: RetentionQuery) -> Table.Column {
    Table.Column(unitName(unit, query), isShaded: true, priority: unit + 1)
  }

  private func unitName(_ unit: Int, _ query: RetentionQuery) -> String { "\(query.unit.rawValue) \(unit)" }

  /// The size of a group and its weighted shares.
  private func all(_ figures: RetentionFigures) -> [Cell] {
    [.integer(figures.customers)] + (0..<width).map { share(of: figures, after: $0) }
  }

  private func share(of figures: RetentionFigures, after unit: Int) -> Cell {
    guard figures.cohorts.contains(where: { $0.returned.indices.contains(unit) }) else { return .unobserved }
    let whole = figures.whole(after: unit)
    return .quotient(whole.returned, whole.customers)
  }

  /// The row of all cohorts and then one for each, behind the cells `keys`.
  private func rows(_ figures: RetentionFigures, keys: [Cell]) -> [[Cell]] {
    let cohorts = figures.cohorts.map { cohort in
      keys + [.text(cohort.label), .integer(cohort.customers)]
        + (0..<width).map { unit in
          cohort.returned.indices.contains(unit)
            ? .quotient(cohort.returned[unit], cohort.customers) : .unobserved
        }
    }
    return [keys + [.text("all")] + all(figures)] + cohorts
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
    return notes + AnswerNotes.leftOut(query.scope, during: "first events")
  }

  private var warnings: [Answer.Warning] {
    let named = cohorts.filter { $0.customers > 0 }
    return AnswerNotes.few(
      named.count { AnswerNotes.isFew($0.customers) }, of: named.count, "cohorts", have: "customers")
  }
}
