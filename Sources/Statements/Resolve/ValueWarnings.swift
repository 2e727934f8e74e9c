import EventStore
import JourneyQuery
import Language
import SourceText

extension Session {
  /// A property with more values than this is taken for an id: whether it has one is not looked up.
  private static let mostValues = 20_000

  /// Warns of texts that a question compares a property with and that no event has: such a test holds nowhere, and says so nowhere.
  func warningsOfUnknownValues(in question: ParsedStatement) -> [Answer.Warning] {
    let tests = question.textTests
    guard !tests.isEmpty, let active = try? workspace.activeEventsName(), let store = try? workspace.events(active)
    else {
      return []
    }
    var warnings: [Answer.Warning] = []
    for (name, value) in tests {
      let property = store.schema.properties.first { $0.name == name || "event." + $0.name == name }
      guard let property, property.kind == .text, property.valueCount <= Self.mostValues else { continue }
      let values = property.dictionary
      guard !values.contains(value) else { continue }
      let near = nearest(to: value, among: values).map { ", the nearest is '\($0)'" } ?? ""
      let warning = Answer.Warning(
        code: "value.unknown", message: "no event has '\(value)' as \(property.name)" + near)
      if !warnings.contains(warning) { warnings.append(warning) }
    }
    return warnings
  }
}

extension ParsedStatement {
  /// Each property that is compared with a text, and the text.
  fileprivate var textTests: [(property: String, value: String)] {
    var tests = TextTests()
    for argument in arguments { tests.add(argument.value) }
    clauses.filters.forEach { tests.add($0) }
    if let people = clauses.people { tests.add(people) }
    clauses.without.forEach { tests.add($0) }
    return tests.found
  }
}

/// Gathers tests from all over a statement; as deep as the parser lets it be.
private struct TextTests {
  private(set) var found: [(property: String, value: String)] = []

  mutating func add(_ argument: Argument) {
    switch argument {
    case .path(.steps(let steps, _)): steps.forEach { add($0.one) }
    case .one(let one): add(one)
    case .condition(let condition): add(condition)
    case .people(let people): add(people)
    case .statement(let statement): found += statement.textTests
    default: return
    }
  }

  mutating func add(_ one: OneSyntax) {
    if let condition = one.condition { add(condition) }
    if case .choice(let ones) = one.atom { ones.forEach { add($0) } }
  }

  mutating func add(_ condition: ConditionSyntax) {
    switch condition {
    case .test(let name, let test): add(name, test)
    case .not(let inner): add(inner)
    case .and(let parts), .or(let parts): parts.forEach { add($0) }
    }
  }

  mutating func add(_ people: PeopleSyntax) {
    switch people {
    case .property(let name, let test): add(name, test)
    case .did(let did): add(did.one)
    case .not(let inner): add(inner)
    case .and(let parts), .or(let parts): parts.forEach { add($0) }
    case .named, .saved: return
    }
  }

  private mutating func add(_ name: NameSyntax, _ test: TestSyntax) {
    let values: [ValueSyntax] =
      switch test.content {
      case .compare(.equal, let value), .compare(.notEqual, let value): [value]
      case .oneOf(let values, _): values
      default: []
      }
    for case .name(let value) in values.map(\.content) { found.append((name.text, value.text)) }
  }
}
