import SourceText

/// The tables of a database, and how one is named in the string that names the file: behind a `#`.
struct DatabaseTables {
  struct Entry: Decodable {
    // DuckDB's names.
    let schema_name: String
    let table_name: String

    /// As it is typed: without its schema where that is the one that nobody chose.
    var name: String { ["main", "public"].contains(schema_name) ? table_name : "\(schema_name).\(table_name)" }
  }

  enum Choice {
    case table(Entry)
    /// One question to the database, as it was typed.
    case query(String)

    var name: String {
      switch self {
      case .table(let entry): entry.name
      case .query(let text): text
      }
    }
  }

  private let entries: [Entry]
  /// What their rows are said to be.
  private let kind: RowKind

  init(_ entries: [Entry], of kind: RowKind) { (self.entries, self.kind) = (entries, kind) }

  /// The table that `part` names, or the query that it is; the only table without it.
  ///
  /// - Parameter file: as messages show it.
  func choose(_ part: String?, of file: String) throws(Diagnostic) -> Choice {
    func hint(_ name: String) -> String { "load \(kind.rawValue) \(quoted("\(file)#\(name)", always: true))" }
    guard let part else {
      guard let only = entries.first else {
        throw Diagnostic(.loadNoTable, "the database has no tables", place: file)
      }
      guard entries.count == 1 else {
        throw Diagnostic(
          .loadTables, "the database has \(entries.count) tables: \(listed)", hint: hint(only.name), place: file)
      }
      return .table(only)
    }
    if let known = entries.first(where: { $0.name == part }) { return .table(known) }
    if Self.isQuery(part) { return .query(part) }
    throw Diagnostic(
      .loadNoTable, "no table is called '\(part)' among \(listed)",
      hint: nearest(to: part, among: entries.map(\.name)).map(hint), place: file)
  }

  private var listed: String {
    let shown = entries.prefix(20).map(\.name).joined(separator: ", ")
    return entries.count > 20 ? shown + " and \(entries.count - 20) more" : shown
  }

  /// Whether it begins as a question to a database does.
  private static func isQuery(_ text: String) -> Bool {
    let words = text.split(maxSplits: 1, whereSeparator: \.isWhitespace)
    return words.count == 2 && ["select", "with", "from"].contains(words[0].lowercased())
  }
}

extension DiagnosticCode {
  package static let loadTables = DiagnosticCode(
    "load.tables", "The database has several tables. The file string names one: \"shop.duckdb#events\".")
  package static let loadNoTable = DiagnosticCode(
    "load.no-table", "The file has no table of this name, or none at all.")
}
