import Foundation
import Outside
import SourceText

/// DuckDB's command line: it reads and writes the files that Waymark does not itself.
package struct DuckDB: Sendable {
  private let program: OutsideProgram

  /// The one that `WAYMARK_DUCKDB` names, else the first on the `PATH`; nil if there is none. A shut door throws.
  package init?(_ door: Door, _ environment: [String: String]) throws(Diagnostic) {
    guard let found = try door.installed("duckdb", orIn: "WAYMARK_DUCKDB", environment) else { return nil }
    // Nothing of a file of settings is taken, and the first error ends it.
    program = found.given(["-batch", "-bail", "-init", "/dev/null"])
  }

  /// What comes in front of everything: no program is fetched unasked, and instants are written in UTC.
  private static let settings = """
    SET autoinstall_known_extensions = false;
    SET enable_progress_bar = false;
    SET TimeZone = 'UTC';

    """

  /// What comes in front of everything that is asked: from here on no file is opened but these, no server is called, no
  /// program is loaded, no variable of the environment is read, and nothing of that can be changed. What is attached stays.
  static func lock(_ paths: [String]) -> String {
    """
    SET allowed_paths = [\(paths.map(\.quotedInSQL).joined(separator: ", "))];
    SET enable_external_access = false;
    SET lock_configuration = true;

    """
  }

  /// Where statements find the file that is read. Its name, which DuckDB would take for a pattern, is of no matter then.
  static var file: String { ChildProcess.path(ofGiven: 0) }

  /// Runs statements of SQL, the last of which may write to standard output. They come in through a pipe, so that no
  /// list of processes shows them.
  ///
  /// - Parameter file: what they read at `DuckDB.file`.
  func start(_ statements: String, reading file: OpenFile?) throws(Diagnostic) -> ChildProcess {
    let given = [file?.descriptor].compactMap { $0 }
    guard let child = ChildProcess(program.given(["-jsonlines"]), isRead: true, given: given) else { throw unusable }
    _ = child.write(Array((Self.settings + statements).utf8))
    child.closeInput()
    return child
  }

  /// Writes what comes through the pipe to an open file.
  ///
  /// - Parameter statement: of the path of the file.
  func startWriting(to file: Int32, _ statement: (_ path: String) -> String) throws(Diagnostic) -> ChildProcess {
    // From a file without a name: an argument may be too short for the names of all columns.
    let script = ChildProcess.namelessFile()
    defer { if script >= 0 { close(script) } }
    let path = ChildProcess.path(ofGiven: 1)
    let text = Array((Self.settings + Self.lock(["/dev/stdin", path]) + statement(path)).utf8)
    // SAFETY: as many bytes are read as there are.
    let written = unsafe text.withUnsafeBytes { unsafe Foundation.write(script, $0.baseAddress, $0.count) }
    guard written == text.count,
      let child = ChildProcess(
        program.given(["-c", ".read \(ChildProcess.path(ofGiven: 0))"]), isRead: false, given: [script, file])
    else { throw unusable }
    return child
  }

  private var unusable: Diagnostic { Diagnostic(.duckdbFailed, "'\(program.name)' cannot be started") }

  /// What a row of the answer to `statements` holds, one after another.
  func rows<Row: Decodable>(
    of statements: String, as type: Row.Type, reading file: OpenFile? = nil, needing format: TableFormat?,
    check: () throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> [Row] {
    let child = try start(statements, reading: file)
    var (buffer, bytes) = ([UInt8](repeating: 0, count: 64 << 10), [UInt8]())
    while case let count = try child.read(into: &buffer, at: 0, room: buffer.count, check: check), count > 0 {
      bytes += buffer[..<count]
      guard bytes.count <= EventFileLimits.row else { throw .tooManyNames("tables have", at: "DuckDB") }
    }
    let (status, errors) = child.end()
    guard status == 0 else { throw Self.failure(errors, status, needing: format) }
    return bytes.split(separator: 0x0A).compactMap { try? JSONDecoder().decode(type, from: Data($0)) }
  }

  /// What DuckDB complained of, in its own words.
  ///
  /// - Parameter format: of the file that is read; nil for a file that is written.
  static func failure(_ errors: String, _ status: Int32, needing format: TableFormat?) -> Diagnostic {
    if let format, let name = format.addition, errors.contains("xtension") {
      return Diagnostic(
        .duckdbExtension, "\(format.phrase) is read with DuckDB's extension '\(name)', which is not installed",
        hint: "duckdb -c \"INSTALL \(name)\"")
    }
    if errors.contains("unrecognized configuration parameter") {
      return Diagnostic(.duckdbFailed, "DuckDB is older than 1.2", hint: "pip install --upgrade duckdb-cli")
    }
    let first = errors.split(separator: "\n\n", maxSplits: 1).first.map(String.init) ?? ""
    let words = first.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(300)
    return Diagnostic(.duckdbFailed, words.isEmpty ? "DuckDB ended with status \(status)" : "DuckDB: \(words)")
  }
}

extension String {
  /// As a string of SQL.
  var quotedInSQL: String { "'" + replacing("'", with: "''") + "'" }

  /// As a name of SQL.
  var namedInSQL: String { "\"" + replacing("\"", with: "\"\"") + "\"" }
}

extension DiagnosticCode {
  package static let duckdbExtension = DiagnosticCode(
    "duckdb.extension", "DuckDB reads the file with an extension that is not installed.")
  package static let duckdbFailed = DiagnosticCode(
    "duckdb.failed", "DuckDB cannot read or write the file; the message has its own words.")
}
