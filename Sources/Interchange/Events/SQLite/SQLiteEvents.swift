import SourceText

extension EventFormat {
  static let sqlite = EventFormat(
    name: "SQLite", endings: ["sqlite", "sqlite3", "db"], fits: { $0.head.has("SQLite format 3\0") },
    open: SQLiteEvents.init)
}

/// A table of an SQLite database, or what a query to it gives: each row an event.
struct SQLiteEvents: RecordSource {
  static let noun = "rows"
  let input: EventInput
  let name: String
  /// The table's name, or the query.
  let part: String?
  private let query: String
  private let rowCount: Int

  init(_ input: EventInput) throws(Diagnostic) {
    let file = input.source.name
    let database = try SQLiteDatabase(input.path, file, input.progress)
    let listing = """
      SELECT name FROM sqlite_schema
      WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name
      """
    let rows = try database.query(listing)
    var entries: [DatabaseTables.Entry] = []
    while try rows.next() { entries.append(.init(schema_name: "main", table_name: rows.text(0))) }
    let choice = try DatabaseTables(entries, of: input.kind).choose(input.part, of: file)
    switch choice {
    case .table(let entry): query = "SELECT * FROM \(entry.table_name.namedInSQL)"
    case .query(let text): query = text
    }
    let counted = try database.query("SELECT count(*) FROM (\(query))")
    rowCount = try counted.next() ? Int(counted.number(0)) : 0
    (self.input, part, name) = (input, choice.name, "\(file)#\(choice.name)")
  }

  func shape(among paths: [String]) -> ExportShape? { ExportShape.recognised(among: paths) }

  func firstRecords(_ options: LoadOptions, _ progress: LoadProgress) throws(Diagnostic) -> RecordSurvey? {
    let rows = try SQLiteDatabase(input.path, name, progress).query(query)
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
    let rows = try SQLiteDatabase(input.path, name, progress).query(query)
    var (line, reported, known, text) = (0, 0, 0, [UInt8]())
    while try rows.next() {
      line += 1
      let fault = try rows.write(to: &text)
      let taken = try body(rows, fault, text.span, line)
      guard line % 4_096 == 0 || line == rowCount else { continue }
      if progress.isCancelled { throw .cancelled }
      let position = Int(Double(input.source.size) * min(1, Double(line) / Double(max(1, rowCount))))
      progress.advance(bytes: position - reported, rows: taken - known)
      (reported, known) = (position, taken)
    }
    return line
  }
}
