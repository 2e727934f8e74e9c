/// `answers`: what people answered, listed. Answers are held as events of their own; what is listed of them is as of events.
public struct AnswersQuery: Query {
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
