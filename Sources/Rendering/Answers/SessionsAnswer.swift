import JourneyQuery
import JourneyTime

extension SessionsReport {
  /// One table: a row per group and period, or a single row; with `vs` both periods side by side.
  /// Figures: sessions, customers, events, events per session, median and mean (of the length), bounce rate.
  package func answer(to query: SessionsQuery, asked sentence: String) -> Answer {
    let keys = query.breakdown?.names ?? []
    var columns = keys.map { Table.Column($0) }
    if let unit = query.per { columns.append(Table.Column(unit.rawValue)) }
    columns += [
      Table.Column("sessions"), Table.Column("customers", priority: 1), Table.Column("events per session"),
      Table.Column("median length", isDuration: true), Table.Column("mean length", isDuration: true, priority: 2),
      Table.Column("bounce rate"),
    ]
    let shown = query.breakdown == nil && query.per == nil ? [total] : rows
    var tables = [
      Table(
        columns: columns,
        rows: shown.map { row in
          FunnelWords.key(row.key, isOther: row.isOther, count: keys.count)
            + (query.per == nil ? [] : [row.period.map(Cell.text) ?? .missing]) + row.cells
        },
        picture: Trend.picture(
          "sessions", per: query.per,
          rows: shown.map {
            (FunnelWords.key($0.key, isOther: $0.isOther, count: keys.count), $0.period, .integer($0.sessions))
          }))
    ]
    if let versus {
      let periods = comparison(versus, query)
      if query.breakdown == nil, query.per == nil { tables = [] } else { tables[0].title = "groups" }
      tables.insert(periods, at: 0)
    }
    return Answer(question: sentence, tables: tables, notes: notes(query), figures: total.figures)
  }

  /// A row per figure, the two periods side by side.
  private func comparison(_ versus: Row, _ query: SessionsQuery) -> Table {
    Table(
      title: query.breakdown == nil && query.per == nil ? nil : "periods",
      columns: [
        Table.Column("figure"), Table.Column(query.during?.label(in: query.zone) ?? "now"),
        Table.Column(query.versus?.label(in: query.zone) ?? "before"),
      ],
      rows: zip(total.figures, versus.figures).map { now, before in
        let isLength = now.name == "median" || now.name == "mean"
        return [.text(isLength ? now.name + " length" : now.name), now.value, before.value]
      })
  }

  private func notes(_ query: SessionsQuery) -> [String] {
    let dates = query.during?.label(in: query.zone) ?? span?.days(in: query.zone)
    let sessions = "\(HumanText.integer(total.sessions)) \(total.sessions == 1 ? "session" : "sessions")"
    let customers = "\(HumanText.integer(total.customers)) \(FunnelWords.customers(total.customers))"
    var notes = ["counted: \(sessions) of \(customers)\(dates.map { ", \($0)" } ?? "")"]
    var parts: [String] = []
    if query.people != nil { parts.append("people outside 'for'") }
    if query.filter != nil { parts.append("events that fail 'where', once sessions were cut") }
    if !parts.isEmpty { notes.append("left out: " + parts.joined(separator: ", ")) }
    return notes
  }
}

extension SessionsReport.Row {
  fileprivate var figures: [Answer.Figure] {
    [
      Answer.Figure("sessions", .integer(sessions)), Answer.Figure("customers", .integer(customers)),
      Answer.Figure("events", .integer(events)), Answer.Figure("events per session", eventsPerSession),
      Answer.Figure("median", medianLength.map(Cell.duration) ?? .missing),
      Answer.Figure("mean", meanLength.map(Cell.duration) ?? .missing),
      Answer.Figure("bounce rate", .quotient(bounces, sessions)),
    ]
  }

  fileprivate var cells: [Cell] {
    [
      .integer(sessions), .integer(customers), eventsPerSession, medianLength.map(Cell.duration) ?? .missing,
      meanLength.map(Cell.duration) ?? .missing, .quotient(bounces, sessions),
    ]
  }

  private var eventsPerSession: Cell { sessions > 0 ? .number(Double(events) / Double(sessions)) : .missing }
}
