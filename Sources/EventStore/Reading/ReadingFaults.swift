import Synchronization

/// What could not be read of a store while questions read it. Columns that are faulty read as missing values meanwhile.
public final class ReadingFaults: Sendable {
  private struct State {
    var count = 0
    var latest: ReadingFault?
  }
  private let state = Mutex(State())

  package init() {}

  /// How many there were; more after a question than before it, and the question has no answer.
  public var count: Int { state.withLock { $0.count } }
  public var latest: ReadingFault? { state.withLock { $0.latest } }

  package func note(_ fault: ReadingFault) {
    state.withLock { state in
      state.count += 1
      state.latest = fault
    }
  }
}

public enum ReadingFault: Error, Sendable, Hashable {
  /// Names the column, its bucket and what is wrong.
  case damaged(String)
  /// Another process saved the store anew; asking again reads that.
  case replaced(String)
}
