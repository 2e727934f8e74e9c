import JourneyQuery
import SourceText

/// The exact values of a table as lines of text, to be held against those of another day.
///
///     # title
///     device⇥customers⇥conversion
///     phone⇥1200⇥0.521
///
/// Cells are parted by tabs and written as for programs; a missing one is `\N`, an empty text `\e`. Tables end with an empty line.
struct RecordedTable: Hashable {
  var title: String
  var columns: [String]
  var rows: [[String]]
  /// Rows that are not written one by one: how many, and a hash of them.
  var rest: String?

  /// More are known by their hash only.
  private static let mostRows = 200

  init(_ table: Table, _ run: Run) throws(ExecutionError) {
    title = table.title ?? ""
    columns = ExactText.unique(table.columns.map(\.name))
    var rows = try run.map(table.rows) { row in
      table.columns.indices.map { ExactText.text(row.cell($0), inDurationColumn: false) ?? Self.missing }
    }
    if rows.count > Self.mostRows {
      let hash = StableHash.text(of: rows[Self.mostRows...].joined().joined(separator: "\t"))
      rest = "\(rows.count - Self.mostRows) \(hash)"
      rows = Array(rows.prefix(Self.mostRows))
    }
    self.rows = rows
  }

  static let missing = "\u{0}"

  // MARK: Lines

  var lines: [String] {
    var lines = ["# " + Self.escaped(title), Self.line(columns)] + rows.map(Self.line)
    if let rest { lines.append("… " + rest) }
    return lines + [""]
  }

  /// Takes the lines of one table off the front of others; nil where none begins there.
  init?(_ lines: inout ArraySlice<String>) {
    guard let first = lines.first, first.hasPrefix("# ") || first == "#" else { return nil }
    title = Self.unescaped(String(first.dropFirst(2)))
    lines = lines.dropFirst()
    let own = lines.prefix { !$0.isEmpty }
    lines = lines.dropFirst(own.count + 1)
    columns = own.first.map(Self.cells) ?? []
    rows = []
    for line in own.dropFirst() {
      if line.hasPrefix("… ") { rest = String(line.dropFirst(2)) } else { rows.append(Self.cells(line)) }
    }
  }

  private static func line(_ cells: [String]) -> String {
    let line = cells.map(escaped).joined(separator: "\t")
    return ["#", ">", "…"].contains { line.hasPrefix($0) } ? "\\" + line : line
  }

  private static func cells(_ line: String) -> [String] {
    let line = ["\\#", "\\>", "\\…"].contains { line.hasPrefix($0) } ? line.dropFirst() : line[...]
    return line.split(separator: "\t", omittingEmptySubsequences: false).map { unescaped(String($0)) }
  }

  /// Without tabs, line breaks and what could end a comment.
  static func escaped(_ cell: String) -> String {
    if cell == missing { return "\\N" }
    if cell.isEmpty { return "\\e" }
    // Two dashes could end a comment.
    var wasDash = false
    return TSVFormat.escaped(cell).escaped { scalar in
      defer { wasDash = scalar == "-" }
      if scalar == "-" { return wasDash ? "\\-" : nil }
      return scalar.value < 0x20 ? "\\x" + String(scalar.value + 0x100, radix: 16).dropFirst() : nil
    }
  }

  static func unescaped(_ cell: String) -> String {
    guard cell.contains("\\") else { return cell }
    if cell == "\\N" { return missing }
    if cell == "\\e" { return "" }
    var (text, rest) = ("", cell[...])
    while let sign = rest.popFirst() {
      guard sign == "\\", let next = rest.popFirst() else {
        text.append(sign)
        continue
      }
      switch next {
      case "t": text.append("\t")
      case "n": text.append("\n")
      case "r": text.append("\r")
      case "x":
        let scalar = UInt32(rest.prefix(2), radix: 16).flatMap(Unicode.Scalar.init)
        text.unicodeScalars.append(scalar ?? "\u{FFFD}")
        rest = rest.dropFirst(2)
      default: text.append(next)
      }
    }
    return text
  }
}
