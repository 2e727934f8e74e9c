import Synchronization

/// Decoded columns under a budget: the least recently used are dropped to make room.
///
/// What a question is reading stays where it is until the question lets go of it, so the columns of the buckets that are being
/// read come on top of the budget.
package final class ColumnCache: Sendable {
  private struct Entry {
    let slot: any DroppableSlot
    var bytes: Int
    var used: UInt64
  }
  private struct State {
    var entries: [ObjectIdentifier: Entry] = [:]
    var bytes = 0
    var budget: Int
    var clock: UInt64 = 0
  }
  private let state: Mutex<State>

  /// - Parameter budget: bytes of decoded columns to keep.
  package init(budget: Int) {
    state = Mutex(State(budget: budget))
  }

  package var budget: Int {
    get { state.withLock { $0.budget } }
    set {
      drop(
        from: state.withLock { state in
          state.budget = newValue
          return Self.excess(&state, keeping: nil)
        })
    }
  }

  /// Bytes of the columns that are held.
  package var bytes: Int { state.withLock { $0.bytes } }
  package func bytes(of slot: some DroppableSlot) -> Int {
    state.withLock { $0.entries[ObjectIdentifier(slot)]?.bytes ?? 0 }
  }

  /// Notes that a slot holds so much and was used now.
  func touch(_ slot: some DroppableSlot, bytes: Int) {
    let dropped = state.withLock { state in
      state.clock += 1
      let key = ObjectIdentifier(slot)
      if state.entries[key] != nil {
        state.entries[key]?.used = state.clock
        return [any DroppableSlot]()
      }
      state.entries[key] = Entry(slot: slot, bytes: bytes, used: state.clock)
      state.bytes += bytes
      return Self.excess(&state, keeping: key)
    }
    drop(from: dropped)
  }

  /// Forgets what a bucket held that is no more.
  func forget(_ slots: [any DroppableSlot]) {
    state.withLock { state in
      for slot in slots {
        state.bytes -= state.entries.removeValue(forKey: ObjectIdentifier(slot))?.bytes ?? 0
      }
    }
  }

  private static func excess(_ state: inout State, keeping kept: ObjectIdentifier?) -> [any DroppableSlot] {
    var dropped: [any DroppableSlot] = []
    guard state.bytes > state.budget else { return dropped }
    for (key, entry) in state.entries.sorted(by: { $0.value.used < $1.value.used }) where key != kept {
      state.entries[key] = nil
      state.bytes -= entry.bytes
      dropped.append(entry.slot)
      if state.bytes <= state.budget { break }
    }
    return dropped
  }

  private func drop(from slots: [any DroppableSlot]) {
    for slot in slots { slot.drop() }
  }
}

/// What may hold a decoded column.
package protocol DroppableSlot: AnyObject, Sendable {
  func drop()
}

/// One column: empty, or decoded.
final class ColumnSlot<Value: Sendable>: DroppableSlot {
  private let held = Mutex<Value?>(nil)

  /// The value, made where it is not there. Who comes meanwhile waits.
  func value(_ cache: ColumnCache, bytes: (Value) -> Int, make: () throws(ColumnFault) -> Value) throws(ColumnFault)
    -> Value
  {
    let value = try held.withLock { held throws(ColumnFault) in
      if let held { return held }
      let made = try make()
      held = made
      return made
    }
    cache.touch(self, bytes: bytes(value))
    return value
  }

  func drop() {
    // Where it is being read at this moment it is in use, and will be noted again.
    _ = held.withLockIfAvailable { $0 = nil }
  }
}
