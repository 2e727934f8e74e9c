import JourneyQuery
import JourneyTime

extension ValueReport {
  /// One table: a row per group and period, or a single row; with `vs` both periods side by side and the change.
  /// Figures: total, customers, mean, median, p90.
  package func answer(to query: ValueQuery, asked sentence: String) -> Answer {
    let keys = query.breakdown?.names ?? []
    let isSplit = query.breakdown != nil || query.per != nil
    var columns = keys.map { Table.Column($0) }
    if let unit = query.per { columns.append(Table.Column(unit.rawValue)) }
    columns += [Table.Column("customers"), Table.Column("total")]
    // A share of a sum means something only where nothing is negative.
    let hasShare = isSplit && total.total > 0 && rows.allSatisfy { $0.total >= 0 }
    if hasShare { columns.append(Table.Column("share", isBar: true, priority: 1)) }
    columns += [Table.Column("mean"), Table.Column("median"), Table.Column("p90")]
    let cells = (isSplit ? rows : [total]).map { row -> [Cell] in
      let share: [Cell] = hasShare ? [.share(row.total / total.total)] : []
      return FunnelWords.key(row.key, isOther: row.isOther, count: keys.count)
        + (query.per == nil ? [] : [row.period.map(Cell.text) ?? .missing])
        + [.integer(row.customers), .number(row.total)] + share + row.perCustomer
    }
    var tables = [Table(columns: columns, rows: cells)]
    if let versus {
      var periods = comparison(versus, query)
      if isSplit {
        periods.title = "periods"
        tables[0].title = "groups"
        tables.insert(periods, at: 0)
      } else {
        tables = [periods]
      }
    }
    return Answer(question: sentence, tables: tables, notes: notes(query), figures: total.figures)
  }

  /// A row per figure, the two periods side by side.
  private func comparison(_ versus: Row, _ query: ValueQuery) -> Table {
    Table(
      columns: [
        Table.Column("figure"), Table.Column(query.during?.label(in: query.zone) ?? "now"),
        Table.Column(query.versus?.label(in: query.zone) ?? "before"), Table.Column("change"),
      ],
      rows: zip(total.figures, versus.figures).map { now, before in
        [.text(now.name), now.value, before.value, Self.change(from: before.value, to: now.value)]
      })
  }

  private static func change(from before: Cell, to now: Cell) -> Cell {
    switch (before, now) {
    case (.integer(let before), .integer(let now)) where before > 0: .share(Double(now) / Double(before) - 1)
    case (.number(let before), .number(let now)) where before > 0: .share(now / before - 1)
    default: .missing
    }
  }

  private func notes(_ query: ValueQuery) -> [String] {
    let dates = query.during?.label(in: query.zone) ?? span?.days(in: query.zone)
    let customers = "\(HumanText.integer(total.customers)) \(FunnelWords.customers(total.customers))"
    var notes = [
      "counted: \(customers) with \(query.property)\(dates.map { ", \($0)" } ?? ""), each by the sum of theirs"
    ]
    var parts: [String] = []
    if query.people != nil { parts.append("people outside 'for'") }
    if query.filter != nil { parts.append("events that fail 'where'") }
    parts.append("events without \(query.property)")
    notes.append("left out: " + parts.joined(separator: ", "))
    return notes
  }
}

extension ValueReport.Row {
  fileprivate var figures: [Answer.Figure] {
    [Answer.Figure("total", .number(total)), Answer.Figure("customers", .integer(customers))]
      + zip(["mean", "median", "p90"], perCustomer).map { Answer.Figure($0, $1) }
  }

  fileprivate var perCustomer: [Cell] { [mean, median, p90].map { $0.map(Cell.number) ?? .missing } }
}
