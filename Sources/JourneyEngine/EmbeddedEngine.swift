import EventStore
import Foundation
import JourneyQuery
import JourneyTime

/// Answers questions from an event store in this process, on several threads.
///
/// Every answer is made bucket by bucket and merged exactly: it does not depend on the number of buckets or threads.
public struct EmbeddedEngine: Executor {
  public let store: EventStore
  /// Threads that a question may use, at least 1.
  public let threads: Int

  public init(_ store: EventStore, threads: Int = ProcessInfo.processInfo.activeProcessorCount) {
    self.store = store
    self.threads = max(1, threads)
  }

  /// First and last instant of the store.
  var span: ClosedRange<Instant>? {
    store.span.map { Instant(microseconds: $0.lowerBound)...Instant(microseconds: $0.upperBound) }
  }
}

extension EmbeddedEngine {
  /// `body(0) … body(count − 1)`, in order, made on as many threads as a question may use.
  func map<Element: Sendable>(count: Int, _ body: @Sendable (Int) -> Element) -> [Element] {
    threads > 1 ? concurrentMap(count: count, body) : (0..<count).map(body)
  }
}
