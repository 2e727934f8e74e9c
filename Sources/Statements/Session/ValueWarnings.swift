import EventStore
import JourneyQuery
import Language
import Rendering
import SourceText

extension Session {
  /// A property with more values than this is taken for an id: whether it has one is not looked up.
  private static let mostValues = 20_000

  /// Warns of texts that a question compares a property with and that no event, customer or answer has: such a test holds nowhere, and says
  /// so nowhere.
  func warningsOfUnknownValues(in question: ParsedStatement) -> [Answer.Warning] {
    var tests = TextTests()
    guard (try? tests.rewrite(question)) != nil, !tests.found.isEmpty, let vocabulary = try? vocabulary(),
      let executor = try? activeSource?.executor
    else { return [] }
    // A question of rows beside events still asks events for people.
    let statement = Forms.statement(named: question.form) as? any TableQuestion.Type
    let rows = try? statement?.source(question, in: self).engine
    let ofRows = rows.map { vocabulary.ofRows($0.catalog, having: statement?.builtins ?? []) } ?? vocabulary
    var warnings: [Answer.Warning] = []
    for test in tests.found {
      guard let property = (test.isOfPeople ? vocabulary : ofRows).property(test.property, of: test.owner) else {
        continue
      }
      var (who, asked): (String, any Executor) = (property.ofCustomer == nil ? "event" : "customer", executor)
      if let rows, !test.isOfPeople, property.ofCustomer == nil, property.ofEvents == nil {
        (who, asked) = ("answer", rows)
      }
      guard let values = vocabulary.values(of: property, atMost: Self.mostValues, asked, run),
        !values.contains(test.value)
      else { continue }
      let near = nearest(to: test.value, among: values).map { ", the nearest is '\($0)'" } ?? ""
      let warning = Answer.Warning(
        code: .valueUnknown, message: "no \(who) has '\(test.value)' as \(property.name)" + near)
      if !warnings.contains(warning) { warnings.append(warning) }
    }
    return warnings
  }
}

extension Vocabulary {
  /// The texts that a property can be; nil where there are more than `most`, or it is no text.
  func values(
    of property: StoreProperty, atMost most: Int, _ executor: any Executor, _ run: Run
  ) -> [String]? {
    if let builtin = property.builtin { return values(of: builtin) }
    let (name, owner) =
      property.ofCustomer.map { ($0, PropertyOwner.customer) } ?? (property.ofEvents ?? property.name, .event)
    return try? executor.texts(of: name, on: owner, atMost: most, run)
  }
}

/// Finds each property that is compared with a text, whose it is where it is bare, and the text.
private struct TextTests: SyntaxRewriter {
  struct Found {
    let property: String
    let owner: PropertyOwner
    /// Whether it stands in a test on people.
    let isOfPeople: Bool
    let value: String
  }
  private(set) var found: [Found] = []
  private var isOfPeople = false

  mutating func rewrite(_ people: PeopleSyntax) throws(Diagnostic) -> PeopleSyntax {
    isOfPeople = true
    defer { isOfPeople = false }
    return try inside(people)
  }

  mutating func rewrite(_ test: TestSyntax, of owner: PropertyOwner) -> TestSyntax {
    let values: [ValueSyntax] =
      switch test.content {
      case .compare(.equal, let value), .compare(.notEqual, let value): [value]
      case .oneOf(let values, _): values
      default: []
      }
    for case .name(let value) in values.map(\.content) {
      found.append(Found(property: test.property.text, owner: owner, isOfPeople: isOfPeople, value: value.text))
    }
    return test
  }
}

extension DiagnosticCode {
  package static let valueUnknown = DiagnosticCode(
    "value.unknown",
    "A warning: no event, customer or answer has this text as the property, so that the test is true of none.")
}
