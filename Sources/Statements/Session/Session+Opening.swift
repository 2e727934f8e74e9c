import JourneyTime
import Outside
import SourceText
import Workspace

extension Session {
  /// A session in the workspace of a file, made where it is not there unless it is for reading only; in memory without one.
  ///
  /// - Parameters:
  ///   - readOnly: no workspace is changed by this session, whichever is opened.
  ///   - door: what statements reach beyond the workspace.
  ///   - interruption: stops the opening, from another thread.
  package convenience init(
    opening file: OutsideFile?, readOnly: Bool = false, directory: String, door: Door = .open,
    interruption: Interruption = Interruption(), now: @escaping () -> Instant
  ) throws(Diagnostic) {
    // The workspace is opened by the name that it was given, which need not be a whole path.
    if let file {
      let run = CurrentRun(interruption: interruption)
      _ = try Files(directory: directory, door: .open, run: run).checked(file.path, at: nil)
    }
    do {
      let opening = readOnly ? Workspace.Opening.readOnly : .existingOrNew
      let workspace =
        if let file {
          try Workspace(opening: file, as: opening, interruption: interruption)
        } else {
          try Workspace.inMemory(interruption: interruption)
        }
      self.init(workspace: workspace, readOnly: readOnly, directory: directory, door: door, now: now)
    } catch {
      throw Diagnostic(error, at: nil)
    }
  }

  /// Goes on in the workspace of a file.
  func open(_ written: String, as opening: Workspace.Opening, at span: Range<Int>?) throws(Diagnostic) {
    let workspace = try attempt(opening: written, at: span) { (file) throws(WorkspaceError) in
      try Workspace(opening: file, as: isReadOnly ? .readOnly : opening, interruption: currentRun.interruption)
    }
    move(to: workspace)
  }

  /// Where the workspace is, for sentences: `'shop.waymark'`, or `in memory`.
  var writtenPlace: String { workspace.path.map { "'\(files.written($0))'" } ?? "in memory" }

  /// Asks a person whether a workspace that is not there shall be made, where one of nearly that name is.
  func checkSpelling(of written: String, at span: Range<Int>?) throws(Diagnostic) {
    guard !isReadOnly, let confirm, files.isFolder(written) == nil,
      let near = files.similar(to: written, ending: ".waymark"),
      !confirm("'\(written)' is not there, and \(near) is; make a new one?")
    else { return }
    throw Diagnostic(.fileMissing, "no file is called '\(written)'", at: span, hint: "open \(near)")
  }

  /// The quoted name of a workspace that is nearly the one of a path where nothing is; nil where there is none.
  package static func workspace(near path: String, in directory: String) -> String? {
    let files = Files(directory: directory, door: .open, run: CurrentRun(interruption: Interruption()))
    return files.isFolder(path) == nil ? files.similar(to: path, ending: ".waymark") : nil
  }

  /// What stands in a script that the person named who began the session, whatever its statements reach.
  package func bytes(ofScript path: String) throws(Diagnostic) -> [UInt8] {
    try Files(directory: files.directory, door: .open, run: currentRun).script(path, at: nil)
  }
}

extension Session {
  /// What the workspace has noticed since it was last asked: each thing is told once.
  func takeNotices() -> [Diagnostic] {
    workspace.takeAlterations().map { alteration in
      var alteration = alteration
      alteration.file = alteration.file.map(files.written)
      return Diagnostic(Alteration.code, alteration.message, hint: alteration.hint, severity: .warning)
    }
  }
}
