import JourneyTime
import SourceText
import Workspace

extension Session {
  /// A session in the workspace of a file, made where it is not there unless it is for reading only; in memory without one.
  ///
  /// - Parameters:
  ///   - readOnly: no workspace is changed by this session, whichever is opened.
  ///   - interruption: stops the opening, from another thread.
  package convenience init(
    opening path: String?, readOnly: Bool = false, directory: String, interruption: Interruption = Interruption(),
    now: @escaping () -> Instant
  ) throws(Diagnostic) {
    // The workspace is opened by the name that it was given, which need not be a whole path.
    if let path { _ = try Files(directory: directory).checked(path, at: nil) }
    do {
      let opening = readOnly ? Workspace.Opening.readOnly : .existingOrNew
      let workspace =
        try path.map { try Workspace(opening: $0, as: opening, interruption: interruption) }
        ?? Workspace.inMemory(interruption: interruption)
      self.init(workspace: workspace, readOnly: readOnly, directory: directory, now: now)
    } catch {
      throw Diagnostic(error, at: nil)
    }
  }

  /// Goes on in the workspace of a file.
  func open(_ written: String, as opening: Workspace.Opening, at span: Range<Int>?) throws(Diagnostic) {
    let workspace = try attempt(opening: written, at: span) {
      try Workspace(opening: $0, as: isReadOnly ? .readOnly : opening, interruption: currentRun.interruption)
    }
    move(to: workspace)
  }

  /// What stands in a script named on the command line.
  package func bytes(ofScript path: String) throws(Diagnostic) -> [UInt8] { try files.bytes(of: path, at: nil) }
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
