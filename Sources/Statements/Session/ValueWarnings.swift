import EventStore
import JourneyQuery
import Language
import Rendering
import SourceText

extension Session {
  /// A property with more values than this is taken for an id: whether it has one is not looked up.
  private static let mostValues = 20_000

  /// Warns of texts that a question compares a property with and that no event has: such a test holds nowhere, and says so nowhere.
  func warningsOfUnknownValues(in question: ParsedStatement) -> [Answer.Warning] {
    var tests = TextTests()
    guard (try? tests.rewrite(question)) != nil, !tests.found.isEmpty, let vocabulary = try? vocabulary(),
      let executor = try? activeSource?.executor
    else { return [] }
    var warnings: [Answer.Warning] = []
    for (name, value) in tests.found {
      let property = vocabulary.properties.first { $0.name == name || "event." + $0.name == name }
      let known: [String]?
      if let property {
        known = try? executor.texts(of: property.name, atMost: Self.mostValues, run)
      } else {
        known = vocabulary.builtin(name).flatMap(vocabulary.values(of:))
      }
      guard let values = known else { continue }
      guard !values.contains(value) else { continue }
      let near = nearest(to: value, among: values).map { ", the nearest is '\($0)'" } ?? ""
      let warning = Answer.Warning(
        code: .valueUnknown, message: "no event has '\(value)' as \(property?.name ?? name)" + near)
      if !warnings.contains(warning) { warnings.append(warning) }
    }
    return warnings
  }
}

/// Finds each property that is compared with a text, and the text.
private struct TextTests: SyntaxRewriter {
  private(set) var found: [(property: String, value: String)] = []

  mutating func rewrite(_ test: TestSyntax) -> TestSyntax {
    let values: [ValueSyntax] =
      switch test.content {
      case .compare(.equal, let value), .compare(.notEqual, let value): [value]
      case .oneOf(let values, _): values
      default: []
      }
    for case .name(let value) in values.map(\.content) { found.append((test.property.text, value.text)) }
    return test
  }
}

extension DiagnosticCode {
  package static let valueUnknown = DiagnosticCode(
    "value.unknown", "A warning: no event has this text as the property, so that the test is true of none.")
}
