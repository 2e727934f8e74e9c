import GRDB
import Synchronization

/// Stops, from any thread, what the databases of a session's workspaces are doing: it fails as `interrupted`, and changes nothing. What
/// begins afterwards is not stopped.
package final class Interruption: Sendable {
  private struct State {
    var queues: [DatabaseQueue] = []
    var count = 0
  }

  private let state = Mutex(State())

  package init() {}

  /// Under the lock, so that no database is closed meanwhile.
  package func interrupt() {
    state.withLock { state in
      state.count += 1
      for queue in state.queues { queue.interrupt() }
    }
  }

  /// How often it was called for: what takes several steps stops where this grows between them.
  var count: Int { state.withLock(\.count) }

  func watch(_ queue: DatabaseQueue) { state.withLock { $0.queues.append(queue) } }

  func forget(_ queue: DatabaseQueue) { state.withLock { $0.queues.removeAll { $0 === queue } } }
}
