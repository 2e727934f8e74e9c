import Foundation
import GRDB
import Outside
import WholeFiles

/// The whole workspace into another file.
extension Workspace {
  /// Writes all that is here to a new file, whole or not at all. Throws `exists` where there is a workspace.
  ///
  /// Nothing is done where the target is this workspace's own file.
  ///
  /// - Parameters:
  ///   - goOnThere: from now on this workspace is that file; without a file of its own it should.
  ///   - readOnly: whether that file then is open for reading only.
  package func save(copyTo file: OutsideFile, goOnThere: Bool, readOnly: Bool = false) throws(WorkspaceError) {
    try save(copyTo: file.path, goOnThere: goOnThere, readOnly: readOnly)
  }

  func save(copyTo target: String, goOnThere: Bool, readOnly: Bool = false) throws(WorkspaceError) {
    let place = try WorkspaceFile.place(target)
    if path != nil, let identity, identity == FileIdentity(of: place.path) { return }
    guard try WorkspaceFile.state(place, file: target) != .database else { throw WorkspaceError(.exists, file: target) }
    guard WorkspaceFile.isWritable(place) else {
      throw WorkspaceError(.unwritable(reason: "no such directory, or no permission"), file: target)
    }
    do {
      try WorkspaceFile.make(at: place, interruption) { try copy(to: $0) }
      guard goOnThere else { return }
      queue = try DatabaseQueue(
        path: place.path,
        configuration: WorkspaceFile.configuration(
          for: readOnly ? .reading : .writing, interruption, patience: patience))
      identity = FileIdentity(of: place.path)
      heldEvents = [:]
      path = target
      isReadOnly = readOnly
      hasUnsavedChanges = false
    } catch {
      throw WorkspaceError(error, file: target)
    }
  }

  /// Gives the room of what was forgotten back to the disk. Takes as long as copying the file.
  package func compact() throws(WorkspaceError) {
    if isReadOnly { throw WorkspaceError(.readOnly, file: path) }
    do { try queue.vacuum() } catch { throw WorkspaceError(error, file: path) }
  }

  private func copy(to other: DatabaseQueue) throws {
    try interruption.check()
    try queue.backup(to: other, pagesPerStep: 1024) { [interruption] _ in try interruption.check() }
    guard path == nil else { return }
    try other.write { database in
      for name in try EventRows.heads(database).map({ try $0.text("name") }) {
        guard let held = heldEvents[name] else { continue }
        _ = try EventWriter(name, database).write(held.store) { _ in }
      }
    }
  }
}
