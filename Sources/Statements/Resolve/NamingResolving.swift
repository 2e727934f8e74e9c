import JourneyModel
import JourneyQuery
import Language
import SourceText

extension Resolver {
  /// What `using` names steps by. Without it touchpoints, where the map has any, else events; `other` stands for touchpoints.
  func basis(_ clauses: ClausesSyntax, default other: Naming.Basis = .touchpoints) -> Naming.Basis {
    let known = clauses[.using]?.asWord.flatMap(Naming.Basis.init)
    return known ?? (vocabulary.map?.all(.touchpoint).isEmpty ?? true ? .events : other)
  }

  /// What the `using` of a complete statement names steps by.
  func naming(_ complete: ParsedStatement, keepsOthers: Bool = true) throws(Diagnostic) -> Naming {
    try naming(
      basis(complete.clauses), keepsOthers: keepsOthers, at: complete.clauses.spans[.using] ?? complete.span)
  }

  /// Touchpoints or stages with what realises them, in map order; nothing for events.
  func naming(_ basis: Naming.Basis, keepsOthers: Bool, at span: Range<Int>) throws(Diagnostic) -> Naming {
    guard basis != .events else { return Naming() }
    guard let map = vocabulary.map else { throw .noMap(at: span) }
    var rules: [Naming.Rule] = []
    for element in map.all(basis == .stages ? .stage : .touchpoint) {
      rules.append(Naming.Rule(name: element.name, patterns: try events(of: element, at: span)))
    }
    return Naming(basis, rules: rules, keepsOthers: keepsOthers)
  }
}
