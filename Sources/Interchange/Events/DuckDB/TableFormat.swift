import SourceText

/// What DuckDB reads for us.
struct TableFormat: Sendable {
  /// How a file of it is called: `a Parquet file`.
  let phrase: String
  /// The extension that DuckDB needs for it; nil if it can do without.
  var addition: String?
  /// What reads the one table of a file, as a function of its path and the sheet that is named; nil for a database, whose
  /// tables are named, or asked.
  var table: (@Sendable (_ path: String, _ sheet: String?) -> String)?
  /// The file is a workbook, whose sheets have names.
  var hasSheets = false
  /// How a database is attached, beside `READ_ONLY`.
  var attachment = ""

  var isDatabase: Bool { table == nil }

  /// What must run before anything is asked: nothing but what it opens can be read then.
  ///
  /// - Parameter path: of a database, which is opened by its name and not as `DuckDB.file`: changes that are not yet in it
  ///   stand in a file beside it. DuckDB takes the name as it is.
  func opening(_ path: String) -> String {
    var opening = addition.map { "LOAD \($0);\n" } ?? ""
    if isDatabase { opening += "ATTACH \(path.quotedInSQL) AS source (\(attachment)READ_ONLY);\nUSE source;\n" }
    return opening + DuckDB.lock([DuckDB.file, "/dev/stdout"])
  }
}

extension EventFormat {
  static let parquet = ofDuckDB(
    "Parquet", ["parquet"], { $0.head.has("PAR1") },
    TableFormat(phrase: "a Parquet file") { path, _ in "read_parquet(\(path))" })
  static let duckDB = ofDuckDB(
    "DuckDB", ["duckdb"], { $0.head.has("DUCK", at: 8) }, TableFormat(phrase: "a DuckDB database"))
  static let excel = ofDuckDB(
    "Excel", ["xlsx"], { $0.head.has("PK\u{3}\u{4}") && $0.source.name.lowercased().hasSuffix(".xlsx") },
    TableFormat(
      phrase: "an Excel workbook", addition: "excel",
      table: { path, sheet in
        "read_xlsx(\(path), header = true\(sheet.map { ", sheet = \($0.quotedInSQL)" } ?? ""))"
      }, hasSheets: true))
  static let arrow = ofDuckDB(
    "Arrow", ["arrow", "feather"], { $0.head.has("ARROW1") },
    TableFormat(phrase: "an Arrow file", addition: "nanoarrow") { path, _ in "read_arrow(\(path))" })
  static let avro = ofDuckDB(
    "Avro", ["avro"], { $0.head.has("Obj\u{1}") },
    TableFormat(phrase: "an Avro file", addition: "avro") { path, _ in "read_avro(\(path))" })
  static let postgres = ofDuckDB(
    "Postgres", [], { if case .server = $0.source { true } else { false } },
    TableFormat(phrase: "a Postgres database", addition: "postgres", attachment: "TYPE postgres, "))

  private static func ofDuckDB(
    _ name: String, _ endings: [String], _ fits: @escaping @Sendable (EventInput) -> Bool, _ format: TableFormat
  ) -> EventFormat {
    EventFormat(name: name, endings: endings, isReadByDuckDB: true, fits: fits) { input throws(Diagnostic) in
      guard let duckDB = input.duckDB else {
        throw Diagnostic(
          .duckdbMissing, "\(format.phrase) is read by DuckDB's command line, and no 'duckdb' is on the PATH",
          hint: "pip install duckdb-cli", place: input.source.name)
      }
      return try DelimitedEvents(try DuckDBTable(format, in: input, duckDB), longestRow: input.longestRow)
    }
  }
}

extension DiagnosticCode {
  package static let duckdbMissing = DiagnosticCode(
    "duckdb.missing", "The file is one that DuckDB's command line reads or writes for us, and it is not installed.")
}
