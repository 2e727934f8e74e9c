import SourceText
import Synchronization

/// How far a load has come, and the way to stop it. Shared by the threads of one load.
package final class LoadProgress: Sendable {
  private let taken = Atomic<Int>(0)
  private let whole = Atomic<Int>(0)
  private let read = Atomic<Int>(0)
  private let stop = Atomic<Bool>(false)
  private let isStopped: @Sendable () -> Bool
  private let report: (@Sendable (LoadProgress) -> Void)?

  /// - Parameters:
  ///   - report: called, from any thread, about once per megabyte.
  ///   - isStopped: whether the load is to stop, asked from any thread every few thousand rows: another way than `cancel`.
  package init(
    report: (@Sendable (LoadProgress) -> Void)? = nil, isStopped: @escaping @Sendable () -> Bool = { false }
  ) {
    (self.isStopped, self.report) = (isStopped, report)
  }

  /// Bytes of the file read, and how many there are; for a compressed file the compressed ones.
  package var bytes: (done: Int, whole: Int) {
    let whole = whole.load(ordering: .relaxed)
    // What is read again at the seams of parts counts twice.
    return (min(taken.load(ordering: .relaxed), whole), whole)
  }
  package var rows: Int { read.load(ordering: .relaxed) }

  /// Asks the load to stop; it does within some thousand rows. Safe from a signal handler.
  package func cancel() { stop.store(true, ordering: .relaxed) }
  package var isCancelled: Bool { stop.load(ordering: .relaxed) || isStopped() }

  /// Reports while nothing comes.
  func tell() { report?(self) }

  /// Reports while nothing comes; throws once the load is to stop.
  func check() throws(Diagnostic) {
    tell()
    if isCancelled { throw .cancelled }
  }

  func begin(bytes: Int) {
    whole.store(bytes, ordering: .relaxed)
    taken.store(0, ordering: .relaxed)
    read.store(0, ordering: .relaxed)
  }

  func advance(bytes: Int, rows: Int) {
    let (before, after) = taken.wrappingAdd(bytes, ordering: .relaxed)
    read.wrappingAdd(rows, ordering: .relaxed)
    if before == 0 || before >> 20 != after >> 20 { report?(self) }
  }
}
