/// Whether a store still holds what it held: a hash of all its events with their properties, of whole journeys.
public struct FingerprintQuery: Query {
  /// The whole store.
  public var scope = Scope()

  public init() {}

  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> StoreFingerprint {
    try executor.fingerprint(self, run)
  }
}

/// Equal for stores of the same journeys, however they are cut into parts and numbered.
public struct StoreFingerprint: Hashable, Sendable, Codable {
  /// The sum of one hash for each customer, modulo 2^64.
  public var sum: UInt64
  public var events: Int

  public init(sum: UInt64 = 0, events: Int = 0) {
    (self.sum, self.events) = (sum, events)
  }
}
