import JourneyQuery
import Language
import Rendering
import SourceText

/// What the events tell of a property by which groups of people are made: whether it was there before, or comes of what they did.
struct PropertyTrace {
  let name: String
  let report: PropertyTraceReport

  /// A tenth of those who have it: a few may be mistakes.
  private var few: Int { (report.customers - report.without) / 10 }

  /// Nil where it was there before, as far as these events tell.
  var warning: Answer.Warning? {
    let (customers, without, changing) = (report.customers, report.without, report.changing)
    let told: String
    if report.partly > few, without > customers / 10 {
      told =
        "\(name) is on some events of a customer and not on others, and \(without.grouped) of \(customers.grouped) customers "
        + "have it on none"
    } else if changing > few {
      told =
        "\(name) changes from event to event with \(changing.grouped) of \((customers - without).grouped) customers, and the first "
        + "counts"
    } else {
      return nil
    }
    return Answer.Warning(
      code: .compareByBehaviour,
      message:
        "\(told): it comes of what people did, which goes along with the figure and need not cause it; a property that "
        + "all have and keep, or one of customers, makes groups of what is known before")
  }
}

extension Session {
  fileprivate func trace(_ query: PropertyTraceQuery) throws(Diagnostic) -> PropertyTraceReport {
    let executor = try executor()
    return try apart { [run = run] () throws(ExecutionError) in try query.ask(executor, run) }
  }
}

extension AskedComparison {
  /// Of each property of events that makes the groups and comes of what people did.
  func traces(of groups: [People], _ resolver: Resolver, in session: Session) throws(Diagnostic) -> [Answer.Warning] {
    guard try session.activeSource != nil else { return [] }
    let tests = groups.flatMap(\.tests)
    var (seen, warnings): (Set<String>, [Answer.Warning]) = ([], [])
    for name in tests.map(\.property) where seen.insert(name).inserted {
      guard let property = resolver.vocabulary.property(name, of: .event), property.ofCustomer == nil,
        property.builtin != .customer
      else { continue }
      let query = PropertyTraceQuery(
        name, tests: tests.filter { $0.property == name }.map(\.test), scope: Scope(zone: resolver.vocabulary.zone))
      let trace = PropertyTrace(name: name, report: try session.trace(resolver.complete(query)))
      if let warning = trace.warning { warnings.append(warning) }
    }
    return warnings
  }
}

extension People {
  /// All tests of properties in it.
  fileprivate var tests: [PropertyTest] {
    switch self {
    case .property(let test): [test]
    case .did, .listed: []
    case .not(let inner), .certain(let inner): inner.tests
    case .and(let parts), .or(let parts): parts.flatMap(\.tests)
    }
  }
}
