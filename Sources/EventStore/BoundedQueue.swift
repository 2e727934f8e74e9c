import Foundation
import Synchronization

/// Items on their way between threads, a few at a time: who puts one waits for room, who takes one waits for an item.
///
/// It may go at any time, with items in it or without: nobody has to put, take or wait so that it can.
package final class BoundedQueue<Item: Sendable>: Sendable {
  private struct State: Sendable {
    var items: [Item] = []
    var isClosed = false
  }

  private let state = Mutex(State())
  /// Told of each change. Its lock is held from looking at the state to waiting, so that no change is missed.
  private let changed = NSCondition()
  private let capacity: Int

  /// - Parameter capacity: how many items may wait; one at least.
  package init(capacity: Int) { self.capacity = max(1, capacity) }

  /// Puts an item behind the others once there is room. False, and the item is dropped, once the queue is closed.
  package func put(_ item: Item) -> Bool {
    wait { state in
      if state.isClosed { return false }
      guard state.items.count < capacity else { return nil }
      state.items.append(item)
      return true
    }
  }

  /// Takes the first item once there is one; nil once the queue is closed.
  package func take() -> Item? {
    wait { state in
      if state.isClosed { return .some(nil) }
      return state.items.isEmpty ? nil : .some(state.items.removeFirst())
    }
  }

  /// Drops the items that wait. Nobody waits any more, now or later.
  package func close() {
    wait { state in
      state = State(items: [], isClosed: true)
      return ()
    }
  }

  /// Tries `body` until it gives something, each time the queue has changed.
  private func wait<Result: Sendable>(_ body: (inout State) -> Result?) -> Result {
    changed.lock()
    defer { changed.unlock() }
    while true {
      if let result = state.withLock({ body(&$0) }) {
        changed.broadcast()
        return result
      }
      changed.wait()
    }
  }
}
