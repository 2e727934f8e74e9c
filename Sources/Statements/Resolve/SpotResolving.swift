import JourneyQuery
import Language
import SourceText

extension Resolver {
  /// The step of a path that is meant: by number from 1, or by what it is; one that occurs twice must be named by number.
  package func index(of spot: SpotSyntax, in path: Path) throws(Diagnostic) -> Int {
    switch spot.content {
    case .number(let number):
      guard path.steps.indices.contains(number - 1) else {
        throw Diagnostic(
          .spotUnknown, "the path has \(path.steps.count) steps, and no step \(number)", at: spot.span,
          hint: "a number from 1 to \(path.steps.count)")
      }
      return number - 1
    case .one(let one):
      let label = one.canonical()
      var found = path.steps.indices.filter { path.steps[$0].step.label == label }
      if found.isEmpty {
        let wanted = Set(try step(one).alternatives)
        found = path.steps.indices.filter { Set(path.steps[$0].step.alternatives) == wanted }
      }
      guard let index = found.first else {
        throw Diagnostic(
          .spotUnknown, "'\(label)' is no step of the path", at: spot.span,
          hint: path.steps.map(\.step.label).joined(separator: ", "))
      }
      guard found.count == 1 else {
        throw Diagnostic(
          .spotAmbiguous, "'\(label)' occurs \(found.count) times in the path", at: spot.span,
          hint: found.map { "at \($0 + 1)" }.joined(separator: ", or "))
      }
      return index
    }
  }
}

extension DiagnosticCode {
  package static let spotUnknown = DiagnosticCode(
    "spot.unknown", "The path has no such step. Steps are named as in the path, or by their number from 1.")
  package static let spotAmbiguous = DiagnosticCode(
    "spot.ambiguous", "The step occurs more than once in the path; its number says which is meant.")
}
