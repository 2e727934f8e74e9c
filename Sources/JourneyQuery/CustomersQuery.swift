/// `show customers`: what is known of people, listed. Each person is held as an event of their own.
public struct CustomersQuery: Query {
  public var list: ListQuery

  public init(_ list: ListQuery) { self.list = list }

  public var scope: Scope {
    get { list.scope }
    set { list.scope = newValue }
  }

  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> ListReport {
    try executor.list(list, run)
  }
}
