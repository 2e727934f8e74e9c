import Dispatch
import Synchronization

/// `body(0) … body(count − 1)`, made on all cores, in order.
package func concurrentMap<Element: Sendable>(count: Int, _ body: @Sendable (Int) -> Element) -> [Element] {
  guard count > 1 else { return (0..<count).map(body) }
  let results = Mutex([Element?](repeating: nil, count: count))
  DispatchQueue.concurrentPerform(iterations: count) { index in
    let result = body(index)
    results.withLock { $0[index] = result }
  }
  return results.withLock { $0.compactMap { $0 } }
}
