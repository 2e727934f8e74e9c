import JourneyQuery

/// The same query of two groups of people, of whom nobody is in both.
struct PartedGroups<Asked: Query>: Sendable {
  private(set) var first: Asked
  private(set) var second: Asked
  /// Whoever is in both groups; nil where nobody can be.
  private let overlap: Scope?

  /// Takes whoever passes both tests out of both groups. Not those of whom one test is not known: they are in the other group alone.
  init(_ first: Asked, _ second: Asked) {
    (self.first, self.second) = (first, second)
    guard let one = first.scope.people, let other = second.scope.people, !one.excludes(other) else {
      overlap = nil
      return
    }
    var both = first.scope
    (both.filter, both.during, both.people) = (nil, nil, People.and([one, other]).ofNamed)
    overlap = both
    self.first.scope.people = .and([one, .not(.certain(other))])
    self.second.scope.people = .and([other, .not(.certain(one))])
  }

  /// How many people are in both groups, and so in neither.
  func both(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> Int {
    guard let overlap else { return 0 }
    return try CountQuery(scope: overlap).ask(executor, run).total.figures.customers
  }
}
