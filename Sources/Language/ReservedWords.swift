import JourneyModel

/// A place where keywords win over a name that could stand there too, and which these are.
package struct ReservedPlace: Hashable, Sendable {
  /// `after count`, `at the start of a step`.
  package var place: String
  /// In alphabetical order.
  package var words: [String]
}

extension Grammar {
  /// Names that must be quoted or qualified, by place: computed from the openings of operands and from the forms.
  package var reserved: [ReservedPlace] {
    var places = [
      ReservedPlace("at the start of a step", Competing.step),
      ReservedPlace("at the start of a test in where or behind a step", Competing.check),
      ReservedPlace("as a segment or persona in for, between and as", Competing.person),
      ReservedPlace("after did, persona or segment", Competing.afterGroup.union(Competing.step)),
      ReservedPlace("as a value", Competing.value),
      ReservedPlace("after to, after or before in a place", Competing.node),
      ReservedPlace("after as in add and set", asks.dueVerbs.keywords),
      ReservedPlace(
        "after = in let",
        binding.keywords.subtracting(Competing.step).subtracting(asks.verbs.keywords).union(asks.dueVerbs.keywords)),
    ]
    for form in forms where form.isDue { collect(form.syntax[...], after: "", then: [], &places) }
    return places
  }

  /// Adds the places within `items`, which stand after the words `written`.
  private func collect(
    _ items: ArraySlice<Syntax>, after written: String, then follow: [Expectation],
    _ places: inout [ReservedPlace]
  ) {
    var written = written
    for (index, item) in zip(items.indices, items) {
      let rest = first(items[(index + 1)...], then: follow)
      switch item {
      case .word(let word): written += (written.isEmpty ? "" : " ") + word
      case .optional(let content), .repeated(let content):
        let opening = first(content[...])
        if opening.takesName { add(written, opening.keywords.union(rest.keywords), opening, &places) }
        collect(content[...], after: written, then: rest, &places)
      case .choice(let alternatives):
        let opening = alternatives.flatMap { first($0[...]) }
        if opening.takesName { add(written, opening.keywords, opening, &places) }
        for alternative in alternatives { collect(alternative[...], after: written, then: rest, &places) }
      case .slot(let label, _): written += (written.isEmpty ? "" : " ") + label.uppercased()
      case .symbol(let symbol): written += " " + symbol.rawValue
      case .clauses: break
      }
    }
  }

  /// What a step brings with it is said once, at the start of a step.
  private func add(
    _ written: String, _ words: Set<String>, _ opening: [Expectation], _ places: inout [ReservedPlace]
  ) {
    let known = words.subtracting(asks.verbs.keywords.subtracting(asks.dueVerbs.keywords))
    let own = opening.contains(.name(.step)) ? known.subtracting(Competing.step) : known
    let place = ReservedPlace("after \(written)", own)
    if !own.isEmpty, !places.contains(place) { places.append(place) }
  }
}

extension ReservedPlace {
  fileprivate init(_ place: String, _ words: Set<String>) {
    self.init(place: place, words: words.sorted())
  }
}
