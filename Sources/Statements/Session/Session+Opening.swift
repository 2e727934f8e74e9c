import JourneyTime
import SourceText
import Workspace

extension Session {
  /// A session in the workspace of a file, made where it is not there unless it is for reading only; in memory without one.
  package convenience init(
    opening path: String?, readOnly: Bool = false, directory: String, now: @escaping () -> Instant
  ) throws(Diagnostic) {
    do {
      let opening = readOnly ? Workspace.Opening.readOnly : .existingOrNew
      let workspace = try path.map { try Workspace(opening: $0, as: opening) } ?? Workspace.inMemory()
      self.init(workspace: workspace, directory: directory, now: now)
    } catch {
      throw Diagnostic(error, at: nil)
    }
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
