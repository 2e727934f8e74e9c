/// What DuckDB reads for us, known by its first bytes.
enum TableFormat: Sendable, CaseIterable {
  case parquet, database, workbook, arrow, avro, postgres

  /// Nil for what is none of them.
  init?(_ head: [UInt8], name: String) {
    func begins(_ text: String, at place: Int = 0) -> Bool { head.dropFirst(place).starts(with: text.utf8) }
    if begins("PAR1") {
      self = .parquet
    } else if begins("DUCK", at: 8) {
      self = .database
    } else if begins("PK\u{3}\u{4}"), name.lowercased().hasSuffix(".xlsx") {
      self = .workbook
    } else if begins("ARROW1") {
      self = .arrow
    } else if begins("Obj\u{1}") {
      self = .avro
    } else {
      return nil
    }
  }

  /// How a file of it is called: `a Parquet file`.
  var phrase: String {
    switch self {
    case .parquet: "a Parquet file"
    case .database: "a DuckDB database"
    case .workbook: "an Excel workbook"
    case .arrow: "an Arrow file"
    case .avro: "an Avro file"
    case .postgres: "a Postgres database"
    }
  }

  /// The extension that DuckDB needs for it; nil if it can do without.
  var addition: String? {
    switch self {
    case .parquet, .database: nil
    case .workbook: "excel"
    case .arrow: "nanoarrow"
    case .avro: "avro"
    case .postgres: "postgres"
    }
  }

  /// Whether there is more than one table in it, so that a name or a question tells which.
  var isDatabase: Bool { self == .database || self == .postgres }

  /// What must run before anything is asked: nothing but what it opens can be read then.
  ///
  /// - Parameter path: of a database, which is opened by its name and not as `DuckDB.file`: changes that are not yet in it
  ///   stand in a file beside it. DuckDB takes the name as it is.
  func opening(_ path: String) -> String {
    var opening = addition.map { "LOAD \($0);\n" } ?? ""
    if isDatabase {
      let kind = self == .postgres ? "TYPE postgres, " : ""
      opening += "ATTACH \(path.quotedInSQL) AS source (\(kind)READ_ONLY);\nUSE source;\n"
    }
    return opening + DuckDB.lock([DuckDB.file, "/dev/stdout"])
  }

  /// The one table of a file that is no database; `part` is the sheet of a workbook.
  func relation(part: String?) -> String {
    let path = DuckDB.file.quotedInSQL
    return switch self {
    case .workbook: "read_xlsx(\(path), header = true\(part.map { ", sheet = \($0.quotedInSQL)" } ?? ""))"
    case .arrow: "read_arrow(\(path))"
    case .avro: "read_avro(\(path))"
    case .parquet, .database, .postgres: "read_parquet(\(path))"
    }
  }
}
