import EventStore
import Foundation
import SourceText

/// Writes all events of a store to a Parquet file, through DuckDB: what we write as CSV goes into it by a pipe, each
/// column with its type, so that the file loads as the store it came from.
package struct ParquetExport: Sendable {
  private let export: EventExport
  private let schema: StoreSchema
  private let duckDB: DuckDB
  package var columns: ExportColumns { export.columns }

  /// Throws where there is no DuckDB.
  package init(_ store: EventStore, _ duckDB: DuckDB?) throws(Diagnostic) {
    guard let duckDB else {
      throw Diagnostic(
        .duckdbMissing, "Parquet is written by DuckDB's command line, and no 'duckdb' is on the PATH",
        hint: "pip install duckdb-cli")
    }
    self.duckDB = duckDB
    schema = store.schema
    export = EventExport(store, as: .csv)
  }

  /// Writes to the file at `path`, which messages call `shown` and which is not whole before this returns. `advance` is
  /// told how many events of all are written and may throw to stop.
  package func write(
    to path: String, shown: String, advance: (_ done: Int, _ whole: Int) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let file = try Target(path, shown: shown)
    let child = try duckDB.startWriting(to: file.descriptor, statement)
    var isReading = true
    try export.write(
      to: { if isReading { isReading = child.write($0) } },
      advance: { done, whole throws(Diagnostic) in
        // The last words are DuckDB's, once it has written what it was given.
        if isReading { try advance(done, whole) }
      })
    let (status, errors) = child.end()
    guard status == 0 else {
      throw DuckDB.failure(errors, status, needing: nil).showing(shown, for: ChildProcess.path(ofGiven: 1))
    }
  }

  /// The file that is written, open: DuckDB does not learn its name, which it would take for a pattern.
  private final class Target {
    let descriptor: Int32

    init(_ path: String, shown: String) throws(Diagnostic) {
      // SAFETY: the path is passed as a copy that ends in 0 and lives during the call.
      descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else {
        throw Diagnostic(.fileUnwritable, "'\(shown)' cannot be written: \(systemReason(errno))")
      }
    }

    deinit { close(descriptor) }
  }

  /// Rows of up to 64 MB, as a load takes them.
  private func statement(_ path: String) -> String {
    let names = [columns.customer, columns.time, columns.event] + [columns.order].compactMap { $0 }
    let types = ["VARCHAR", Self.type(of: .time), "VARCHAR"] + (columns.order == nil ? [] : [Self.type(of: .number)])
    let all = Array(zip(names, types)) + schema.properties.map { ($0.name, Self.type(of: $0.kind)) }
    let typed = all.map { "\($0.0.quotedInSQL): '\($0.1)'" }.joined(separator: ", ")
    return """
      COPY (FROM read_csv('/dev/stdin', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', \
      nullstr = '', max_line_size = 67108864, buffer_size = 67108864, columns = {\(typed)})) \
      TO \(path.quotedInSQL) (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false);
      """
  }

  private static func type(of kind: Property.Kind) -> String {
    switch kind {
    case .text: "VARCHAR"
    case .number: "DOUBLE"
    case .truth: "BOOLEAN"
    case .time: "TIMESTAMP WITH TIME ZONE"
    }
  }
}
