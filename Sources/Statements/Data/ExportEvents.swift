import EventStore
import Interchange
import Language
import SourceText

/// `export events [NAME] to FILE [as FORMAT]`: writes all events of a store.
enum ExportEventsStatement: Statement {
  static let form = Form(
    "export events", in: .data,
    ["export", "events", .optional([.slot("events", .name(.store))]), .exported],
    summary: "write events to a file that loads again",
    meaning: """
      Formats are csv, tsv, jsonl and, through DuckDB's command line, parquet; without as the ending of the file \
      name decides, and a second one, gz or zst, compresses. Customers and events come in the order of the store, times in UTC, and every value as exact \
      as it is: load events makes the same store of the file. jsonl and parquet also tell text from numbers. The file appears \
      when it is whole.
      """,
    examples: [
      "export events to \"events.csv\"",
      "export events shop to \"shop.jsonl.zst\"",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let target = try ExportTarget(parsed, among: FileFormat.events, packs: true)
    let name = parsed.name("events")
    if let name { try session.checkStore(name) }
    let active = try session.attempt(session.workspace.activeEventsName())
    guard let name = name?.text ?? active else { throw .noEvents(at: parsed.span) }
    let store = try session.attempt(at: parsed.span, session.workspace.events(name))
    let (columns, formulas) = try write(store, to: target, in: session)
    var sentence = "wrote \(store.eventCount.counted("event")) of '\(name)' to '\(target.file)'"
    if !columns.clauses.isEmpty {
      sentence += "\n  to load it again: load events \(target.file.quoted) \(columns.clauses)"
    }
    return .done(sentence, warnings: session.remarks(onFormulas: formulas))
  }

  private static func write(
    _ store: EventStore, to target: ExportTarget, in session: Session
  ) throws(Diagnostic) -> (ExportColumns, formulas: Int) {
    let known = store.faults?.count ?? 0
    let file = try session.files.replacement(of: target.file, at: target.span)
    func advance(_ done: Int, _ whole: Int) throws(Diagnostic) {
      do { try session.run.check() } catch { throw Diagnostic(error, at: target.span) }
      session.progress?(Double(done) / Double(max(whole, 1)), "writing '\(target.file)'")
    }
    let written = try Diagnostic.locating(at: target.span) { () throws(Diagnostic) in
      guard let format = EventTextFormat(rawValue: target.format) else {
        let export = try ParquetExport(store, session.duckDB())
        try export.write(to: file.path, shown: target.file, advance: advance)
        return (export.columns, formulas: 0)
      }
      let export = EventExport(store, as: format, packing: target.packing, formulas: session.formulas)
      let formulas = try export.write(to: file.write, advance: advance)
      return (export.columns, formulas: formulas)
    }
    if let faults = store.faults, faults.count > known, let fault = faults.latest {
      throw Diagnostic(fault, at: target.span)
    }
    try file.commit()
    return written
  }
}
