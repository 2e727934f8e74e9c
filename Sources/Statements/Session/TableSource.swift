import EventStore
import JourneyEngine
import JourneyQuery
import Language
import SourceText

/// Rows of the workspace as events of their own, so that they are asked as events are: what people answered, what is known of them.
protocol TableSource {
  var store: EventStore { get }
  /// What is known of the customers of these rows.
  var people: PersonTable? { get }
}

extension TableSource {
  var engine: EmbeddedEngine { EmbeddedEngine(store, people: people) }
}

extension Session {
  /// Reads questions of rows: their properties are those of the rows, and people are those of the events in use and those that are known
  /// beside them.
  func resolver(of source: some TableSource, beside known: Resolver) -> Resolver {
    known.ofRows(source.engine.catalog) { [unowned self] (people, builtins) throws(Diagnostic) in
      let rows = source.engine
      guard try activeSource != nil else { return try customers(of: rows, passing: people, builtins) }
      let events = try executor()
      let found = try customers(of: events, passing: people, builtins)
      // Whoever has no events did nothing, and what only events tell of them is missing.
      let others = try customers(of: rows, passing: people, builtins)
      return try found + Set(others).subtracting(customers(of: events, passing: .listed(others), []))
    }
  }

  /// Who passes a test, by id.
  private func customers(
    of executor: some Executor, passing people: People, _ builtins: [Builtin]
  ) throws(Diagnostic) -> [String] {
    let id = Builtin("builtin.customer", .customer)
    let scope = Scope(people: people, zone: try zone, builtins: builtins.filter { $0.name != id.name } + [id])
    let query = CountQuery(
      scope: scope, split: Split(breakdown: Breakdown(keys: [.property(id.name)], names: [id.name], top: .max)))
    let report = try apart { [run = run] () throws(ExecutionError) in try query.ask(executor, run) }
    return report.groups.compactMap { group in
      if case .values(let values) = group.key { values.first ?? nil } else { nil }
    }
  }
}
