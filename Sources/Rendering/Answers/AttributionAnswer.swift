import JourneyQuery

extension AttributionQuery: AnsweredQuery {
  package func answer(_ report: AttributionReport) -> Answer { report.answer(to: self) }
}

extension AttributionReport {
  /// Tables: `credit`, a row for each value, what `top` cut off as `(other)`, and `(direct)`; the same of what conversions are worth, under the name of
  /// that; `return`, what that is of the costs, by channels where these are known; `paths`. Figures: conversions, customers, direct, paths, lost, worth.
  ///
  /// - Parameter spend: what channels cost.
  package func answer(to query: AttributionQuery, spend: Spend? = nil) -> Answer {
    var tables = [creditTable(query)]
    if let property = query.worth, worth != 0 { tables.append(worthTable(query, property)) }
    let costs = costs(query, spend)
    if let costs { tables.append(returnTable(query, costs)) }
    tables.append(pathTable(query))
    return Answer(
      tables: tables, notes: notes(query) + notes(of: costs, query), warnings: AnswerNotes.few(in: tables),
      figures: [
        Answer.Figure("conversions", .integer(conversions)), Answer.Figure("customers", .integer(customers)),
        Answer.Figure("direct", .integer(Int(direct.conversions))), Answer.Figure("paths", .integer(distinct)),
        Answer.Figure("lost", .integer(lost)), Answer.Figure("worth", .number(worth)),
      ])
  }

  /// What is shown of values: those at the top, and the sums of all others.
  private func rows(_ query: AttributionQuery) -> [(name: String, touched: Touched?, credits: [Credit])] {
    let (own, others) = (values.prefix(max(0, query.top)), values.dropFirst(max(0, query.top)))
    var rows: [(String, Touched?, [Credit])] = own.map { ($0.value, $0, $0.credits) }
    if !others.isEmpty {
      rows.append((Mark.other, nil, sums(others, query)))
    }
    rows.append(("(direct)", nil, query.models.map { _ in direct }))
    return rows
  }

  /// What each model credits several values with.
  private func sums(_ values: some Sequence<Touched>, _ query: AttributionQuery) -> [Credit] {
    query.models.indices.map { model in
      values.reduce(into: Credit()) { sum, value in
        sum.conversions += value.credits[model].conversions
        sum.worth += value.credits[model].worth
      }
    }
  }

  private func creditTable(_ query: AttributionQuery) -> Table {
    let columns =
      [
        Table.Column(query.heading), Table.Column("on paths", priority: 2),
        Table.Column("convert", isRate: true, priority: 1),
      ]
      + query.models.map { Table.Column($0.rawValue, isFigure: true) }
    let rows = rows(query).map { row -> [Cell] in
      let touched = row.touched.map {
        [Cell.integer($0.conversions), Cell.rate($0.conversions, $0.conversions + $0.lost)]
      }
      return [.text(row.name)] + (touched ?? [.missing, .missing]) + row.credits.map { .number($0.conversions) }
    }
    return Table(title: "credit", columns: columns, rows: rows, sortableRows: min(values.count, max(0, query.top)))
  }

  private func worthTable(_ query: AttributionQuery, _ property: String) -> Table {
    Table(
      title: property,
      columns: [Table.Column(query.heading)] + query.models.map { Table.Column($0.rawValue, isFigure: true) },
      rows: rows(query).map { row in [.text(row.name)] + row.credits.map { .number($0.worth) } },
      sortableRows: min(values.count, max(0, query.top)))
  }

  /// What channels cost on the days of the question, and how many times as much each model says that they brought. `(other)` is of those that
  /// cost something and have no row of their own, and of no others: what is paid and leads nowhere is no less paid, and what others bring was
  /// not paid for.
  private func returnTable(_ query: AttributionQuery, _ costs: ChannelCosts.Costs) -> Table {
    var shown = values.prefix(max(0, query.top)).map { ($0.value, costs[$0.value] ?? 0, $0.credits) }
    let others = values.dropFirst(max(0, query.top)).filter { costs[$0.value] ?? 0 > 0 }
    shown.append((Mark.other, costs.rest ?? 0, sums(others, query)))
    let rows = shown.filter { $0.1 > 0 }.map { name, cost, credits -> [Cell] in
      [.text(name), .number(cost)] + credits.map { .number($0.worth / cost) }
    }
    return Table(
      title: "return",
      columns: [Table.Column(query.heading), Table.Column("cost", isFigure: true)]
        + query.models.map { Table.Column($0.rawValue, isFigure: true) },
      rows: rows)
  }

  /// On the days of the question; nil where there is no saying, or nothing was paid.
  private func costs(_ query: AttributionQuery, _ spend: Spend?) -> ChannelCosts.Costs? {
    guard let spend, query.property == Spend.property, query.worth != nil, worth != 0,
      let dates = query.scope.during ?? basis.days(in: query.scope.zone),
      let costs = spend.byChannel(within: [dates]).first, !costs.isEmpty
    else { return nil }
    return ChannelCosts.Costs(costs, shown: Set(values.prefix(max(0, query.top)).map(\.value)))
  }

  /// Those that convert most often, and how often the same way did not.
  private func pathTable(_ query: AttributionQuery) -> Table {
    Table(
      title: "paths",
      columns: [
        Table.Column("path", isWhole: true), Table.Column("conversions"),
        Table.Column("share", isBar: true, isRate: true, priority: 1), Table.Column("lost", priority: 2),
        Table.Column("convert", isRate: true, priority: 1),
      ],
      rows: paths.map { path in
        [
          .text(path.values.joined(separator: " → ")), .integer(path.conversions), .rate(path.conversions, conversions),
          .integer(path.lost), .rate(path.conversions, path.conversions + path.lost),
        ]
      })
  }

  private func notes(of costs: ChannelCosts.Costs?, _ query: AttributionQuery) -> [String] {
    guard let costs, let whole = costs.whole else { return [] }
    let isMixed = costs.rest ?? 0 > 0 && values.dropFirst(max(0, query.top)).contains { costs[$0.value] ?? 0 <= 0 }
    return ["spend: \(HumanText.number(whole, decimals: 2)) in all; return is \(query.worth ?? "") / cost"]
      + (isMixed ? ["return of \(Mark.other): of those that cost something, and not of the others in it"] : [])
      + ChannelCosts.narrowed(by: query.scope)
  }

  private func notes(_ query: AttributionQuery) -> [String] {
    let back = query.window.map { " within \($0.literal) before" } ?? " before"
    var notes = [
      "counted: \(AnswerNotes.count(conversions, "conversion", "conversions")) of \(AnswerNotes.count(customers, "customer", "customers")) "
        + "who had \(query.goal.label)\(basis.dates(query.scope)), and \(AnswerNotes.count(lost, "path", "paths")) without one",
      "(direct): no \(query.heading)\(back); each column sums to the conversions",
    ]
    if distinct > paths.count {
      notes.append(
        "not shown: \(AnswerNotes.count(distinct - paths.count, "more path that converts", "more paths that convert"))")
    }
    return notes + AnswerNotes.leftOut(query.scope, during: "goals")
  }
}
