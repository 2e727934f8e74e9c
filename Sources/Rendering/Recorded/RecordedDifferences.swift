import JourneyQuery
import JourneyTime
import SourceText

extension RecordedValues {
  /// What answers have that is not as it was recorded, in words, in the order of the answers: rows are told apart by what they have
  /// beside figures, figures are held against each other.
  ///
  /// - Parameters:
  ///   - found: the values of these answers.
  ///   - allows: whether a figure is near enough to the recorded one; the last says whether it is a share, 0.12 for 12 %.
  ///   - comparesSentences: whether notes and warnings must be the same too.
  package func differences(
    from found: RecordedValues, of answers: [Answer], in context: RenderingContext, comparesSentences: Bool,
    allows: (_ found: Double, _ recorded: Double, _ isShare: Bool) -> Bool
  ) throws(ExecutionError) -> [String] {
    if found == self { return [] }
    guard found.replies.count == replies.count else {
      return ["it recorded \(Self.count(replies.count)), and gives \(Self.count(found.replies.count))"]
    }
    var differences: [String] = []
    for (place, answer) in answers.enumerated() {
      differences += try Self.differences(
        of: answer, replies[place], found.replies[place], context, comparesSentences, allows)
    }
    return differences
  }

  private static func count(_ replies: Int) -> String { AnswerNotes.count(replies, "reply", "replies") }

  private static func differences(
    of answer: Answer, _ recorded: Reply, _ found: Reply, _ context: RenderingContext, _ comparesSentences: Bool,
    _ allows: (Double, Double, Bool) -> Bool
  ) throws(ExecutionError) -> [String] {
    var differences: [String] = []
    if recorded.tables.map(\.title) == found.tables.map(\.title) {
      for (place, table) in answer.tables.enumerated() where recorded.tables[place] != found.tables[place] {
        let comparison = try TableComparison(
          table, recorded.tables[place], found.tables[place], isNamed: answer.tables.count > 1, context)
        differences += comparison.differences(allows)
      }
    } else {
      differences += changes(recorded.tables.map(\.title), found.tables.map(\.title), "table")
    }
    guard comparesSentences else { return differences }
    if recorded.sentences.count == found.sentences.count {
      for (old, new) in zip(recorded.sentences, found.sentences) where old != new {
        differences.append("'\(old)' → '\(new)'")
      }
    } else {
      differences += changes(recorded.sentences, found.sentences, "sentence")
    }
    return differences
  }

  /// Which of the recorded ones are gone, and which are new.
  static func changes(_ recorded: [String], _ found: [String], _ what: String) -> [String] {
    recorded.filter { !found.contains($0) }.map { "\(what) '\($0)' is gone" }
      + found.filter { !recorded.contains($0) }.map { "\(what) '\($0)' is new" }
  }
}

/// A table of today held against the recorded one.
private struct TableComparison {
  private let table: Table
  private let recorded: RecordedTable
  private let found: RecordedTable
  private let texts: [ColumnText]
  private let name: String
  private let context: RenderingContext
  /// By column of today's table: whether it tells rows apart.
  private let isKey: [Bool]

  init(
    _ table: Table, _ recorded: RecordedTable, _ found: RecordedTable, isNamed: Bool, _ context: RenderingContext
  ) throws(ExecutionError) {
    (self.table, self.recorded, self.found, self.context) = (table, recorded, found, context)
    name = isNamed ? table.title.map { $0 + ": " } ?? "" : ""
    let texts = try table.columnTexts(in: context)
    self.texts = texts
    isKey = table.columns.indices.map { column in
      !table.columns[column].isFigure && !texts[column].isFigure
        && table.rows.contains { ![.missing, .unobserved].contains($0.cell(column)) }
    }
  }

  func differences(_ allows: (Double, Double, Bool) -> Bool) -> [String] {
    guard recorded.columns == found.columns else {
      let changes = RecordedValues.changes(recorded.columns, found.columns, "column")
      return (changes.isEmpty ? ["its columns stand in another order"] : changes).map { name + $0 }
    }
    let (old, new) = (keys(of: recorded.rows), keys(of: found.rows))
    let places = Dictionary(zip(old, 0...), uniquingKeysWith: { first, _ in first })
    let known = Set(new)
    var differences = old.filter { !known.contains($0) }.map { "\(name)\(row($0)) is gone" }
    for (row, key) in new.enumerated() {
      guard let place = places[key] else {
        differences.append("\(name)\(self.row(key)) is new")
        continue
      }
      for column in table.columns.indices where !isKey[column] {
        guard recorded.rows[place].indices.contains(column) else { continue }
        let (was, is_) = (recorded.rows[place][column], found.rows[row][column])
        guard was != is_, !isNear(is_, was, table.rows[row].cell(column), allows) else { continue }
        let label = label(of: key)
        differences.append(
          "\(name)\(label.isEmpty ? "" : label + ", ")\(table.columns[column].name) "
            + change(from: was, to: is_, table.rows[row].cell(column), column))
      }
    }
    if differences.isEmpty, old != new { differences.append("\(name)its rows stand in another order") }
    if recorded.rest != found.rest {
      let (was, is_) = (
        recorded.rest?.split(separator: " ").first ?? "0", found.rest?.split(separator: " ").first ?? "0"
      )
      differences.append("\(name)of the rows that are not recorded one by one (\(was), now \(is_)) some are others")
    }
    return differences
  }

  /// What tells each row apart; the second of the same is numbered.
  private func keys(of rows: [[String]]) -> [[String]] {
    var seen: [[String]: Int] = [:]
    return rows.map { row in
      let key = isKey.indices.filter { isKey[$0] && row.indices.contains($0) }.map { row[$0] }
      seen[key, default: 0] += 1
      return seen[key] == 1 ? key : key + ["#\(seen[key] ?? 0)"]
    }
  }

  private func label(of key: [String]) -> String {
    key.map { $0 == RecordedTable.missing ? context.glyphs.missing : $0 }.filter { !$0.isEmpty }.joined(separator: ", ")
  }

  private func row(_ key: [String]) -> String {
    let label = label(of: key)
    return label.isEmpty ? "a row" : "row '\(label)'"
  }

  private func isNear(_ found: String, _ recorded: String, _ cell: Cell, _ allows: (Double, Double, Bool) -> Bool)
    -> Bool
  {
    let (left, right) = (found.split(separator: " "), recorded.split(separator: " "))
    guard left.count == right.count, !left.isEmpty else { return false }
    return zip(left, right).allSatisfy { found, recorded in
      guard let found = Self.number(found), let recorded = Self.number(recorded) else { return found == recorded }
      return allows(found, recorded, cell.share != nil)
    }
  }

  /// Of a figure as programs read it; durations are in seconds.
  private static func number(_ text: Substring) -> Double? {
    Double(text) ?? (text.hasSuffix("s") ? Double(text.dropLast()) : nil)
  }

  /// `52.1 % → 49.8 %`; with as many digits as it takes where people would see no difference.
  private func change(from recorded: String, to found: String, _ cell: Cell, _ column: Int) -> String {
    let new = texts[column].human(cell)
    let old = Self.cell(like: cell, recorded).map { texts[column].human($0) } ?? Self.shown(recorded, context)
    guard old == new else { return "\(old) → \(new)" }
    if cell.share != nil, let was = Self.number(recorded[...]), let is_ = Self.number(found[...]) {
      for decimals in 2...12 {
        let texts = [was, is_].map { HumanText.number($0 * 100, decimals: decimals) + " %" }
        if texts[0] != texts[1] { return "\(texts[0]) → \(texts[1])" }
      }
    }
    return "\(Self.shown(recorded, context)) → \(Self.shown(found, context))"
  }

  private static func shown(_ text: String, _ context: RenderingContext) -> String {
    text == RecordedTable.missing ? context.glyphs.missing : text
  }

  /// A recorded figure as a cell of the kind of another; nil of what is no figure.
  private static func cell(like cell: Cell, _ recorded: String) -> Cell? {
    guard recorded != RecordedTable.missing, let value = number(recorded[...]) else { return nil }
    switch cell {
    case .integer: return Int(exactly: value).map(Cell.integer)
    case .bytes: return Int(exactly: value).map(Cell.bytes)
    case .number: return .number(value)
    case .share, .rate: return .share(value)
    case .estimate(let estimate): return estimate.unit == .share ? .share(value) : .number(value)
    case .probability: return .probability(value)
    case .duration:
      return value.magnitude < 1e12 ? .duration(JourneyTime.Duration(microseconds: Int64(value * 1_000_000))) : nil
    case .text, .instant, .truth, .course, .unfinished, .unobserved, .missing: return nil
    }
  }
}
