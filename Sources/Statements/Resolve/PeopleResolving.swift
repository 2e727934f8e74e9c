import JourneyModel
import JourneyQuery
import Language
import SourceText

extension Resolver {
  package func people(_ syntax: PeopleSyntax) throws(Diagnostic) -> People {
    switch syntax {
    case .property(let name, let test):
      let (positive, isNegated) = try propertyTest(name, test)
      return isNegated ? .not(.property(positive)) : .property(positive)
    case .named(let group, let name): return try named(group, name)
    case .saved(let name): return .listed(try customers(of: name))
    case .did(let did): return .did(try self.did(did))
    case .not(let inner): return .not(try people(inner))
    case .and(let parts): return .and(try all(parts))
    case .or(let parts): return .or(try all(parts))
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

  private func all(_ parts: [PeopleSyntax]) throws(Diagnostic) -> [People] {
    var tests: [People] = []
    for part in parts { tests.append(try people(part)) }
    return tests
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
  private func named(_ group: PeopleSyntax.Group?, _ name: NameSyntax) throws(Diagnostic) -> People {
    let segment = group == .persona ? nil : vocabulary.segments[name.text]
    let persona = group == .segment ? nil : vocabulary.tree?.element(ElementReference(.persona, name.text))
    switch (segment, persona) {
    case (let text?, nil): return try definition(text, of: name)
    case (nil, let persona?):
      guard let meaning = persona.meaning else {
        let printed = name.text.writtenAsName()
        throw Diagnostic(
          "persona.undefined", "persona '\(name.text)' does not say who belongs to it", at: name.span,
          hint: "set persona \(printed) as device = \"phone\"")
      }
      return try definition(meaning, of: name)
    case (_?, _?):
      let printed = name.text.writtenAsName()
      throw Diagnostic(
        "people.ambiguous", "'\(name.text)' is a segment and a persona", at: name.span,
        hint: "segment \(printed), or persona \(printed)")
    case (nil, nil):
      throw .unknown("people.unknown", group?.rawValue ?? "segment or persona", name, among: vocabulary.groupNames)
    }
  }

  private func definition(_ text: String, of name: NameSyntax) throws(Diagnostic) -> People {
    do {
      return try inside(name.text, at: name.span).people(Forms.grammar.people(text))
    } catch {
      throw error.inDefinition(of: name.text, at: name.span)
    }
  }

  /// `by persona`, `by segment`: each group with its test, in map order or by name; personas without a definition are left out.
  func groups(_ group: PeopleSyntax.Group, at name: NameSyntax) throws(Diagnostic) -> [NamedPeople] {
    var groups: [NamedPeople] = []
    switch group {
    case .persona:
      for persona in vocabulary.map?.all(.persona) ?? [] {
        guard let meaning = persona.meaning else { continue }
        let syntax = NameSyntax(text: persona.name, isQuoted: false, span: name.span)
        groups.append(NamedPeople(name: persona.name, people: try definition(meaning, of: syntax)))
      }
    case .segment:
      for (segment, text) in vocabulary.segments.sorted(by: { $0.key < $1.key }) {
        let syntax = NameSyntax(text: segment, isQuoted: false, span: name.span)
        groups.append(NamedPeople(name: segment, people: try definition(text, of: syntax)))
      }
    }
    guard !groups.isEmpty else {
      throw Diagnostic(
        "people.none", "no \(group.rawValue) says who belongs to it", at: name.span,
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
