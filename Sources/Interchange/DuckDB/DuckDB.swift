import Foundation
import SourceText

/// DuckDB's command line: it reads and writes the files that Waymark does not itself.
package struct DuckDB: Sendable {
  /// Its path.
  private let command: String

  /// The one that `WAYMARK_DUCKDB` names, else the first on the `PATH`; nil if there is none.
  package init?(_ environment: [String: String]) {
    let named = environment["WAYMARK_DUCKDB"].flatMap { $0.isEmpty ? nil : $0 }
    let folders = (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/duckdb" }
    guard let found = (named.map { [$0] } ?? folders).first(where: Self.isProgram) else { return nil }
    command = found
  }

  /// Folders may be executed too, which means something else.
  private static func isProgram(_ path: String) -> Bool {
    let file = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let isFolder = try? file.resourceValues(forKeys: [.isDirectoryKey]).isDirectory
    return isFolder == false && FileManager.default.isExecutableFile(atPath: path)
  }

  /// What comes in front of everything: no program is fetched unasked, and instants are written in UTC.
  private static let settings = """
    SET autoinstall_known_extensions = false;
    SET enable_progress_bar = false;
    SET TimeZone = 'UTC';

    """

  /// Runs statements of SQL, the last of which may write to standard output. They come in through a pipe, so that no
  /// list of processes shows them.
  func start(_ statements: String) throws(Diagnostic) -> ChildProcess {
    guard let child = ChildProcess(Self.words(command) + ["-jsonlines"], isRead: true) else { throw unusable }
    _ = child.write(Array((Self.settings + statements).utf8))
    child.closeInput()
    return child
  }

  /// Runs one statement that reads standard input.
  func startReading(_ statement: String) throws(Diagnostic) -> ChildProcess {
    guard let child = ChildProcess(Self.words(command) + ["-c", Self.settings + statement], isRead: false) else {
      throw unusable
    }
    return child
  }

  /// Nothing of a file of settings is taken, and the first error ends it.
  private static func words(_ command: String) -> [String] { [command, "-batch", "-bail", "-init", "/dev/null"] }

  private var unusable: Diagnostic { Diagnostic("duckdb.failed", "'\(command)' cannot be started") }

  /// What a row of the answer to `statements` holds, one after another.
  func rows<Row: Decodable>(
    of statements: String, as type: Row.Type, needing format: TableFormat?, check: () throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> [Row] {
    let child = try start(statements)
    var (buffer, bytes) = ([UInt8](repeating: 0, count: 64 << 10), [UInt8]())
    while case let count = try child.read(into: &buffer, at: 0, room: buffer.count, check: check), count > 0 {
      bytes += buffer[..<count]
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
        "duckdb.extension", "\(format.phrase) is read with DuckDB's extension '\(name)', which is not installed",
        hint: "duckdb -c \"INSTALL \(name)\"")
    }
    let first = errors.split(separator: "\n\n", maxSplits: 1).first.map(String.init) ?? ""
    let words = first.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(300)
    return Diagnostic("duckdb.failed", words.isEmpty ? "DuckDB ended with status \(status)" : "DuckDB: \(words)")
  }
}

extension String {
  /// As a string of SQL.
  var quotedInSQL: String { "'" + replacing("'", with: "''") + "'" }

  /// As a name of SQL.
  var namedInSQL: String { "\"" + replacing("\"", with: "\"\"") + "\"" }
}
