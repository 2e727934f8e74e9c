import Foundation
import GRDB

/// The whole workspace into another file.
extension Workspace {
  /// Writes all that is here to a new file, whole or not at all. Throws `exists` where there is a file, unless it may be replaced.
  ///
  /// Nothing is done where the target is this workspace's own file.
  ///
  /// - Parameter goOnThere: from now on this workspace is that file; without a file of its own it should.
  package func save(copyTo target: String, replacing: Bool = false, goOnThere: Bool) throws(WorkspaceError) {
    let state = try WorkspaceFile.inspect(target)
    let url = URL(fileURLWithPath: target).resolvingSymlinksInPath()
    if let path, URL(fileURLWithPath: path).resolvingSymlinksInPath() == url { return }
    guard state != .database || replacing else { throw WorkspaceError(.exists, file: target) }
    guard WorkspaceFile.isWritable(target) else {
      throw WorkspaceError(.unwritable(reason: "no such directory, or no permission"), file: target)
    }
    let partial = url.deletingLastPathComponent()
      .appendingPathComponent(".\(url.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier).partial").path
    defer { try? FileManager.default.removeItem(atPath: partial) }
    do {
      try writeCopy(to: partial)
      try put(partial, inPlaceOf: url)
      guard goOnThere else { return }
      let file = try DatabaseQueue(
        path: WorkspaceFile.absolute(target),
        configuration: WorkspaceFile.configuration(readOnly: false, patience: patience))
      queue = file
      heldEvents = [:]
      path = target
      isReadOnly = false
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

  private func writeCopy(to partial: String) throws {
    let copy = try DatabaseQueue(
      path: partial, configuration: WorkspaceFile.configuration(readOnly: false, patience: 0))
    try queue.backup(to: copy)
    if path == nil {
      try copy.write { database in
        for name in try EventRows.stores(database).map(\.name) {
          guard let held = heldEvents[name] else { continue }
          _ = try EventWriter(name, database).write(held.store) { _ in }
        }
      }
    }
    try copy.close()
  }

  /// A rename, so that there is no moment at which the target is missing or incomplete.
  private func put(_ partial: String, inPlaceOf target: URL) throws {
    // SAFETY: both texts are passed as NUL-terminated copies that live during the call.
    guard unsafe rename(partial, target.path) == 0 else {
      let reason = NSError(domain: NSPOSIXErrorDomain, code: Int(errno)).localizedDescription
      throw WorkspaceError(.unwritable(reason: reason), file: target.path)
    }
  }
}
