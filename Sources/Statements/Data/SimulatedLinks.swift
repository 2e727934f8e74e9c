import EventStore
import JourneyModel
import JourneyQuery
import Language
import Simulation

/// The events that realise touchpoints, by their links: what they are called, and values with which conditions of links hold.
struct SimulatedLinks {
  private typealias Values = [(name: String, value: PropertyValue)]

  private let vocabulary: Vocabulary
  /// By property; one whose values are of two kinds is not made.
  private var kinds: [String: Property.Kind] = [MapStory.personaProperty: .text, MapStory.channelProperty: .text]
  /// Touchpoints with a condition for which no values are known.
  private var unmet: [String] = []
  /// Definitions that lie in each other.
  private static let mostDefinitions = 16
  private static let mostNamed = 5

  init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  /// Empty where no link names an event.
  mutating func events(of touchpoint: Element) -> [MapStory.Happening] {
    var made: [MapStory.Happening] = []
    let areMet = touchpoint.links.map { collect($0, [], into: &made, depth: 0) }
    if areMet.contains(false) { unmet.append(touchpoint.name) }
    return made
  }

  /// What is to be said of them.
  var remarks: [String] {
    guard !unmet.isEmpty else { return [] }
    let shown = unmet.prefix(Self.mostNamed).joined(separator: ", ") + (unmet.count > Self.mostNamed ? " …" : "")
    return ["links with conditions that are not simulated, and may match nothing: \(shown)"]
  }

  /// Whether all conditions are met.
  private mutating func collect(
    _ text: String, _ values: Values, into made: inout [MapStory.Happening], depth: Int
  ) -> Bool {
    guard depth < Self.mostDefinitions, let one = try? Forms.grammar.one(text) else { return false }
    return collect(one, values, into: &made, depth: depth)
  }

  private mutating func collect(
    _ one: OneSyntax, _ values: Values, into made: inout [MapStory.Happening], depth: Int
  ) -> Bool {
    guard depth < Self.mostDefinitions else { return false }
    var (values, isMet) = (values, true)
    if let condition = one.condition {
      if let more = Self.values(condition), fit(values + more) { values += more } else { isMet = false }
    }
    switch one.atom {
    case .qualified(.step, let name):
      return collect(vocabulary.steps[name.text] ?? "", values, into: &made, depth: depth + 1) && isMet
    case .name(let name):
      if let step = vocabulary.steps[name.text], !vocabulary.events.contains(name.text) {
        return collect(step, values, into: &made, depth: depth + 1) && isMet
      }
      made.append(MapStory.Happening(name.text, values))
    case .qualified(.event, let name): made.append(MapStory.Happening(name.text, values))
    case .choice(let ones):
      for one in ones { isMet = collect(one, values, into: &made, depth: depth + 1) && isMet }
    case .qualified, .any: break
    }
    return isMet
  }

  /// Whether no property has two values here, or values of another kind elsewhere.
  private mutating func fit(_ values: Values) -> Bool {
    guard Set(values.map(\.name)).count == values.count,
      values.allSatisfy({ (kinds[$0.name] ?? $0.value.kind) == $0.value.kind }),
      values.allSatisfy({ ![MapStory.personaProperty, MapStory.channelProperty].contains($0.name) })
    else { return false }
    for (name, value) in values { kinds[name] = value.kind }
    return true
  }

  /// Values with which a condition holds; nil where none are known.
  private static func values(_ condition: ConditionSyntax) -> Values? {
    switch condition {
    case .test(let test): return value(test).map { $0.map { [(test.property.text, $0)] } ?? [] }
    case .and(let parts):
      var all: Values = []
      for part in parts {
        guard let values = values(part) else { return nil }
        all += values
      }
      return all
    case .or(let parts): return parts.lazy.compactMap { values($0) }.first
    case .not: return nil
    }
  }

  /// A value with which a test holds, or none where it wants that; nil where it is not known.
  private static func value(_ test: TestSyntax) -> PropertyValue?? {
    switch test.content {
    case .compare(let comparison, let value): return self.value(comparison, value.content).map { .some($0) }
    case .contains(let value): return self.value(.equal, value.content).map { .some($0) }
    case .oneOf(let values, negated: false): return values.first.flatMap { value(.equal, $0.content) }.map { .some($0) }
    case .missing(negated: false): return .some(.none)
    case .oneOf, .missing: return .none
    }
  }

  private static func value(_ comparison: Comparison, _ content: ValueSyntax.Content) -> PropertyValue? {
    switch (content, comparison) {
    case (.number(let number), _), (.share(let number), _):
      switch comparison {
      case .equal, .lessOrEqual, .greaterOrEqual: .number(number)
      case .greater, .notEqual: .number(number + 1)
      case .less: .number(number - 1)
      }
    case (.truth(let truth), .equal): .truth(truth)
    case (.truth(let truth), .notEqual): .truth(!truth)
    case (.name(let name), .equal): .text(name.text)
    case (.name(let name), .notEqual): .text(name.text + "-")
    default: nil
    }
  }
}
