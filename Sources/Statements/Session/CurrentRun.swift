import JourneyQuery
import Synchronization

/// What runs at the moment, to be stopped from any thread: ^C comes in on another than the session's.
package final class CurrentRun: Sendable {
  private struct State {
    var run = Run()
    var isStopping = false
  }

  private let state = Mutex(State())

  package var value: Run { state.withLock(\.run) }

  /// Stops what runs, and each statement that would follow, until `reset`.
  package func cancel() {
    state.withLock { state in
      state.isStopping = true
      state.run.cancel()
    }
  }

  /// Whether `cancel` was called since the last `reset`.
  package var isStopping: Bool { state.withLock(\.isStopping) }

  /// Before new input is run.
  func reset() { state.withLock { $0 = State() } }

  /// Before each statement.
  func begin() {
    state.withLock { state in
      state.run = Run()
      if state.isStopping { state.run.cancel() }
    }
  }
}
