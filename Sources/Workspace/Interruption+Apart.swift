import Foundation
import Synchronization

extension Interruption {
  /// Does work that knows nothing but its values: on a thread of its own, which is left behind on an interruption and takes what it makes
  /// along. Sorts, pictures and readers of maps need not ask everywhere whether they are still wanted.
  ///
  /// Throws `interrupted` some milliseconds after the interruption: work that asks for itself has these to end with an error of its own.
  ///
  /// - Parameter leavesBehind: asked then; where it is false, the end is waited for.
  package func apart<Value: Sendable>(
    leavesBehind: () -> Bool = { true }, _ work: @escaping @Sendable () throws -> Value
  ) throws -> Value {
    let piece = PieceOfWork(work)
    whileWaiting({ piece.bell.signal() }) {
      Thread.detachNewThread { piece.begin() }
      while piece.bell.wait(timeout: .now() + .seconds(1)) == .timedOut {
        // Where a process may have no more threads.
        piece.begin()
      }
    }
    if piece.isUnfinished { _ = piece.bell.wait(timeout: leavesBehind() ? .now() + .milliseconds(20) : .distantFuture) }
    guard let result = piece.result else { throw WorkspaceError(.interrupted, file: nil) }
    return try result.get()
  }
}

/// Something that is done once, by whichever thread comes first.
private final class PieceOfWork<Value: Sendable>: Sendable {
  /// Rings when it is done.
  let bell = DispatchSemaphore(value: 0)
  private let work: @Sendable () throws -> Value
  private let isBegun = Atomic(false)
  private let outcome = Mutex<Result<Value, any Error>?>(nil)

  init(_ work: @escaping @Sendable () throws -> Value) { self.work = work }

  func begin() {
    guard !isBegun.exchange(true, ordering: .acquiringAndReleasing) else { return }
    let result = Result { try work() }
    outcome.withLock { $0 = result }
    bell.signal()
  }

  var isUnfinished: Bool { outcome.withLock { $0 == nil } }

  /// Nil until it is done; it is handed out once.
  var result: Result<Value, any Error>? {
    outcome.withLock { outcome in
      defer { outcome = nil }
      return outcome
    }
  }
}
