import JourneyQuery
import JourneyTime
import Language
import Rendering
import SourceText

/// A question that can be asked of two groups of people, or of two periods.
protocol ComparedQuestion: EventQuestion where Asked: ComparedQuery {}

extension FunnelStatement: ComparedQuestion {}
extension TimeStatement: ComparedQuestion {}
extension RetentionStatement: ComparedQuestion {}
extension ValueStatement: ComparedQuestion {}
extension SessionsStatement: ComparedQuestion {}
extension ConformStatement: ComparedQuestion {}
extension NPSStatement: ComparedQuestion {}
extension CSATStatement: ComparedQuestion {}
extension CESStatement: ComparedQuestion {}

extension ComparedQuestion {
  /// Asks both sides, each as by itself, and sets them against each other.
  static func comparison(
    _ asked: AskedComparison, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> Answer {
    let asking = try asking(asked.inner, resolver, in: session)
    let pair = try ComparedPair<Asked>(asked, asking.resolver) { (statement) throws(Diagnostic) in
      try query(statement, asking.resolver)
    }
    let executor = try asking.executor()
    let found = try session.apart(at: asked.span) { [run = session.run] () throws(ExecutionError) in
      try pair.ask(executor, run)
    }
    return found.answer
  }
}

/// The same query of two groups or periods.
struct ComparedPair<Query: ComparedQuery>: Sendable {
  /// Groups beyond so many are not looked for: of each group of `by` both sides are needed.
  private static var mostGroups: Int { 10_000 }

  private let kind: GroupComparison.Kind
  private var first: Query
  private var second: Query
  private let labels: (first: String, second: String)
  /// Whose figures these are, and of which groups, without what tells the sides apart.
  private let plain: Query

  init(
    _ asked: AskedComparison, _ resolver: Resolver, query: (ParsedStatement) throws(Diagnostic) -> Query
  ) throws(Diagnostic) {
    var inner = asked.inner
    inner.clauses.remove(.sort)
    inner.clauses.remove(.vs)
    var plain = try query(inner)
    if let (one, other) = asked.groups {
      var sides: [Query] = []
      for group in [one, other] {
        var side = inner
        side.clauses[.for] = .people(.all(of: [inner.clauses.people, group].compactMap(\.self)))
        sides.append(try query(side))
      }
      (kind, first, second) = (.people, sides[0], sides[1])
      labels = (one.canonicalTest, other.canonicalTest)
    } else {
      let versus = try resolver.versus(asked.inner.clauses)
      (kind, first, second) = (.dates, plain, plain)
      second.scope.during = versus
      let zone = resolver.vocabulary.zone
      labels = (plain.scope.during?.label(in: zone) ?? "now", versus?.label(in: zone) ?? "before")
    }
    plain = resolver.complete(plain)
    self.plain = plain
    for side in [\Self.first, \Self.second] {
      self[keyPath: side] = resolver.complete(self[keyPath: side])
      self[keyPath: side].keepSamples()
      self[keyPath: side].breakdown?.top = Self.mostGroups
    }
  }

  func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> GroupComparison {
    let both = try inBoth(executor, run)
    return GroupComparison(
      kind, try side(labels.first, first, without: both, executor, run),
      try side(labels.second, second, without: both, executor, run), plain, scope: plain.scope)
  }

  private func side(
    _ label: String, _ query: Query, without both: [String], _ executor: some Executor, _ run: Run
  ) throws(ExecutionError) -> ComparedSide {
    var query = query
    if !both.isEmpty, let people = query.scope.people { query.scope.people = .and([.not(.listed(both)), people]) }
    return ComparedSide(label, query, try query.ask(executor, run))
  }

  /// Who is in both groups, by id. Not who is not in the one for certain: of missing values nothing is known.
  private func inBoth(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> [String] {
    guard kind == .people, let one = first.scope.people, let other = second.scope.people, !one.excludes(other) else {
      return []
    }
    var scope = first.scope
    (scope.filter, scope.during, scope.people) = (nil, nil, .and([one, other]))
    return try CustomersQuery(scope).customers(executor, run).filter { !$0.isEmpty }
  }
}
