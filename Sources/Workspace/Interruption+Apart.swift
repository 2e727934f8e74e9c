import Foundation
import Synchronization

extension Interruption {
  /// Does work that knows nothing but its values: on another thread, which is left behind on an interruption and takes what it makes
  /// along. Sorts, pictures and readers of maps need not ask everywhere whether they are still wanted.
  ///
  /// Nil some milliseconds after the interruption: work that asks for itself has these to end with an error of its own.
  ///
  /// - Parameter leavesBehind: asked then; where it is false, the end is waited for.
  package func apart<Value: Sendable, Failure>(
    leavesBehind: () -> Bool = { true }, _ work: @escaping @Sendable () throws(Failure) -> Value
  ) -> Result<Value, Failure>? {
    let piece = PieceOfWork(work)
    whileWaiting({ piece.bell.signal() }) {
      Worker.perform(piece.begin)
      while piece.bell.wait(timeout: .now() + .seconds(1)) == .timedOut {
        // Where a process may have no more threads.
        piece.begin()
      }
    }
    if piece.isUnfinished { _ = piece.bell.wait(timeout: leavesBehind() ? .now() + .milliseconds(20) : .distantFuture) }
    return piece.result
  }
}

/// Something that is done once, by whichever thread comes first.
private final class PieceOfWork<Value: Sendable, Failure: Error>: Sendable {
  /// Rings when it is done.
  let bell = DispatchSemaphore(value: 0)
  private let work: Mutex<(@Sendable () throws(Failure) -> Value)?>
  private let outcome = Mutex<Result<Value, Failure>?>(nil)

  init(_ work: @escaping @Sendable () throws(Failure) -> Value) { self.work = Mutex(work) }

  func begin() {
    guard let result = doWork() else { return }
    outcome.withLock { $0 = result }
    bell.signal()
  }

  /// What the work knew is let go of before anybody hears of its end. Nil where another thread has begun.
  private func doWork() -> Result<Value, Failure>? {
    let work = work.withLock { work in
      defer { work = nil }
      return work
    }
    return work.map { work in Result(catching: work) }
  }

  var isUnfinished: Bool { outcome.withLock { $0 == nil } }

  /// Nil until it is done; it is handed out once.
  var result: Result<Value, Failure>? {
    outcome.withLock { outcome in
      defer { outcome = nil }
      return outcome
    }
  }
}

/// A thread that does one thing after another and never ends: where the last reference to a database goes with a thread, closing it uses
/// dispatch queues after their part of the thread was taken apart, and that part is then freed twice (libdispatch of Swift 6.3 on Linux).
private final class Worker: Sendable {
  private static let idle = Mutex<[Worker]>([])
  private let bell = DispatchSemaphore(value: 0)
  private let next = Mutex<(@Sendable () -> Void)?>(nil)

  static func perform(_ work: @escaping @Sendable () -> Void) {
    let worker = idle.withLock { $0.popLast() } ?? Worker()
    worker.next.withLock { $0 = work }
    worker.bell.signal()
  }

  private init() {
    Thread.detachNewThread { [self] in
      while true {
        bell.wait()
        doNext()
        Self.idle.withLock { $0.append(self) }
      }
    }
  }

  private func doNext() {
    let work = next.withLock { next in
      defer { next = nil }
      return next
    }
    work?()
  }
}
