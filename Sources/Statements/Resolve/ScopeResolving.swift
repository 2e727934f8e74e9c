import JourneyQuery
import JourneyTime
import Language
import SourceText

extension Resolver {
  /// `where`, `for` and `during`.
  func scope(_ parsed: ParsedStatement) throws(Diagnostic) -> Scope {
    let clauses = parsed.clauses
    var scope = Scope(zone: vocabulary.zone)
    scope.filter = try clauses.filter.map { (filter) throws(Diagnostic) in try condition(filter) }
    scope.people = try clauses.people.map { (people) throws(Diagnostic) in try self.people(people) }
    scope.during = try clauses.during.map { (range) throws(Diagnostic) in try self.range(range) }
    return scope
  }

  /// `by` with its `at` and `top`, `per` and `vs`.
  ///
  /// - Parameter path: what `at` names a step of; nil where there are no steps.
  func split(_ complete: ParsedStatement, in path: Path? = nil) throws(Diagnostic) -> Split {
    Split(
      breakdown: try breakdown(complete, in: path), per: complete.clauses.per, versus: try versus(complete.clauses))
  }

  /// `vs`; nil without it.
  func versus(_ clauses: ClausesSyntax) throws(Diagnostic) -> Range<Instant>? {
    guard let versus = clauses[.vs] else { return nil }
    guard let during = clauses.during else {
      throw Diagnostic(
        .clauseNeeds, "'vs' holds a second period against the one of 'during'", at: clauses.spans[.vs],
        hint: "during 2025-Q3 vs 2025-Q2")
    }
    return if case .range(let dates) = versus { try range(dates) } else { try previous(during) }
  }

  /// Personas or segments, where `by` means these and no property.
  func group(by name: NameSyntax) -> PersonTestSyntax.Group? {
    guard !name.isQuoted, !vocabulary.properties.contains(where: { $0.name == name.text }) else { return nil }
    return PersonTestSyntax.Group(rawValue: name.text)
  }

  /// `by p, q at s top n`; nil without `by`.
  ///
  /// - Parameter top: how many groups have rows of their own where `top` is of something else.
  func breakdown(_ complete: ParsedStatement, in path: Path? = nil, top: Int? = nil) throws(Diagnostic) -> Breakdown? {
    let clauses = complete.clauses
    guard !clauses.by.isEmpty else {
      if let span = clauses.spans[.at] ?? clauses.spans[.top], top == nil {
        let clause = clauses.spans[.at] == nil ? "top" : "at"
        throw Diagnostic(
          .clauseNeeds, "'\(clause)' says more of 'by', and there is none", at: span, hint: "by device")
      }
      return nil
    }
    var (keys, names): ([Breakdown.Key], [String]) = ([], [])
    for name in clauses.by {
      if name.isVariable {
        keys.append(.people(try groups(in: name)))
        names.append(name.asVariable)
      } else if let group = group(by: name) {
        keys.append(.people(try groups(group, at: name)))
        names.append(name.text)
      } else {
        let property = try property(name)
        keys.append(.property(property.name))
        names.append(property.name)
      }
    }
    var step = 0
    if let spot = clauses.at, let path { step = try index(of: spot, in: path) }
    let isByCalendar = vocabulary.isByCalendar(clauses.by)
    // All of a calendar, unless a top of theirs says otherwise.
    let most: Int
    if let top {
      most = isByCalendar ? .max : top
    } else if isByCalendar {
      most = clauses.top ?? .max
    } else {
      most = try complete.needed(\.top)
    }
    return Breakdown(keys: keys, names: names, step: step, top: most, isByCalendar: isByCalendar)
  }
}

extension DiagnosticCode {
  package static let clauseNeeds = DiagnosticCode(
    "clause.needs", "The clause says more of another one, and that one is missing.")
}
