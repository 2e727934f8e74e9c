import JourneyModel
import JourneyTime

/// How the kpis and goals of a map go: what each is now, what it was before, whether that is as it was meant to be.
package struct KpiReview: Sendable {
  package struct Row: Sendable {
    package let element: Element
    /// Of the units in order, of which the last is the one asked of; one or more.
    package let course: [Measured]
    /// Why its units are not those of the others; nil where they are.
    package let remark: String?

    package init(_ element: Element, course: [Measured], remark: String? = nil) {
      (self.element, self.course, self.remark) = (element, course, remark)
    }

    var now: Measured? { course.last }
    var before: Measured? { course.dropLast().last }
  }

  /// Units that are drawn.
  private static let drawn = 6
  /// Of so many units the last is said to be the highest or lowest: by chance it is either in two of thirteen.
  package static let units = 13

  private let rows: [Row]
  private let unit: CalendarUnit
  /// Of the units, parallel to the ends of every course.
  private let labels: [String]

  package init(_ rows: [Row], per unit: CalendarUnit, labels: [String]) {
    (self.rows, self.unit, self.labels) = (rows, unit, labels)
  }

  /// A row per kpi and goal; for programs a row per unit of each, too. Figures: how many are `met` and `missed`, then each by its name.
  package var answer: Answer {
    let verdicts = rows.compactMap { $0.now?.isMet }
    return Answer(
      tables: [table] + (labels.count > 1 ? [unitTable] : []), notes: notes,
      figures: [
        Answer.Figure("missed", .integer(verdicts.count { !$0 })),
        Answer.Figure("met", .integer(verdicts.count { $0 })),
      ] + rows.map { Answer.Figure($0.element.name, $0.now?.value ?? .missing) })
  }

  private var table: Table {
    let columns = [
      Table.Column("kpi", isWhole: true), Table.Column("kind", priority: 3), Table.Column("target", isFigure: true),
      Table.Column("now", isFigure: true), Table.Column("before", isFigure: true, priority: 1),
      Table.Column("course", priority: 1), Table.Column("verdict"), Table.Column("remark", isWhole: true),
    ]
    let rows = rows.map { row -> [Cell] in
      [
        .text(row.element.name), .text(row.element.kind.rawValue), row.element.targetCell, row.now?.value ?? .missing,
        row.before?.value ?? .missing, .course(row.course.suffix(Self.drawn).map(\.value.amount)),
        row.now?.verdict.map(Cell.text) ?? .missing, remark(row).map(Cell.text) ?? .missing,
      ]
    }
    return Table(columns: columns, rows: rows, rank: .first)
  }

  private func remark(_ row: Row) -> String? {
    guard let now = row.now else { return nil }
    if let fault = now.fault { return "not measured: \(fault)" }
    var parts = [row.remark, extreme(row)].compactMap(\.self)
    if now.unfinished > 0 { parts.append("\(HumanText.integer(now.unfinished)) still open") }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// Whether the last of all units stands out.
  private func extreme(_ row: Row) -> String? {
    let values = row.course.compactMap(\.value.amount)
    guard values.count == Self.units, let now = values.last, row.now?.unfinished == 0 else { return nil }
    let before = values.dropLast()
    let span = "of \(values.count) \(unit.rawValue)s"
    if before.allSatisfy({ $0 < now }) { return "highest \(span)" }
    return before.allSatisfy { $0 > now } ? "lowest \(span)" : nil
  }

  private var unitTable: Table {
    let rows = rows.flatMap { row in
      zip(labels.suffix(row.course.count), row.course).map { label, measured -> [Cell] in
        [.text(row.element.name), .text(label), measured.value, .integer(measured.unfinished)]
      }
    }
    return Table(
      title: "by \(unit.rawValue)",
      columns: [
        Table.Column("kpi"), Table.Column(unit.rawValue), Table.Column("value", isFigure: true),
        Table.Column("unfinished"),
      ], rows: rows, rank: .spared)
  }

  private var notes: [String] {
    guard let now = labels.last else { return [] }
    var notes = ["now: \(now)" + (labels.dropLast().last.map { ", before: \($0)" } ?? "")]
    if labels.count > 2 {
      notes.append(
        "course: the last \(min(Self.drawn, labels.count)) \(unit.rawValue)s, each between its own lowest and highest")
    }
    if rows.contains(where: { ($0.now?.unfinished ?? 0) > 0 }) {
      notes.append("still open: those who may yet complete what they began, so that it may rise")
    }
    return notes
  }
}

extension Element {
  /// What is to be reached, or not to be passed.
  fileprivate var targetCell: Cell { attributes[.target]?.first?.cell ?? .missing }
}
