import JourneyQuery

extension EmbeddedEngine {
  /// What customers bring, in all and each. Throws `limit` for too many periods.
  public func value(_ query: ValueQuery, _ run: Run) throws(ExecutionError) -> ValueReport {
    try cut(query, run, by: ValueTally.self)
  }
}

extension ValueQuery: CutQuery {}
