import JourneyModel
import JourneyQuery
import JourneyTime

/// What a meeting looks at: one page of tables, each of few rows.
package struct ReviewPage: Sendable {
  /// A win, and what weeks before and after it say.
  package struct Win: Sendable {
    let win: Element
    /// The answer of its `lift`, or why it could not be asked.
    private let lift: Table?
    private let fault: String?

    package init(_ win: Element, lift: Answer) { (self.win, self.lift, fault) = (win, lift.tables.first, nil) }
    package init(_ win: Element, fault: String) { (self.win, lift, self.fault) = (win, nil, fault) }

    /// A cell of its last row, which is that of the verdict.
    func cell(_ column: String) -> Cell {
      guard let lift, let row = lift.rows.last, let place = lift.columns.firstIndex(where: { $0.name == column }) else {
        return .missing
      }
      return row[place]
    }

    var verdict: Cell { fault.map(Cell.text) ?? cell("verdict") }
  }

  /// Rows that a part of the page has at most.
  private static let mostRows = 5
  private static let mostLosses = 3
  /// What was looked at within so many days needs no other look.
  private static let reviewed: Int64 = 90

  private let map: JourneyMap
  private let reading: MapReading
  private let dates: Range<Instant>
  private let zone: Zone
  /// The answer of `kpis`; nil where there are none.
  package var kpis: Answer?
  package var wins: [Win] = []
  /// What changed on the map, in words; nil where it was begun later.
  package var changes: [String]?
  /// What it changed since, as it is typed.
  package var since = ""
  /// The answer of `check map`.
  package var findings: Answer?

  package init(_ map: JourneyMap, _ reading: MapReading, dates: Range<Instant>, in zone: Zone) {
    (self.map, self.reading, self.dates, self.zone) = (map, reading, dates, zone)
  }

  package var answer: Answer {
    let tables = [kpiTable, winTable, lossTable, painTable, changeTable, reviewTable, findingTable].compactMap(\.self)
    var answer = Answer(
      tables: tables, notes: notes, warnings: kpis?.warnings ?? [],
      figures: (kpis?.figures ?? []) + [
        Answer.Figure("changes", changes.map { .integer($0.count) } ?? .missing),
        Answer.Figure("findings", findings?.figures.first?.value ?? .integer(0)),
      ])
    answer.heading = map.heading
    return answer
  }

  // MARK: figures

  private var kpiTable: Table? {
    guard var table = kpis?.tables.first else { return nil }
    (table.title, table.rank) = ("kpis and goals", .usual)
    return table
  }

  private var winTable: Table? {
    guard !wins.isEmpty else { return nil }
    let rows = wins.map { win -> [Cell] in
      [.text(win.win.name), win.win.cell(.since)] + ["before", "after", "difference"].map(win.cell) + [win.verdict]
    }
    return Table(
      title: "wins",
      columns: [
        Table.Column("win", isWhole: true), Table.Column("since"), Table.Column("before", isFigure: true, priority: 1),
        Table.Column("after", isFigure: true, priority: 1), Table.Column("difference", isEstimate: true),
        Table.Column("verdict", isWhole: true),
      ], rows: rows)
  }

  /// The stages that most customers left the map at; nobody can go on from the last.
  private var lossTable: Table? {
    let stages = reading.metrics.stages.dropLast().filter { $0.left > 0 }
    guard !stages.isEmpty else { return nil }
    let steepest = stages.enumerated().sorted {
      $0.element.left == $1.element.left ? $0.offset < $1.offset : $0.element.left > $1.element.left
    }
    .prefix(Self.mostLosses).map(\.element)
    return Table(
      title: "steepest losses",
      columns: [
        Table.Column("stage", isWhole: true), Table.Column("seen"), Table.Column("left"),
        Table.Column("of seen", isRate: true), Table.Column("price", isFigure: true),
      ],
      rows: steepest.map { stage in
        [
          .text(stage.name), .integer(stage.seen), .integer(stage.left), .rate(stage.left, stage.seen),
          stage.price.map(Cell.number) ?? .missing,
        ]
      })
  }

  private var painTable: Table? {
    let tree = MapTree(map)
    let pains = map.all(.pain).map { (pain: $0, price: reading.price(of: $0, in: tree)) }.enumerated().sorted {
      let (one, other) = ($0.element.price ?? -1, $1.element.price ?? -1)
      return one == other ? $0.offset < $1.offset : one > other
    }
    .prefix(Self.mostRows).map(\.element)
    guard !pains.isEmpty else { return nil }
    return Table(
      title: "pains by price",
      columns: [
        Table.Column("pain", isWhole: true), Table.Column("on", priority: 1),
        Table.Column("severity", isFigure: true, priority: 2),
        Table.Column("owner", priority: 2), Table.Column("price", isFigure: true),
      ],
      rows: pains.map { pain, price in
        [
          .text(pain.name), pain.parent.map { .text($0.name) } ?? .missing, pain.cell(.severity), pain.cell(.owner),
          price.map(Cell.number) ?? .missing,
        ]
      })
  }

  // MARK: work

  private var changeTable: Table? {
    guard let changes, !changes.isEmpty else { return nil }
    let rest = changes.count - Self.mostRows
    let shown = rest > 1 ? changes.prefix(Self.mostRows) + ["and \(rest) more: show diff since \(since)"] : changes[...]
    return Table(
      title: "changes of the map since \(since)", columns: [Table.Column("change", isWhole: true)],
      rows: shown.map { [.text($0)] })
  }

  /// By who owns them.
  private var reviewTable: Table? {
    let start = dates.upperBound.advanced(by: .days(-Self.reviewed))
    let due = map.all(.touchpoint).filter { touchpoint in
      guard case .date(let text)? = touchpoint.attributes[.reviewed]?.first, let date = CalendarDate(text) else {
        return true
      }
      return date.range(in: zone).upperBound <= start
    }
    guard !due.isEmpty else { return nil }
    var owners: [String] = []
    var names: [String: [String]] = [:]
    for touchpoint in due {
      let owner = touchpoint.texts(.owner).first ?? ""
      if names[owner] == nil { owners.append(owner) }
      names[owner, default: []].append(touchpoint.name)
    }
    return Table(
      title: "touchpoints not reviewed since \(CalendarUnit.day.label(of: start, in: zone))",
      columns: [Table.Column("owner"), Table.Column("touchpoints", isWhole: true)],
      rows: owners.map { [$0.isEmpty ? .missing : .text($0), .text((names[$0] ?? []).joined(separator: ", "))] })
  }

  /// By what is missing.
  private var findingTable: Table? {
    var codes: [String] = []
    var places: [String: [String]] = [:]
    for row in findings?.tables.first?.rows ?? [] {
      guard row.count > 1, case .text(let code) = row[0] else { continue }
      if places[code] == nil { codes.append(code) }
      places[code, default: []].append(row[1] == .missing ? "the map" : row[1].text())
    }
    guard !codes.isEmpty else { return nil }
    return Table(
      title: "findings of check map",
      columns: [Table.Column("finding"), Table.Column("times"), Table.Column("on", isWhole: true)],
      rows: codes.map { code in
        let on = places[code] ?? []
        let shown = on.prefix(Self.mostRows).joined(separator: ", ") + (on.count > Self.mostRows ? ", …" : "")
        return [.text(code), .integer(on.count), .text(shown)]
      })
  }

  private var unchanged: String? {
    guard let changes else { return "the map was begun after \(since): what changed on it is not told" }
    return changes.isEmpty ? "nothing changed on the map since \(since)" : nil
  }

  private var notes: [String] {
    [reading.sentence] + (kpis?.notes ?? [])
      + (wins.isEmpty
        ? []
        : [
          "wins: weeks before their date against weeks after, whatever the dates of this page; lift of win NAME says more"
        ])
      + (painTable == nil && lossTable == nil ? [] : [MapReading.priceExplanation])
      + [unchanged].compactMap(\.self)
  }
}
