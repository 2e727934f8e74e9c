import JourneyQuery
import JourneyTime

/// How values are written for programs, alike in CSV, TSV, JSON and JSON lines: whole numbers and shares as plain decimals that read
/// back as the same value, durations in seconds, instants as RFC 3339 in UTC, truth as `true` and `false`.
enum ExactText {
  /// Seconds with as many decimals as there are microseconds to write: `90`, `0.25`.
  static func seconds(_ value: Duration) -> String {
    let size = value.microseconds.magnitude
    var text = (value.microseconds < 0 ? "-" : "") + String(size / 1_000_000)
    let fraction = size % 1_000_000
    if fraction > 0 {
      var digits = String(fraction)
      digits = String(repeating: "0", count: 6 - digits.count) + digits
      while digits.hasSuffix("0") { digits.removeLast() }
      text += "." + digits
    }
    return text
  }

  /// The value as plain text; nil for a missing or unobserved one. Only a column that is all durations leaves their unit to its name.
  static func text(_ cell: Cell, inDurationColumn: Bool) -> String? {
    switch cell {
    case .text(let text), .unfinished(let text): text
    case .integer(let value), .bytes(let value): String(value)
    case .number(let value), .share(let value), .probability(let value): HumanText.exactNumber(value)
    case .estimate(let estimate): HumanText.exactNumber(estimate.value)
    case .rate(let count, let whole): HumanText.exactNumber(Double(count) / Double(whole))
    case .duration(let value): seconds(value) + (inDurationColumn ? "" : "s")
    case .instant(let value): value.iso
    case .truth(let value): value ? "true" : "false"
    case .course(let values): values.map { $0.map(HumanText.exactNumber) ?? "" }.joined(separator: " ")
    case .missing, .unobserved: nil
    }
  }

  /// Column names, each once: a second `customers` is `customers 2`. Columns of durations end with ` (s)`.
  /// `reserved` names are taken from the start.
  static func columnNames(_ table: Table, _ columns: [ColumnText], reserved: Set<String> = []) -> [String] {
    unique(
      zip(table.columns, columns).map { column, text in column.name + (text.isDuration ? " (s)" : "") },
      reserved: reserved)
  }

  static func unique(_ names: [String], reserved: Set<String> = []) -> [String] {
    var taken = reserved
    return names.map { name in
      var (candidate, count) = (name, 1)
      while !taken.insert(candidate).inserted {
        count += 1
        candidate = "\(name) \(count)"
      }
      return candidate
    }
  }
}

extension Table {
  /// Everything that is written for programs and is no number: the heading and the texts, durations and times of all rows.
  func textFields(_ run: Run) throws(ExecutionError) -> [String] {
    guard !columns.isEmpty else { return [] }
    var context = RenderingContext()
    context.run = run
    let columns = try columnTexts(in: context)
    let fields = try run.map(rows) { row -> [String] in
      columns.indices.compactMap { index -> String? in
        switch row.cell(index) {
        case .integer, .number, .share, .rate, .estimate, .probability, .bytes: nil
        case let cell: ExactText.text(cell, inDurationColumn: columns[index].isDuration)
        }
      }
    }
    return ExactText.columnNames(self, columns) + fields.joined()
  }

  func columnTexts(in context: RenderingContext) throws(ExecutionError) -> [ColumnText] {
    try context.run.map(columns.indices) { (index) throws(ExecutionError) in
      try ColumnText(self, column: index, in: context)
    }
  }
}
