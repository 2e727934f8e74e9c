import WholeFiles

/// Whether the file is still where it was opened.
extension Workspace {
  /// Throws `replaced` where another file, or none, is at the path by now: what would be written went to a file without a name, and its
  /// journal to the other's.
  package func checkPlace() throws(WorkspaceError) {
    if !isInPlace { throw WorkspaceError(.replaced, file: path) }
  }

  /// Notes it where it is not: what is open can still be read.
  func notePlace() {
    if !isInPlace { note(.place, state: 0) }
  }

  private var isInPlace: Bool {
    guard let path, let identity else { return true }
    return FileIdentity(of: path) == identity
  }
}
