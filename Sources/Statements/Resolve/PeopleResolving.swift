import JourneyModel
import JourneyQuery
import Language
import SourceText

extension Resolver {
  /// - Parameter owner: whose properties bare names are that events and customers have.
  package func people(_ syntax: PeopleSyntax, of owner: PropertyOwner = .customer) throws(Diagnostic) -> People {
    if let others { return try people(syntax, of: owner, among: others) }
    switch syntax {
    case .test(.property(let test)):
      let (positive, isNegated) = try propertyTest(test, of: owner)
      return isNegated ? .not(.property(positive)) : .property(positive)
    case .test(.named(let group, let name)): return try named(group, name)
    case .test(.saved(let name)): return .listed(try customers(of: name))
    case .test(.did(let did)): return .did(try self.did(did))
    case .not(let inner): return .not(try people(inner, of: owner))
    case .and(let parts): return .and(try parts.map { (part) throws(Diagnostic) in try people(part, of: owner) })
    case .or(let parts): return .or(try parts.map { (part) throws(Diagnostic) in try people(part, of: owner) })
    }
  }

  /// The customers of a saved `people`, or those who completed a saved funnel; by id.
  private func customers(of name: NameSyntax) throws(Diagnostic) -> [String] {
    let query = try savedPeople(name)
    guard let customers else { throw .noEvents(at: name.span) }
    do {
      return try customers(query)
    } catch {
      throw error.located(at: name.span)
    }
  }

  /// `$lost` as a group of its own, beside all others.
  func groups(in name: NameSyntax) throws(Diagnostic) -> [NamedPeople] {
    let people = People.listed(try customers(of: name))
    return [
      NamedPeople(name: name.asVariable, people: people),
      NamedPeople(name: "not " + name.asVariable, people: .not(people)),
    ]
  }

  private func did(_ syntax: DidSyntax) throws(Diagnostic) -> Did {
    let times: Did.Times =
      switch syntax.times {
      case .exactly(let count): .exactly(count)
      case .atLeast(let count): .atLeast(count)
      case .atMost(let count): .atMost(count)
      }
    let range = try syntax.during.map { (range) throws(Diagnostic) in try self.range(range) }
    return Did(try step(syntax.one), times: times, during: range)
  }

  /// A segment or a persona of the map; one name for two different groups must say which.
  private func named(_ group: PersonTestSyntax.Group?, _ name: NameSyntax) throws(Diagnostic) -> People {
    let segment = group == .persona ? nil : vocabulary.segments[name.text]
    let persona = group == .segment ? nil : vocabulary.tree?.element(ElementReference(.persona, name.text))
    switch (segment, persona) {
    case (let text?, nil): return try definition(text, of: name)
    case (nil, let persona?):
      guard let meaning = persona.meaning else {
        let printed = name.text.writtenAsName()
        throw Diagnostic(
          .personaUndefined, "persona '\(name.text)' does not say who belongs to it", at: name.span,
          hint: "set persona \(printed) as device = \"phone\"")
      }
      return try definition(meaning, of: name)
    case (_?, _?):
      let printed = name.text.writtenAsName()
      throw Diagnostic(
        .peopleAmbiguous, "'\(name.text)' is a segment and a persona", at: name.span,
        hint: "segment \(printed), or persona \(printed)")
    case (nil, nil):
      throw .unknown(.peopleUnknown, group?.rawValue ?? "segment or persona", name, among: vocabulary.groupNames)
    }
  }

  private func definition(_ text: String, of name: NameSyntax) throws(Diagnostic) -> People {
    try definition(of: name.text, at: name.span) { (inner) throws(Diagnostic) in
      try inner.people(Forms.grammar.people(text))
    }
  }

  /// `by persona`, `by segment`: each group with its test, in map order or by name; personas without a definition are left out.
  func groups(_ group: PersonTestSyntax.Group, at name: NameSyntax) throws(Diagnostic) -> [NamedPeople] {
    let texts =
      switch group {
      case .persona: (vocabulary.map?.all(.persona) ?? []).map { ($0.name, $0.meaning) }
      case .segment: vocabulary.segments.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
      }
    var groups: [NamedPeople] = []
    for case (let named, let text?) in texts {
      let syntax = NameSyntax(text: named, isQuoted: false, span: name.span)
      groups.append(NamedPeople(name: named, people: try definition(text, of: syntax)))
    }
    guard !groups.isEmpty else {
      throw Diagnostic(
        .peopleNone, "no \(group.rawValue) says who belongs to it", at: name.span,
        hint: group == .persona ? "set persona NAME as device = \"phone\"" : "define segment NAME as device = \"phone\""
      )
    }
    return groups
  }
}

extension Vocabulary {
  package var groupNames: [String] {
    segments.keys.sorted() + (map?.all(.persona).map(\.name) ?? [])
  }
}

extension DiagnosticCode {
  package static let peopleUnknown = DiagnosticCode(
    "people.unknown", "No segment and no persona has this name.")
  package static let peopleAmbiguous = DiagnosticCode(
    "people.ambiguous", "A segment and a persona have this name. Say which: segment NAME, persona NAME.")
  package static let peopleNone = DiagnosticCode(
    "people.none", "by persona and by segment need at least one that says who belongs to it.")
  package static let personaUndefined = DiagnosticCode(
    "persona.undefined", "The persona does not say who belongs to it; set persona NAME as … does.")
}
