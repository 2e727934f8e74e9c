import SourceText

/// The one door between a run of Waymark and what lies outside: files, folders, other programs.
///
/// What reads, writes, lists or runs takes an `OutsideFile` or an `OutsideProgram`, and only a door makes them. It is handed
/// in with whatever executes statements, commands and keys; behind a shut one none of them gets further, the next new one
/// neither.
package struct Door: Sendable, Hashable {
  /// For what the person asks for who started the process.
  package static let open = Door(isOpen: true)
  /// For statements that are not trusted.
  package static let shut = Door(isOpen: false)

  package let isOpen: Bool

  /// A file or folder, there or not. Throws `safe.refused` at a shut door.
  package func file(_ path: String, at span: Range<Int>? = nil) throws(Diagnostic) -> OutsideFile {
    try check(at: span)
    return OutsideFile(path)
  }

  /// Another program, by its name or path, and what it is given. Throws as `file` does.
  package func program(
    _ name: String, _ arguments: [String] = [], at span: Range<Int>? = nil
  ) throws(Diagnostic) -> OutsideProgram {
    try check(at: span)
    return OutsideProgram(name, arguments)
  }

  /// Throws at a shut door.
  package func check(at span: Range<Int>? = nil) throws(Diagnostic) {
    guard !isOpen else { return }
    throw Diagnostic(.safeRefused, "with --safe no file is read or written and no program is run", at: span)
  }
}

/// A file or folder that may be touched.
package struct OutsideFile: Sendable, Hashable {
  package let path: String

  fileprivate init(_ path: String) { self.path = path }

  /// Another in the same folder.
  package func sibling(named name: String) -> OutsideFile {
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    return OutsideFile(folder + name)
  }
}

/// A program that may be run.
package struct OutsideProgram: Sendable, Hashable {
  /// Its name, to be found on the `PATH`, or its path.
  package let name: String
  /// What it is given, each as it is: no shell reads them.
  package let arguments: [String]

  fileprivate init(_ name: String, _ arguments: [String]) { (self.name, self.arguments) = (name, arguments) }

  /// The same, given more.
  package func given(_ more: [String]) -> OutsideProgram { OutsideProgram(name, arguments + more) }
}

extension DiagnosticCode {
  package static let safeRefused = DiagnosticCode(
    "safe.refused", "The shell was started with --safe, which keeps statements and commands from files and programs.")
}
