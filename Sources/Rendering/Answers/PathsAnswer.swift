import JourneyQuery

extension PathsQuery: AnsweredQuery {
  package func answer(_ report: PathsReport) -> Answer { report.answer(to: self) }
}

extension PathsReport {
  /// A table with a row per variant and a column per step, the rest as `(other)`; with a breakdown another with such rows for each
  /// group. Figures: customers, variants.
  func answer(to query: PathsQuery) -> Answer {
    var tables = [table(of: [total], query, keys: [])]
    tables[0].picture = tree(query)
    if let breakdown = query.breakdown {
      tables[0].title = "paths"
      var groups = table(of: groups, query, keys: breakdown.names)
      groups.title = "by " + breakdown.names.joined(separator: ", ")
      tables.append(groups)
    }
    return Answer(
      tables: tables, notes: notes(query), warnings: AnswerNotes.few(in: tables),
      figures: [
        Answer.Figure("customers", .integer(total.figures.customers)),
        Answer.Figure("variants", .integer(total.figures.distinct)),
      ])
  }

  /// Shares are of a group's customers. All rows have the anchor in one column.
  private func table(of groups: [Slice<PathsFigures>], _ query: PathsQuery, keys: [String]) -> Table {
    let variants = groups.flatMap(\.figures.variants)
    let before = variants.map(\.anchor).max() ?? 0
    let after = variants.map { $0.steps.count - $0.anchor }.max() ?? 1
    let steps = (-before..<after).map { offset in
      Table.Column(Self.heading(offset, query.anchor), priority: offset.magnitude < 3 ? 0 : Int(offset.magnitude))
    }
    let columns =
      keys.map { Table.Column($0) } + steps + [
        Table.Column("customers"), Table.Column("share", isBar: true, isRate: true, priority: 1),
      ]
    let rows = groups.flatMap { group -> [[Cell]] in
      let (key, figures) = (group.key.cells(count: keys.count), group.figures)
      var rows = figures.variants.map { variant -> [Cell] in
        let path = (-before..<after).map { offset -> Cell in
          let index = variant.anchor + offset
          return variant.steps.indices.contains(index) ? .text(variant.steps[index]) : .missing
        }
        return key + path + [.integer(variant.customers), .rate(variant.customers, figures.customers)]
      }
      let rest = figures.customers - figures.variants.reduce(0) { $0 + $1.customers }
      if rest > 0 {
        let path = steps.indices.map { $0 == 0 ? Cell.text(Mark.other) : .missing }
        rows.append(key + path + [.integer(rest), .rate(rest, figures.customers)])
      }
      return rows
    }
    // By group, each has its own rest among the rows.
    return Table(columns: columns, rows: rows, sortableRows: keys.isEmpty ? variants.count : nil)
  }

  /// `step 1`, or beside an anchor `-1`, the anchor, `+1`.
  private static func heading(_ offset: Int, _ anchor: PathsQuery.Anchor?) -> String {
    guard let anchor else { return "step \(offset + 1)" }
    return offset == 0 ? anchor.step.label : offset < 0 ? "\(offset)" : "+\(offset)"
  }

  private func notes(_ query: PathsQuery) -> [String] {
    let whole = total.figures
    let people = AnswerNotes.count(basis.people, "customer", "customers")
    let had = query.anchor.map { " had \($0.step.label)" } ?? ""
    var notes = ["counted: \(HumanText.integer(whole.customers)) of \(people)\(had)\(basis.dates(query.scope))"]
    if whole.distinct > whole.variants.count {
      notes.append("other: \(AnswerNotes.count(whole.distinct - whole.variants.count, "more path", "more paths"))")
    }
    return notes + AnswerNotes.leftOut(query.scope, during: query.anchor == nil ? "events" : "anchors")
  }
}
