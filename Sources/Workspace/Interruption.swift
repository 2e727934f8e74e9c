import GRDB
import GRDBSQLite
import Synchronization

/// Stops, from any thread, what the databases of a session's workspaces are doing: it fails as `interrupted`, and changes nothing.
/// Everything that takes long is stopped until `reset`.
package final class Interruption: Sendable {
  private let isCalledFor = Atomic(false)
  /// Who waits for something, and is told when it is called for.
  private let waiting = Mutex<(@Sendable () -> Void)?>(nil)

  package init() {}

  package func interrupt() {
    isCalledFor.store(true, ordering: .relaxed)
    waiting.withLock(\.self)?()
  }

  /// Calls `ring` from another thread when it is called for, and at once where it is already, until `wait`'s end.
  func whileWaiting(_ ring: @escaping @Sendable () -> Void, _ wait: () -> Void) {
    waiting.withLock { $0 = ring }
    if isCalled { ring() }
    wait()
    waiting.withLock { $0 = nil }
  }

  var isCalled: Bool { isCalledFor.load(ordering: .relaxed) }

  /// Before something else begins.
  package func reset() { isCalledFor.store(false, ordering: .relaxed) }

  /// For what takes several steps.
  func check() throws(WorkspaceError) {
    if isCalled { throw WorkspaceError(.interrupted, file: nil) }
  }

  /// Lets a connection ask after every so many of its operations, from its first statement on: a file whose pages lead in circles has no
  /// end even of tables.
  func watch(_ connection: OpaquePointer) {
    // SAFETY: the connection is open. Its database keeps its configuration, which keeps this object, as long as it is.
    let own = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe sqlite3_progress_handler(
      connection, 1000,
      { context in
        guard let context = unsafe context else { return 0 }
        let interruption = unsafe Unmanaged<Interruption>.fromOpaque(context).takeUnretainedValue()
        return interruption.isCalled ? 1 : 0
      }, own)
  }
}
