/// A question as plain data, and what its answer is.
public protocol Query: Hashable, Sendable, Codable {
  associatedtype Report: Hashable, Sendable

  func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> Report
}
