import GRDB

extension Workspace {
  /// A state of a workspace: equal to an earlier one only where nothing has been written meanwhile, here or by another process.
  package struct Mark: Hashable, Sendable {
    private let path: String?
    private let connection: ObjectIdentifier
    private let foreign: Int
    private let own: Int

    fileprivate init(_ workspace: Workspace, foreign: Int, own: Int) {
      (path, connection) = (workspace.path, ObjectIdentifier(workspace.queue))
      (self.foreign, self.own) = (foreign, own)
    }
  }

  /// The state of this moment.
  package func mark() throws(WorkspaceError) -> Mark {
    let foreign = try changeNumber()
    return try read { Mark(self, foreign: foreign, own: $0.totalChangesCount) }
  }
}
