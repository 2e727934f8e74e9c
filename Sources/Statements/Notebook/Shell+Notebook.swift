import Interchange
import JourneyTime
import Language
import SourceText

extension Shell {
  /// Runs the statements of a notebook as those of a script, up to the first that fails; its results stay as they are. Relative paths
  /// start in its folder, and without a workspace of ours it opens the one that it names.
  func run(notebook bytes: [UInt8], named file: String) throws(Diagnostic) {
    let notebook = try Notebook(bytes, file: file)
    if Lesson.isOne(notebook) { return try begin(notebook) }
    let (files, zone) = (session.files, session.ownZone)
    session.files = files.inFolder(of: file)
    defer { (session.files, session.ownZone) = (files, zone) }
    if let workspace = notebook.front.workspace, session.workspace.path == nil, !session.workspace.hasUnsavedChanges {
      try session.open(workspace, as: .existing, at: nil)
    }
    if let zone = notebook.front.zone { try session.setOwnZone(zone, of: file) }
    try session.bind(notebook.bindings(with: []), of: file)
    for block in notebook.blocks where block.isRun && !isLeaving {
      if let error = try run(block, of: notebook) { say(error.rendered(in: "", width: NotebookRun.width)) }
    }
  }

  /// Runs the statements of a block, up to the first that fails; the error that it was to end with, where it was to. Throws any other,
  /// and where that one did not come.
  func run(_ block: Notebook.Block, of notebook: Notebook) throws(Diagnostic) -> Diagnostic? {
    do {
      try run(notebook.pieces(of: block), of: notebook.file)
    } catch {
      guard error.code != .runInterrupted, let expected = block.words.expectedError else { throw error }
      if error.code.name == expected { return error }
      var error = error
      error.message += "; the block says error=\(expected)"
      throw error
    }
    guard let expected = block.words.expectedError else { return nil }
    throw Diagnostic(
      .notebookExpected, "the block \(block.name) was to fail with [\(expected)] and did not",
      place: "\(notebook.file):\(block.line)")
  }
}

extension Session {
  /// Reads dates in the zone that a notebook names, whatever the workspace's.
  func setOwnZone(_ identifier: String, of file: String) throws(Diagnostic) {
    guard let zone = Zone(identifier) else {
      throw Diagnostic(.zoneUnknown, "no zone is called '\(identifier)'", hint: "zone: Europe/Oslo", place: file)
    }
    ownZone = zone
  }
}

extension Files {
  /// The same files, relative paths starting where a file is.
  func inFolder(of written: String) -> Files {
    guard let end = written.lastIndex(of: "/") else { return self }
    let folder = String(written[..<end])
    return Files(
      directory: folder.hasPrefix("/") ? folder : folder.isEmpty ? "/" : directory + "/" + folder, door: door, run: run)
  }
}

extension DiagnosticCode {
  package static let notebookExpected = DiagnosticCode(
    "notebook.expected", "A block says error=CODE on its fence, and its statements did not end with that error.")
}
