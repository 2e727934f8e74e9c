import EventStore
import SourceText
import Synchronization

/// One table of a file or a database that DuckDB reads.
///
/// It comes as CSV through a pipe, as often as it is asked for, and is parsed while it comes: no file is between them.
final class DuckDBTable: Sendable {
  /// As messages name it: `shop.duckdb#events`.
  let name: String
  /// What tells it from other tables with the same file.
  let identity: String?
  let columns: [TableColumn]
  let rowCount: Int
  /// Bytes of the file it is in; 0 of a server.
  let size: Int
  let format: TableFormat
  private let duckDB: DuckDB
  /// Nil for a server.
  private let file: OpenFile?
  private let statements: String
  /// The path, which messages do not repeat, or the URL, whose password nobody is to see.
  private let path: String
  private let progress: LoadProgress
  /// Length and checksum of what came, once it came whole.
  let contents = Mutex<(length: Int, sum: UInt32)?>(nil)

  init(_ format: TableFormat, in input: EventInput, _ duckDB: DuckDB) throws(Diagnostic) {
    let (file, path, shown, progress) = (input.source.file, input.path, input.source.name, input.progress)
    (self.format, self.file, self.duckDB, self.progress) = (format, file, duckDB, progress)
    (self.path, size) = (path, input.source.size)
    let opening = format.opening(path)
    do throws(Diagnostic) {
      let (relation, part): (String, String?)
      if let table = format.table {
        (relation, part) = (table(DuckDB.file.quotedInSQL, input.part), input.part)
        if let part, !format.hasSheets {
          throw Diagnostic(
            .loadNoTable, "\(format.phrase) has one table, and none is called '\(part)'", place: shown)
        }
      } else {
        let choice = try Self.tables(duckDB, opening, format, input).choose(input.part, of: shown)
        (relation, part) = (choice.relation, choice.name)
      }
      name = shown + (part.map { "#" + $0 } ?? "")
      identity = size == 0 ? name : part
      let described = try duckDB.rows(
        of: "\(opening)DESCRIBE FROM \(relation);", as: Described.self, reading: file, needing: format,
        check: progress.check)
      columns = described.map { TableColumn(name: $0.column_name, type: $0.column_type) }
      rowCount =
        try duckDB.rows(
          of: "\(opening)SELECT count(*) AS count FROM \(relation);", as: Counted.self, reading: file, needing: format,
          check: progress.check
        ).first?.count ?? 0
      let list = columns.map { "\($0.expression) AS \($0.name.namedInSQL)" }.joined(separator: ", ")
      statements = """
        \(opening)COPY (SELECT \(list) FROM \(relation)) TO '/dev/stdout' (FORMAT csv, HEADER true, NULLSTR '');

        """
    } catch {
      throw error.showing(shown, for: path).showing(shown, for: DuckDB.file).placed(in: shown)
    }
  }

  private struct Described: Decodable {
    // DuckDB's names.
    let column_name: String
    let column_type: String
  }

  private struct Counted: Decodable { let count: Int }

  private static func tables(
    _ duckDB: DuckDB, _ opening: String, _ format: TableFormat, _ input: EventInput
  ) throws(Diagnostic) -> DatabaseTables {
    let question = """
      \(opening)SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'source' AND NOT internal
      UNION ALL SELECT schema_name, view_name FROM duckdb_views() WHERE database_name = 'source' AND NOT internal
      ORDER BY ALL;
      """
    return DatabaseTables(
      try duckDB.rows(of: question, as: DatabaseTables.Entry.self, needing: format, check: input.progress.check),
      of: input.kind)
  }

  func start() throws(Diagnostic) -> ChildProcess { try duckDB.start(statements, reading: file) }

  func check() throws(Diagnostic) { try progress.check() }

  /// Why the table came no further.
  func failure(_ errors: String, _ status: Int32) -> Diagnostic {
    DuckDB.failure(errors, status, needing: format).showing(name, for: path).showing(name, for: DuckDB.file)
      .placed(in: name)
  }
}

extension DatabaseTables.Choice {
  fileprivate var relation: String {
    switch self {
    case .table(let entry): "source.\(entry.schema_name.namedInSQL).\(entry.table_name.namedInSQL)"
    // A string within SQL: whatever it says, one query is all that DuckDB takes from it.
    case .query(let text): "query(\(text.quotedInSQL))"
    }
  }
}

extension Diagnostic {
  /// The same with what a person calls the file in the place of its path.
  func showing(_ shown: String, for path: String) -> Diagnostic {
    var copy = self
    copy.message = message.replacing(path, with: shown)
    return copy
  }

  /// The same in a file, where none is named.
  fileprivate func placed(in file: String) -> Diagnostic {
    var copy = self
    copy.place = copy.place ?? file
    return copy
  }
}
