import JourneyTime
import SourceText
import Workspace

extension Session {
  /// A session in the workspace of a file, made where it is not there; in memory without one.
  package convenience init(
    opening path: String?, directory: String, now: @escaping () -> Instant
  ) throws(Diagnostic) {
    do {
      let workspace = try path.map { try Workspace(opening: $0, as: .existingOrNew) } ?? Workspace.inMemory()
      self.init(workspace: workspace, directory: directory, now: now)
    } catch {
      throw Diagnostic(error, at: nil)
    }
  }
}
