/// A question as plain data, and what its answer is.
public protocol Query: Hashable, Sendable, Codable {
  associatedtype Report: Hashable, Sendable

  /// Which events of which people it looks at.
  var scope: Scope { get set }

  func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> Report
}
