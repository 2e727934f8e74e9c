import JourneyQuery

extension EmbeddedEngine {
  /// Sessions, their lengths and sizes. Throws `limit` for too many periods.
  public func sessions(_ query: SessionsQuery, _ run: Run) throws(ExecutionError) -> SessionsReport {
    try deriving(query.scope).cut(query, run, by: SessionsTally.self)
  }
}

extension SessionsQuery: CutQuery {}
