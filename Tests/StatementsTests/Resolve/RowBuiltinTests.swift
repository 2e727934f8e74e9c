import Foundation
import JourneyTime
import Language
import Rendering
import SourceText
import Testing

@testable import Statements

/// What every event has beside its properties, asked of rows that are no events: it has the right value, or is refused and not offered.
@Suite struct RowBuiltinTests {
  /// What people of whom something is known, and what answers have of it: of u1 and u2, in the order of `rows`.
  private static let ofCustomers: [BuiltinProperty: [String]] = [.customer: ["u1", "u2"]]
  private static let ofAnswers: [BuiltinProperty: [String]] = [
    .customer: ["u1", "u2"], .date: ["2025-03-03", "2025-03-04"], .weekday: ["Mon", "Tue"], .hour: ["11", "12"],
    .time: ["2025-03-03 11:00", "2025-03-04 12:00"],
  ]

  /// Questions of rows, each with a place for a property, and with what rows have of it.
  private static let questions: [(text: String, has: [BuiltinProperty: [String]])] =
    ["show customers where P is missing", "show customers with P", "show customers sort P"].map { ($0, ofCustomers) }
    + ["answers where P is missing", "answers with P", "answers by P", "answers sort P"].map { ($0, ofAnswers) }
    + ["nps", "csat of service", "ces of effort"].flatMap { ["\($0) where P is missing", "\($0) by P"] }
    .map { ($0, ofAnswers) }

  private let session: Session

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("waymark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = [
      ("events.csv", "customer,time,event\nu1,2025-01-01T05:00:00Z,visit\nu2,2025-01-02T06:00:00Z,shop\n"),
      ("crm.csv", "id,plan\nu1,pro\nu2,trial\n"),
      ("scores.csv", "customer,time,score\nu1,2025-03-03T11:00:00Z,4\nu2,2025-03-04T12:00:00Z,5\n"),
    ]
    for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
    session = try Session(opening: nil, directory: folder.path) { Instant(microseconds: 0) }
    for statement in [
      "load events \"events.csv\"", "load customers \"crm.csv\"", "load survey \"scores.csv\" scale nps as shop",
      "load survey \"scores.csv\" scale csat as service", "load survey \"scores.csv\" scale ces as effort",
      "use survey shop",
    ] { _ = try session.execute(statement) }
  }

  @Test(arguments: questions.map(\.text), BuiltinProperty.allCases)
  func `what rows have not is refused`(question: String, property: BuiltinProperty) throws {
    let has = try #require(Self.questions.first { $0.text == question }).has
    // A survey has columns of these names itself.
    let isColumn = !question.hasPrefix("show") && [.touchpoint, .stage].contains(property)
    for name in [property.rawValue, "builtin." + property.rawValue, "event." + property.rawValue] {
      let text = question.replacing("P", with: name)
      let isThere = !name.hasPrefix("event.") && (has[property] != nil || isColumn && !name.hasPrefix("builtin."))
      guard isThere else {
        let error = #expect(throws: Diagnostic.self, "\(text)") { try session.execute(text) }
        #expect(error?.code == .propertyUnknown, "\(text)")
        // Whatever is to be typed instead can be.
        for other in (error?.hint ?? "").split(separator: ", ") {
          #expect(throws: Never.self, "\(text): \(other)") {
            try session.execute(question.replacing("P", with: String(other)))
          }
        }
        continue
      }
      #expect(throws: Never.self, "\(text)") { try session.execute(text) }
    }
  }

  @Test(arguments: ["show customers with P sort P", "answers with P sort P"], BuiltinProperty.allCases)
  func `what rows have is right`(question: String, property: BuiltinProperty) throws {
    let has = question.hasPrefix("show") ? Self.ofCustomers : Self.ofAnswers
    guard let values = has[property] else { return }
    guard case .answer(let answer) = try session.execute(question.replacing("P", with: property.rawValue)) else {
      Issue.record("no answer")
      return
    }
    let column = try #require(answer.tables[0].columns.firstIndex { $0.name == property.rawValue })
    #expect(answer.tables[0].rows.map { $0[column].text() } == values)
  }

  @Test(arguments: questions.map(\.text)) func `what is offered is there`(question: String) throws {
    let has = try #require(Self.questions.first { $0.text == question }).has
    let begun = String(question.prefix { $0 != "P" })
    let offered = Completer(session).candidates(in: begun, at: begun.utf8.count).candidates.map(\.text)
    for property in BuiltinProperty.allCases {
      let isColumn = !question.hasPrefix("show") && [.touchpoint, .stage].contains(property)
      #expect(offered.contains(property.rawValue) == (has[property] != nil || isColumn), "\(begun)\(property)")
    }
  }

  /// People are told by events whatever is asked.
  @Test(arguments: ["show customers", "answers", "nps", "compare nps"])
  func `people have what events have`(question: String) {
    let begun = question + (question.hasPrefix("compare") ? " between " : " for ")
    for property in BuiltinProperty.allCases {
      let text = begun + property.rawValue.prefix(3)
      let offered = Completer(session).candidates(in: text, at: text.utf8.count).candidates.map(\.text)
      #expect(offered.contains(property.rawValue), "\(text)")
    }
    #expect(!Completer(session).candidates(in: "compare nps by ", at: 15).candidates.map(\.text).contains("event"))
  }
}
