import Dispatch
import Foundation
import Synchronization
import Testing

@testable import EventStore

@Suite struct BoundedQueueTests {
  /// Whatever is in it, and whoever waited, when its last reference goes. A semaphore in its place ends the program here.
  @Test(arguments: 0...3) func goesWithItemsInIt(count: Int) {
    let queue = BoundedQueue<[Int]>(capacity: 4)
    for number in 0..<count { #expect(queue.put([number])) }
    if count == 2 { #expect(queue.take() == [0]) }
    if count == 3 { queue.close() }
  }

  @Test func keepsTheOrder() {
    let queue = BoundedQueue<Int>(capacity: 3)
    let group = DispatchGroup()
    DispatchQueue.global().async(group: group) {
      for number in 0..<1_000 where !queue.put(number) { break }
    }
    #expect((0..<1_000).allSatisfy { queue.take() == $0 })
    group.wait()
  }

  /// Those who wait for room and those who wait for an item.
  @Test(arguments: [true, false]) func closingEndsAllWaiting(isFull: Bool) {
    let queue = BoundedQueue<Int>(capacity: 1)
    if isFull { #expect(queue.put(7)) }
    let begun = Atomic(0)
    let answers = Mutex<[Bool]>([])
    let group = DispatchGroup()
    for _ in 0..<4 {
      DispatchQueue.global().async(group: group) {
        begun.wrappingAdd(1, ordering: .sequentiallyConsistent)
        let answer = isFull ? queue.put(8) : queue.take() != nil
        answers.withLock { $0.append(answer) }
      }
    }
    // Asleep, so that two of these tests leave a processor of two to those they wait for.
    while begun.load(ordering: .sequentiallyConsistent) == 0 { usleep(1000) }
    queue.close()
    group.wait()
    #expect(answers.withLock { $0 } == [false, false, false, false])
    #expect(!queue.put(9) && queue.take() == nil)
  }
}
