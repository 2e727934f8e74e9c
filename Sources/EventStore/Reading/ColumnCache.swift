import Synchronization

/// Decoded columns under a budget: the least recently used are dropped to make room.
///
/// A column that is decoded for the first time is on trial: of these only so much is kept as a processor's caches hold, so
/// that a single question works in little memory, the same again and again. One that is asked for again after it was dropped
/// is kept (after 2Q: Johnson and Shasha, VLDB 1994).
///
/// What a question is reading stays where it is until the question lets go of it, so the columns of the buckets that are being
/// read come on top of the budget.
package final class ColumnCache: Sendable {
  private struct Entry {
    let slot: any DroppableSlot
    var bytes: Int
    var used: UInt64
    let isOnTrial: Bool
  }
  private struct State {
    var entries: [ObjectIdentifier: Entry] = [:]
    var bytes = 0
    /// Of these, on trial.
    var trialBytes = 0
    var budget: Int
    let trialBudget: Int
    var clock: UInt64 = 0
  }
  private let state: Mutex<State>

  /// - Parameters:
  ///   - budget: bytes of decoded columns to keep.
  ///   - trial: bytes, of these, for columns that were decoded once.
  package init(budget: Int, trial: Int = 24 << 20) {
    state = Mutex(State(budget: budget, trialBudget: trial))
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
  ///
  /// - Parameter isFirst: it was made for the first time.
  func touch(_ slot: some DroppableSlot, bytes: Int, isFirst: Bool) {
    let dropped = state.withLock { state in
      state.clock += 1
      let key = ObjectIdentifier(slot)
      if state.entries[key] != nil {
        state.entries[key]?.used = state.clock
        return [any DroppableSlot]()
      }
      state.entries[key] = Entry(slot: slot, bytes: bytes, used: state.clock, isOnTrial: isFirst)
      state.bytes += bytes
      if isFirst { state.trialBytes += bytes }
      return Self.excess(&state, keeping: key)
    }
    drop(from: dropped)
  }

  /// Forgets what a bucket held that is no more.
  func forget(_ slots: [any DroppableSlot]) {
    state.withLock { state in
      for slot in slots {
        if let entry = state.entries.removeValue(forKey: ObjectIdentifier(slot)) { Self.subtract(entry, &state) }
      }
    }
  }

  private static func excess(_ state: inout State, keeping kept: ObjectIdentifier?) -> [any DroppableSlot] {
    var dropped: [any DroppableSlot] = []
    func drop(where isCandidate: (Entry) -> Bool, until isEnough: (State) -> Bool) {
      guard !isEnough(state) else { return }
      let candidates = state.entries.filter { $0.key != kept && isCandidate($0.value) }
      for (key, entry) in candidates.sorted(by: { $0.value.used < $1.value.used }) {
        state.entries[key] = nil
        subtract(entry, &state)
        dropped.append(entry.slot)
        if isEnough(state) { break }
      }
    }
    drop(where: \.isOnTrial) { $0.trialBytes <= $0.trialBudget }
    drop(where: { _ in true }) { $0.bytes <= $0.budget }
    return dropped
  }

  private static func subtract(_ entry: Entry, _ state: inout State) {
    state.bytes -= entry.bytes
    if entry.isOnTrial { state.trialBytes -= entry.bytes }
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
  private let held = Mutex<(value: Value?, bytes: Int, wasMade: Bool)>((nil, 0, false))

  /// The value, made where it is not there. Who comes meanwhile waits.
  func value(_ cache: ColumnCache, bytes: (Value) -> Int, make: () throws(ColumnFault) -> Value) throws(ColumnFault)
    -> Value
  {
    let (value, size, isFirst) = try held.withLock { held throws(ColumnFault) in
      if let value = held.value { return (value, held.bytes, false) }
      let (made, isFirst) = (try make(), !held.wasMade)
      // Worked out once: it may take looking at every text.
      held = (made, bytes(made), true)
      return (made, held.bytes, isFirst)
    }
    cache.touch(self, bytes: size, isFirst: isFirst)
    return value
  }

  func drop() {
    // Where it is being read at this moment it is in use, and will be noted again.
    _ = held.withLockIfAvailable { $0.value = nil }
  }
}
