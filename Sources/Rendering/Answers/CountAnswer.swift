import JourneyQuery
import JourneyTime

extension CountReport {
  /// One table: a row per group and period, or a single row; with `vs` both periods side by side and the change.
  /// Figures: events, customers.
  package func answer(to query: CountQuery, asked sentence: String) -> Answer {
    let table: Table
    if let versus {
      table = comparison(versus, query)
    } else if query.breakdown == nil, query.per == nil {
      table = Table(
        columns: [Table.Column("events"), Table.Column("customers")],
        rows: [[.integer(total.events), .integer(total.customers)]])
    } else {
      table = breakdown(query)
    }
    var tables = [table]
    if versus != nil, query.breakdown != nil || query.per != nil {
      tables[0].title = "periods"
      var groups = breakdown(query)
      groups.title = "groups"
      tables.append(groups)
    }
    return Answer(
      question: sentence, tables: tables, notes: notes(query),
      figures: [
        Answer.Figure("events", .integer(total.events)), Answer.Figure("customers", .integer(total.customers)),
      ])
  }

  private func breakdown(_ query: CountQuery) -> Table {
    let keys = query.breakdown?.names ?? []
    var columns = keys.map { Table.Column($0) }
    if let unit = query.per { columns.append(Table.Column(unit.rawValue)) }
    columns += [
      Table.Column("events"), Table.Column("share", isBar: true, priority: 1), Table.Column("customers"),
    ]
    let cells = rows.map { row in
      FunnelWords.key(row.key, isOther: row.isOther, count: keys.count)
        + (query.per == nil ? [] : [row.period.map(Cell.text) ?? .missing])
        + [.integer(row.events), .quotient(row.events, total.events), .integer(row.customers)]
    }
    let trend = Trend.picture(
      "events", per: query.per,
      rows: rows.map {
        (FunnelWords.key($0.key, isOther: $0.isOther, count: keys.count), $0.period, .integer($0.events))
      })
    return Table(columns: columns, rows: cells, picture: trend)
  }

  /// A row per figure, the two periods side by side.
  private func comparison(_ versus: Row, _ query: CountQuery) -> Table {
    let pairs = [("events", total.events, versus.events), ("customers", total.customers, versus.customers)]
    return Table(
      columns: [
        Table.Column("counted"), Table.Column(query.during?.label(in: query.zone) ?? "now"),
        Table.Column(query.versus?.label(in: query.zone) ?? "before"), Table.Column("change"),
      ],
      rows: pairs.map { name, now, before in
        [.text(name), .integer(now), .integer(before), Self.change(from: before, to: now)]
      })
  }

  private static func change(from before: Int, to now: Int) -> Cell {
    before > 0 ? .share(Double(now) / Double(before) - 1) : .missing
  }

  private func notes(_ query: CountQuery) -> [String] {
    let dates = query.during?.label(in: query.zone) ?? span?.days(in: query.zone)
    let what = query.step.map { "events of \($0.label)" } ?? "events"
    var notes = ["counted: \(what)\(dates.map { ", \($0)" } ?? "")"]
    var parts: [String] = []
    if query.people != nil { parts.append("people outside 'for'") }
    if query.filter != nil { parts.append("events that fail 'where'") }
    if !parts.isEmpty { notes.append("left out: " + parts.joined(separator: ", ")) }
    return notes
  }
}
