import JourneyQuery
import JourneyTime
import Language
import Rendering
import Workspace

extension Session {
  /// How many states of the data a comparison was made of, this one too; kept in the workspace, where that may be changed. One of dates that
  /// the data has passed is never made of more.
  func looks(at asked: AskedComparison, _ found: FoundComparison) -> Int {
    let comparison = found.comparison
    guard let last = comparison.first.basis.span?.upperBound,
      comparison.scope.during.map({ $0.upperBound > last }) ?? true
    else { return 1 }
    let sentence = asked.sentence
    guard let looks = try? workspace.looks(at: sentence) else { return 1 }
    guard !looks.contains(last) else { return looks.count }
    // Whoever may only read looks nonetheless.
    try? workspace.keepLook(at: sentence, last)
    return looks.count + 1
  }
}

extension AskedComparison {
  /// What tells the comparison from others: not how its rows are sorted, and not what its answer is called.
  fileprivate var sentence: String {
    var statement = inner
    for clause in [Clause.sort, .as] { statement.clauses.remove(clause) }
    let sides = groups.map { " between \($0.first.canonicalTest) and \($0.second.canonicalTest)" } ?? ""
    return Forms.grammar.canonical(statement) + sides
  }
}
