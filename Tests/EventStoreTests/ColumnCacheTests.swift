import Synchronization
import Testing

@testable import EventStore

@Suite struct ColumnCacheTests {
  /// Asks a slot for its value of so many bytes; whether it had to be made.
  private func isMade(_ slot: ColumnSlot<Int>, _ cache: ColumnCache, bytes: Int = 10) throws -> Bool {
    let made = Mutex(false)
    _ = try slot.value(cache, bytes: { _ in bytes }) { () throws(ColumnFault) in
      made.withLock { $0 = true }
      return 1
    }
    return made.withLock { $0 }
  }

  @Test func `what was made once is kept while it is little, what was made again as long as there is room`() throws {
    let (cache, slots) = (ColumnCache(budget: 100, trial: 30), (0..<6).map { _ in ColumnSlot<Int>() })
    for slot in slots { #expect(try isMade(slot, cache)) }
    #expect(cache.bytes == 30)
    // The last three are there, the first three are made again and stay.
    for slot in slots[3...] { #expect(try !isMade(slot, cache)) }
    for slot in slots[..<3] { #expect(try isMade(slot, cache)) }
    #expect(cache.bytes == 60)
    for slot in slots { #expect(try !isMade(slot, cache)) }
  }

  @Test func `the least recently used is dropped to make room`() throws {
    let (cache, slots) = (ColumnCache(budget: 20, trial: 100), (0..<3).map { _ in ColumnSlot<Int>() })
    _ = try (isMade(slots[0], cache), isMade(slots[1], cache), isMade(slots[0], cache), isMade(slots[2], cache))
    #expect(cache.bytes == 20)
    #expect(try !isMade(slots[0], cache))
    #expect(try isMade(slots[1], cache))
    cache.budget = 0
    #expect(cache.bytes == 0)
  }

  @Test func `what is forgotten leaves no bytes`() throws {
    let (cache, slot) = (ColumnCache(budget: 100, trial: 30), ColumnSlot<Int>())
    _ = try isMade(slot, cache)
    cache.forget([slot])
    #expect(cache.bytes == 0)
    slot.drop()
    // Another that is on trial has all the room again.
    let others = (0..<3).map { _ in ColumnSlot<Int>() }
    for other in others { _ = try isMade(other, cache) }
    #expect(cache.bytes == 30)
  }
}
