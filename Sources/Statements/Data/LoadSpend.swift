import EventStore
import Interchange
import JourneyQuery
import JourneyTime
import Language
import Rendering
import SourceText
import Workspace

/// `load spend FILE`: reads what channels cost.
enum LoadSpendStatement: Statement {
  static let form = Form(
    "load spend", in: .data,
    [
      "load", "spend", .slot("file", .file), .roles(of: .spend), .optional(["zone", .slot("zone", .text)]),
      .optional(["again"]), .named,
    ],
    summary: "read what channels cost, by day or by span of days",
    meaning: """
      A row a cost: channel and cost are needed, and a day (time), or the first and the last of several (from, to), over which the cost is \
      spread evenly. value by channel then has the cost of each channel, its return and its cost per customer.
      """,
    examples: [
      "load spend \"ads.csv\"",
      "load spend \"budget.csv\" channel source cost amount from start to end",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let load = try FileLoad(of: .spend, parsed, in: session)
    let roles = load.loaded.summary.roles.map(\.role)
    guard roles.contains(.time) || roles.contains(.from) else {
      throw Diagnostic(
        .spendUndated, "costs have no dates: no column looks like the time, or like from and to",
        hint: "\(Forms.grammar.canonical(parsed)) time COLUMN", place: load.shown)
    }
    let rows = try LoadedRows(load.loaded, of: load.shown)
    let zone = load.loaded.summary.zone
    let costs = try rows.map { row throws(Diagnostic) in
      ChannelCost(
        channel: row.key, dates: try dates(of: row, rows, isSpan: !roles.contains(.time), load), cost: row.figure ?? 0)
    }
    try session.attempt(at: parsed.span) { () throws(WorkspaceError) in
      try session.workspace.addCosts(costs, from: load.source)
    }
    let firsts = costs.map(\.dates.lowerBound)
    let lasts = costs.map { Instant(microseconds: $0.dates.upperBound.microseconds - 1) }
    let span = firsts.min().flatMap { first in lasts.max().map { first...max(first, $0) } }
    let channels = Set(costs.map(\.channel)).count
    return .done(
      LoadReport(
        load.loaded.summary,
        "loaded \(costs.count.counted("cost")) of \(channels.counted("channel")) from '\(load.shown)'\(LoadReport.dates(span, in: zone))",
        remarks: ["\(Cell.number(costs.reduce(0) { $0 + $1.cost }).text()) in all"], properties: []
      ).text)
  }

  /// The days that a cost is of: whole ones in the zone of the load.
  private static func dates(
    of row: LoadedRows.Row, _ rows: LoadedRows, isSpan: Bool, _ load: FileLoad
  ) throws(Diagnostic) -> Range<Instant> {
    let zone = load.loaded.summary.zone
    let first = CalendarUnit.day.start(of: Instant(microseconds: row.instant), in: zone)
    var last = first
    if isSpan, let written = rows.value(.to, row) {
      guard case .time(let microseconds) = written else {
        throw Diagnostic(
          .spendDates, "'\(written.text)' is no date that a cost goes to", hint: "dates as 2025-07-31",
          place: load.shown)
      }
      last = CalendarUnit.day.start(of: Instant(microseconds: microseconds), in: zone)
    }
    guard first <= last else {
      throw Diagnostic(
        .spendDates,
        "a cost of '\(row.key)' goes to \(CalendarUnit.day.label(of: last, in: zone)), before it begins on \(CalendarUnit.day.label(of: first, in: zone))",
        place: load.shown)
    }
    return first..<CalendarUnit.day.start(1, after: last, in: zone)
  }
}

extension DiagnosticCode {
  package static let spendUndated = DiagnosticCode(
    "spend.undated", "Costs need days: a column of them, or two for the first and the last of a span.")
  package static let spendDates = DiagnosticCode(
    "spend.dates", "The days of a cost are none, or end before they begin.")
}
