import SourceText

/// A table of an SQLite database, or what a query to it gives: each row an event.
struct SQLiteEvents: RecordSource {
  static let noun = "rows"
  let file: OpenFile
  let source: ByteSource
  let name: String
  /// The table's name, or the query.
  let part: String
  private let path: String
  private let query: String
  private let rowCount: Int

  static func opens(with head: [UInt8]) -> Bool { head.starts(with: "SQLite format 3\0".utf8) }

  /// - Parameters:
  ///   - part: table or query; nil for the only table.
  ///   - progress: asked while rows are counted whether to go on.
  init(_ file: OpenFile, at path: String, part: String?, _ progress: LoadProgress) throws(Diagnostic) {
    let database = try SQLiteDatabase(path, file.name, progress)
    let listing = """
      SELECT name FROM sqlite_schema
      WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name
      """
    let rows = try database.query(listing)
    var entries: [DatabaseTables.Entry] = []
    while try rows.next() { entries.append(.init(schema_name: "main", table_name: rows.text(0))) }
    let choice = try DatabaseTables(entries).choose(part, of: file.name)
    switch choice {
    case .table(let entry): query = "SELECT * FROM \(entry.table_name.namedInSQL)"
    case .query(let text): query = text
    }
    let counted = try database.query("SELECT count(*) FROM (\(query))")
    rowCount = try counted.next() ? Int(counted.number(0)) : 0
    (self.file, self.path, self.part, source) = (file, path, choice.name, .plain(file))
    name = "\(file.name)#\(choice.name)"
  }

  func starts(_ options: LoadOptions) -> [Int] { [0] }

  func shape(among paths: [String]) -> ExportShape? { ExportShape.recognised(among: paths) }

  func firstRecords(_ options: LoadOptions, _ progress: LoadProgress) throws(Diagnostic) -> RecordSurvey? {
    let rows = try SQLiteDatabase(path, name, progress).query(query)
    var (survey, text) = (RecordSurvey(zone: options.zone), [UInt8]())
    while survey.records < RecordSurvey.mostFirst, try rows.next() {
      if try rows.write(to: &text) == nil { survey.add(rows) }
    }
    guard survey.records > 0 else { return nil }
    survey.become(guessOf: rowCount)
    return survey
  }

  /// Lines are rows here.
  func scan(
    part: Int, of starts: [Int], _ progress: LoadProgress,
    _ body: (SQLiteRows, _ fault: String?, Span<UInt8>, _ line: Int) throws(Diagnostic) -> Int
  ) throws(Diagnostic) -> Int {
    let rows = try SQLiteDatabase(path, name, progress).query(query)
    var (line, reported, known, text) = (0, 0, 0, [UInt8]())
    while try rows.next() {
      line += 1
      let fault = try rows.write(to: &text)
      let taken = try body(rows, fault, text.span, line)
      guard line % 4_096 == 0 || line == rowCount else { continue }
      if progress.isCancelled { throw .cancelled }
      let position = Int(Double(file.size) * min(1, Double(line) / Double(max(1, rowCount))))
      progress.advance(bytes: position - reported, rows: taken - known)
      (reported, known) = (position, taken)
    }
    return line
  }
}
