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
    var comparison = found.comparison
    comparison.warnings = try asked.warnings(found, resolver, in: session)
    return comparison.answer
  }
}

extension AskedComparison {
  fileprivate func warnings(
    _ found: FoundComparison, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> [Answer.Warning] {
    let comparison = found.comparison
    let warnings = ComparisonWarnings(first: comparison.first, second: comparison.second)
    guard let (first, second) = groups else {
      return try [warnings.window].compactMap(\.self)
        + ComparisonWarnings.spans(found.dates, of: comparison.first.basis, in: comparison.scope.zone)
        + session.incidents(in: found.dates)
    }
    let everyone = [inner.clauses.people, first, second].compactMap(\.self).map(\.canonicalTest).joined(
      separator: " and ")
    let listing =
      question is any SurveyQuestion.Type
      ? "answers for \(everyone)"
      : "count for \(everyone) by \(resolver.vocabulary.name(of: .customer)) top \(found.both)"
    let people = try [first, second].map { (group) throws(Diagnostic) in try resolver.people(group) }
    let traces = try traces(of: people, resolver, in: session)
    return [
      warnings.overlap(found.both, listing: listing), warnings.sizes(expected: expected), warnings.behaviour(people),
    ].compactMap(\.self) + traces
      + [warnings.exposure, warnings.window, ComparisonWarnings.looks(session.looks(at: self, found))]
      .compactMap(\.self)
  }
}

/// Both sides, and what is to be known of them.
struct FoundComparison: Sendable {
  let comparison: GroupComparison
  /// How many people are in both groups.
  let both: Int
  /// Of two periods.
  let dates: [Range<Instant>]
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
  /// Of two groups; nil of two periods.
  private var parted: PartedGroups<Query>?

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
    if kind == .people {
      let groups = PartedGroups(first, second)
      (first, second, parted) = (groups.first, groups.second, groups)
    }
  }

  func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> FoundComparison {
    let both = try parted?.both(executor, run)
    var sides = (
      first: ComparedSide(labels.first, first, try first.ask(executor, run)),
      second: ComparedSide(labels.second, second, try second.ask(executor, run))
    )
    if kind == .dates {
      sides.first.people = try people(first, executor, run)
      sides.second.people = try people(second, executor, run)
    }
    if kind == .people, plain.isOpenEnded {
      sides.first.exposure = try exposure(first, executor, run)
      sides.second.exposure = try exposure(second, executor, run)
    }
    return FoundComparison(
      comparison: GroupComparison(kind, sides.first, sides.second, plain, scope: plain.scope), both: both ?? 0,
      dates: kind == .dates ? [first.scope.during, second.scope.during].compactMap(\.self) : [])
  }

  /// How many have anything in the period.
  private func people(_ side: Query, _ executor: some Executor, _ run: Run) throws(ExecutionError) -> Int {
    var scope = side.scope
    scope.filter = nil
    return try CountQuery(scope: scope).ask(executor, run).total.figures.customers
  }

  /// How long the half of a group was seen, from the first event in the dates that are asked of to the end of these or of the data.
  /// In whole days; nil of nobody, and where the data is of more days than are told apart.
  private func exposure(
    _ side: Query, _ executor: some Executor, _ run: Run
  ) throws(ExecutionError) -> Duration? {
    let anything = Step(label: "*", alternatives: [EventPattern(event: nil)])
    var query = FunnelQuery(path: Path([PathStep(anything)]), window: nil, entry: .first, scope: side.scope)
    query.scope.filter = nil
    query.split.per = .day
    let report: FunnelReport
    do {
      report = try query.ask(executor, run)
    } catch {
      guard case .limit = error else { throw error }
      return nil
    }
    guard let last = report.basis.span?.upperBound else { return nil }
    let end = min(last, query.scope.during?.upperBound ?? last)
    var rest = (report.total.figures.entered + 1) / 2
    for (period, figures) in zip(report.periods, report.total.periods) where rest > 0 {
      rest -= figures.entered
      if rest <= 0 { return Duration(microseconds: end.microseconds - period.start.microseconds) }
    }
    return nil
  }
}
