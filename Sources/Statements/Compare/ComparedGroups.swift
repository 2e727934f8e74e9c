import Language
import SourceText

// `between A and B` of a statement that asks a question of two groups.
extension ParsedStatement {
  /// Both groups as they are read where `for` of the question would read them: of surveys people are told by other names than answers. Nil
  /// without them.
  func groups(
    of asked: ParsedStatement, _ question: any Question.Type, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> (first: PeopleSyntax, second: PeopleSyntax)? {
    var written: [PeopleSyntax] = []
    for side in [self["first"], self["second"]].compactMap({ $0?.asPeople }) {
      var one = asked
      one.clauses[.for] = .people(side)
      if let people = try question.canonical(one, resolver, in: session).clauses.people { written.append(people) }
    }
    return written.count == 2 ? (written[0], written[1]) : nil
  }

  /// With both groups written out; as it is without them.
  func between(_ groups: (first: PeopleSyntax, second: PeopleSyntax)?) -> ParsedStatement {
    guard let groups else { return self }
    var copy = self
    for index in copy.arguments.indices {
      switch copy.arguments[index].label {
      case "first": copy.arguments[index].value = .people(groups.first)
      case "second": copy.arguments[index].value = .people(groups.second)
      default: continue
      }
    }
    return copy
  }
}
