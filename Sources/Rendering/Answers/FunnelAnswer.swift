import JourneyQuery
import JourneyTime

extension FunnelReport {
  /// The report as tables: `steps`; with a breakdown one row per group; with `per` one row per period; with `vs` both periods side
  /// by side. Figures: conversion, customers (or entries, sessions), entered, converted, lost, unfinished, median.
  ///
  /// `sentence` is the canonical sentence of the question.
  package func answer(to query: FunnelQuery, asked sentence: String) -> Answer {
    let names = FunnelWords(query)
    var tables = [stepTable(names)]
    if query.breakdown != nil { tables.append(groupTable(query, names)) }
    if let unit = query.per {
      tables.append(periodTable(unit, names))
      if !groups.isEmpty { tables.append(groupPeriodTable(unit, query)) }
    }
    if let versus { tables.append(comparisonTable(versus, query, names)) }
    return Answer(
      question: sentence, tables: tables, notes: notes(query, names), warnings: warnings(names), figures: figures(names)
    )
  }

  private func figures(_ names: FunnelWords) -> [Answer.Figure] {
    [
      Answer.Figure("conversion", total.conversion.map(Cell.share) ?? .missing),
      Answer.Figure(names.unit, .integer(total.entered)),
      Answer.Figure("entered", .integer(total.entered)),
      Answer.Figure("converted", .integer(total.converted)),
      Answer.Figure("lost", .integer(total.entered - total.converted)),
      Answer.Figure("unfinished", .integer(total.unfinished)),
      Answer.Figure("median", total.medianToComplete.map(Cell.duration) ?? .missing),
    ]
  }

  // MARK: tables

  private func stepTable(_ names: FunnelWords) -> Table {
    var rows: [[Cell]] = []
    var previous: Int?
    for row in total.rows {
      rows.append([
        .text(row.isOptional ? row.label + "?" : row.label),
        .integer(row.count),
        .quotient(row.count, total.entered),
        previous.map { .quotient(row.count, $0) } ?? .missing,
        row.lost.map(Cell.integer) ?? .missing,
        row.medianFromPrevious.map(Cell.duration) ?? .missing,
      ])
      if !row.isOptional { previous = row.count }
    }
    return Table(
      title: "steps",
      columns: [
        Table.Column("step"), Table.Column(names.unit),
        Table.Column("of first", isBar: true, showsLoss: true), Table.Column("of previous", priority: 2),
        Table.Column("lost", priority: 1), Table.Column("median time", isDuration: true, priority: 3),
      ], rows: rows)
  }

  /// A row per group: its values, the count at each step, the conversion.
  private func groupTable(_ query: FunnelQuery, _ names: FunnelWords) -> Table {
    let keys = query.breakdown?.names ?? []
    let columns =
      keys.map { Table.Column($0) }
      // The first and last steps say most; those between give way from the right.
      + total.rows.indices.map { index in
        Table.Column(stepName(index), priority: index == 0 || index == total.rows.count - 1 ? 1 : 2)
      } + [Table.Column("conversion", isBar: true), Table.Column("median time", isDuration: true, priority: 3)]
    let rows = groups.map { group in
      FunnelWords.key(group.key, isOther: group.isOther, count: keys.count)
        + total.rows.indices.map { index in
          group.rows.indices.contains(index) ? .integer(group.rows[index].count) : .integer(0)
        } + [group.conversionCell, group.medianToComplete.map(Cell.duration) ?? .missing]
    }
    return Table(title: "by " + keys.joined(separator: ", "), columns: columns, rows: rows)
  }

  private func stepName(_ index: Int) -> String {
    let row = total.rows[index]
    return row.isOptional ? row.label + "?" : row.label
  }

  private func periodTable(_ unit: CalendarUnit, _ names: FunnelWords) -> Table {
    let hasOpen = periods.contains { $0.group.unfinished > 0 }
    var columns = [
      Table.Column(unit.rawValue), Table.Column("entered"), Table.Column("converted"),
      Table.Column("conversion", isBar: true),
    ]
    if hasOpen { columns.append(Table.Column("unfinished", priority: 1)) }
    columns.append(Table.Column("median time", isDuration: true, priority: 2))
    let rows = periods.map { period in
      let group = period.group
      var row: [Cell] = [
        .text(period.label), .integer(group.entered), .integer(group.converted), group.conversionCell,
      ]
      if hasOpen { row.append(.integer(group.unfinished)) }
      return row + [group.medianToComplete.map(Cell.duration) ?? .missing]
    }
    let line = Trend.Line("", periods.map(\.group.conversionCell))
    return Table(
      title: "per \(unit.rawValue)", columns: columns, rows: rows,
      picture: Trend.picture("conversion", per: unit, labels: periods.map(\.label), lines: [line]))
  }

  /// Conversions: a row per period, a column per group.
  private func groupPeriodTable(_ unit: CalendarUnit, _ query: FunnelQuery) -> Table {
    let keys = query.breakdown?.names ?? []
    let names = groups.map { group in
      FunnelWords.key(group.key, isOther: group.isOther, count: keys.count).map { $0.text() }.joined(separator: ", ")
    }
    let columns = names.enumerated().map { Table.Column($1, priority: $0 + 1) }
    let rows = periods.enumerated().map { index, period in
      [.text(period.label)]
        + groups.map { $0.periods.indices.contains(index) ? $0.periods[index].group.conversionCell : .missing }
    }
    return Table(
      title: "conversion per \(unit.rawValue) by \(keys.joined(separator: ", "))",
      columns: [Table.Column(unit.rawValue)] + columns, rows: rows,
      picture: Trend.picture(
        "conversion", per: unit, labels: periods.map(\.label),
        lines: names.enumerated().map { index, name in Trend.Line(name, rows.map { $0[index + 1] }) }))
  }

  /// Both periods side by side; the difference is in percentage points of the share of the first step.
  private func comparisonTable(_ versus: FunnelGroup, _ query: FunnelQuery, _ names: FunnelWords) -> Table {
    let now = query.during?.label(in: query.zone) ?? "now"
    let then = query.versus?.label(in: query.zone) ?? "before"
    let rows = total.rows.indices.map { index -> [Cell] in
      let (count, before) = (
        total.rows[index].count, versus.rows.indices.contains(index) ? versus.rows[index].count : 0
      )
      let shares = (Cell.quotient(count, total.entered), Cell.quotient(before, versus.entered))
      var difference = Cell.missing
      if case (.share(let one), .share(let other)) = shares { difference = .number((one - other) * 100) }
      return [.text(stepName(index)), .integer(count), .integer(before), shares.0, shares.1, difference]
    }
    return Table(
      title: "\(now) vs \(then)",
      columns: [
        Table.Column("step"), Table.Column(now, priority: 1), Table.Column(then, priority: 1),
        Table.Column("of first, \(now)"), Table.Column("of first, \(then)"),
        Table.Column("difference in points"),
      ], rows: rows)
  }

  // MARK: notes

  private func notes(_ query: FunnelQuery, _ names: FunnelWords) -> [String] {
    var notes = [countedNote(query, names)]
    if total.unfinished > 0 {
      let open = total.entered - total.converted
      notes.append(
        "not converted: \(HumanText.integer(open)), of these \(HumanText.integer(total.unfinished)) still have time")
    }
    if let versus, versus.unfinished > 0 {
      let open = versus.entered - versus.converted
      notes.append(
        "in the second period not converted: \(HumanText.integer(open)), of these "
          + "\(HumanText.integer(versus.unfinished)) still have time")
    }
    notes += names.leftOut(query)
    return notes
  }

  private func countedNote(_ query: FunnelQuery, _ names: FunnelWords) -> String {
    let entered = HumanText.integer(total.entered)
    let asked = HumanText.integer(peopleAsked)
    let dates =
      query.during.map { ", starting in \($0.label(in: query.zone))" } ?? span.map { ", \($0.days(in: query.zone))" }
    let counted =
      query.counting == .customers
      ? "\(entered) of \(asked) \(FunnelWords.customers(peopleAsked)) took the first step"
      : "\(entered) \(names.unit) of \(asked) \(FunnelWords.customers(peopleAsked))"
    return "counted: \(counted)\(dates ?? "")"
  }

  private func warnings(_ names: FunnelWords) -> [Answer.Warning] {
    let least = 30
    if (1..<least).contains(total.entered) {
      return [
        Answer.Warning(
          code: "few.customers", message: "few \(names.unit) took the first step (\(total.entered)): shares are rough")
      ]
    }
    let small = groups.filter { (1..<least).contains($0.entered) }.count
    guard small > 0 else { return [] }
    return [
      Answer.Warning(
        code: "few.customers",
        message: "\(small) of \(groups.count) groups \(small == 1 ? "has" : "have") fewer than \(least) \(names.unit): "
          + "shares are rough")
    ]
  }
}

extension FunnelGroup {
  var entered: Int { rows.first { !$0.isOptional }?.count ?? 0 }
  var converted: Int { rows.last { !$0.isOptional }?.count ?? 0 }
  var conversionCell: Cell { conversion.map(Cell.share) ?? .missing }
}

extension Cell {
  /// The share of `part` in `whole`; missing for an empty whole.
  static func quotient(_ part: Int, _ whole: Int) -> Cell {
    whole > 0 ? .share(Double(part) / Double(whole)) : .missing
  }
}

/// The words a funnel's answer needs for its query.
struct FunnelWords {
  /// What is counted: `customers`, `entries`, `sessions`.
  let unit: String

  init(_ query: FunnelQuery) {
    unit = query.counting.rawValue
  }

  static func customers(_ count: Int) -> String { count == 1 ? "customer" : "customers" }

  /// `1 path`, `1,234 paths`.
  static func count(_ count: Int, _ one: String, _ many: String) -> String {
    "\(HumanText.integer(count)) \(count == 1 ? one : many)"
  }

  /// Cells of a group's values; `(none)` for a value it has not, `(other)` in the first place for the group of the rest.
  static func key(_ key: [String?], isOther: Bool, count: Int) -> [Cell] {
    if isOther { return (0..<count).map { $0 == 0 ? .text("(other)") : .missing } }
    return (0..<count).map { .text(key.indices.contains($0) ? key[$0] ?? "(none)" : "(none)") }
  }

  /// What the clauses keep out, a sentence each.
  func leftOut(_ query: FunnelQuery) -> [String] {
    var parts: [String] = []
    if query.people != nil { parts.append("people outside 'for'") }
    if query.filter != nil { parts.append("events that fail 'where'") }
    if query.during != nil { parts.append("first steps outside 'during'") }
    return parts.isEmpty ? [] : ["left out: " + parts.joined(separator: ", ")]
  }
}
