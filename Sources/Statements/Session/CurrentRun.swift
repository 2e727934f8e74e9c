import JourneyQuery
import Synchronization

/// The run of the statement of the moment, to be stopped from any thread: ^C comes in on another than the session's.
package final class CurrentRun: Sendable {
  private let run = Mutex(Run())

  package var value: Run { run.withLock { $0 } }

  /// Asks what runs to stop; what comes after it does not hear of it.
  package func cancel() { value.cancel() }

  func begin() { run.withLock { $0 = Run() } }
}
