import EventStore
import Foundation
import GRDB
import JourneyQuery
import JourneyTime
import Testing

@testable import Workspace

@Suite struct PeopleTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func source(_ kind: String, of store: String = "") -> LoadedSource {
    LoadedSource(
      kind: kind, store: store, file: "f.csv", size: 1, fingerprint: "a", rows: 1, badRows: 0,
      at: Instant(microseconds: 0), roles: "")
  }

  private let details = [
    RowDetail(name: "plan", kind: .text), RowDetail(name: "seats", kind: .number),
    RowDetail(name: "paid", kind: .truth),
    RowDetail(name: "since", kind: .time),
  ]

  /// `u1 plan=pro seats=3`, by id.
  private func lines(_ workspace: Workspace) throws -> [String] {
    guard let table = try workspace.people() else { return [] }
    let rows = try table.rows()
    return rows.customers.indices.map { row in
      let values = table.properties.indices.compactMap { index in
        rows.value(of: index, at: row).map { "\(table.properties[index].name)=\($0.text)" }
      }
      return ([rows.customers[row]] + values).joined(separator: " ")
    }
  }

  private func add(_ rows: [CustomerRow], _ details: [RowDetail], to workspace: Workspace) throws -> CustomerChange {
    try workspace.addCustomers(rows, details, from: source("customers"))
  }

  @Test func peopleAreAddedAndUpdated() throws {
    let workspace = try Workspace(opening: folder.file(), as: .new)
    #expect(try workspace.people() == nil && workspace.customerDetails().isEmpty)
    let first = try add(
      [
        CustomerRow(
          customer: "u2",
          values: [("plan", .text("a \"b\"\\\n\u{1F600}")), ("seats", .number(0.1)), ("since", .time(1_000_001))]),
        CustomerRow(customer: "u10", values: [("paid", .truth(true))]),
      ], details, to: workspace)
    #expect(first == CustomerChange(added: 2))
    let second = try add(
      [CustomerRow(customer: "u2", values: [("seats", .text("many"))]), CustomerRow(customer: "ü", values: [])],
      [RowDetail(name: "seats", kind: .text), RowDetail(name: "city", kind: .text)], to: workspace)
    #expect(second == CustomerChange(added: 1, updated: 1, becameText: ["seats"]))
    let again = try Workspace(opening: folder.file())
    for read in [workspace, again] {
      #expect(
        try lines(read) == [
          "u10 paid=true", "u2 plan=a \"b\"\\\n\u{1F600} seats=many since=1970-01-01T00:00:01.000001Z", "ü",
        ])
      #expect(
        try read.customerCount() == 3
          && read.customerDetails().map(\.name) == ["plan", "seats", "paid", "since", "city"])
      #expect(read.takeAlterations().isEmpty)
    }
    #expect(try again.customer("u2")?.map(\.name) == ["plan", "seats", "since"])
    try again.forgetCustomers()
    #expect(try again.people() == nil && again.customerCount() == 0 && again.customerDetails().isEmpty)
  }

  /// A number keeps every bit, whatever SQLite makes of it.
  @Test func numbersAreExact() throws {
    let workspace = try Workspace(opening: folder.file(), as: .new)
    let numbers: [Double] = [0.1, 1.0 / 3, 1e300, -2.5e-308, 4_503_599_627_370_497.5, 9_007_199_254_740_994, -0.0]
    _ = try add(
      numbers.enumerated().map { CustomerRow(customer: "u\($0)", values: [("n", .number($1))]) },
      [RowDetail(name: "n", kind: .number)], to: workspace)
    let table = try #require(try workspace.people())
    let rows = try table.rows()
    for (index, number) in numbers.enumerated() {
      #expect(rows.value(of: 0, at: index) == .number(number))
    }
  }

  @Test(arguments: [
    "UPDATE customer SET properties = '{\"plan\":\"free\"}' WHERE customer = 'u1'",
    "DELETE FROM customer WHERE customer = 'u1'", "INSERT INTO customer VALUES ('u3', '{}')",
  ])
  func whatOthersChangeIsSaid(sql: String) throws {
    let workspace = try Workspace(opening: folder.file(), as: .new)
    _ = try add(
      ["u1", "u2"].map { CustomerRow(customer: $0, values: [("plan", .text("pro"))]) }, details, to: workspace)
    let queue = try DatabaseQueue(path: folder.file())
    try queue.write { try $0.execute(sql: sql) }
    let opened = try Workspace(opening: folder.file())
    _ = try opened.people()?.rows()
    #expect(opened.takeAlterations().map(\.part) == [.rows(table: "customer")])
    #expect(opened.takeAlterations().isEmpty, "once")
  }

  @Test func whatIsNoObjectIsDamage() throws {
    let workspace = try Workspace(opening: folder.file(), as: .new)
    _ = try add([CustomerRow(customer: "u1", values: [("plan", .text("pro"))])], details, to: workspace)
    for text in [
      "", "{", "{\"plan\":}", "{\"plan\":\"pro\"} ", "[1]", "{\"a\":\"\\ud800\"}", "{\"a\":1e999}", "{\"a\":1,}",
    ] {
      let queue = try DatabaseQueue(path: folder.file())
      try queue.write { try $0.execute(sql: "UPDATE customer SET properties = ?", arguments: [text]) }
      let table = try #require(try Workspace(opening: folder.file()).people())
      #expect(throws: ReadingFault.self, "\(text)") { try table.rows() }
    }
  }

  @Test func answersAndCostsComeBack() throws {
    let workspace = try Workspace(opening: folder.file(), as: .new)
    let answers = [
      AnswerRow(
        customer: "u1", at: Instant(microseconds: 5), score: 9, comment: "a,\"b\"", touchpoint: "Cart", channel: nil,
        values: [("agent", .text("Kim"))]),
      AnswerRow(
        customer: nil, at: Instant(microseconds: -7), score: 0, comment: nil, touchpoint: nil, channel: "web",
        values: []),
    ]
    let agent = [RowDetail(name: "agent", kind: .text)]
    try workspace.addAnswers(answers, scale: "nps", agent, to: "main", from: source("survey", of: "main"))
    try workspace.addAnswers(answers, scale: "nps", [], to: "main", from: source("survey", of: "main"))
    try workspace.addAnswers([], scale: "ces", [], to: "effort", from: source("survey", of: "effort"))
    let dates = Instant(microseconds: 0)..<Instant(microseconds: 86_400_000_000)
    try workspace.addCosts([ChannelCost(channel: "tv", dates: dates, cost: 0.1)], from: source("spend"))
    let opened = try Workspace(opening: folder.file())
    #expect(
      try opened.surveys() == [
        StoredSurvey(name: "main", scale: "nps", answers: 4, details: agent),
        StoredSurvey(name: "effort", scale: "ces", answers: 0, details: []),
      ])
    #expect(try opened.activeSurveyName() == "effort")
    let found = try opened.answers(of: "main")
    #expect(found.map(\.score) == [9, 0, 9, 0] && found.map(\.customer) == ["u1", nil, "u1", nil])
    #expect(found[0].values.map { "\($0.name) \($0.value.text)" } == ["agent Kim"] && found[0].comment == "a,\"b\"")
    #expect(found[1].at == Instant(microseconds: -7) && found[1].channel == "web" && found[1].touchpoint == nil)
    #expect(try opened.spend() == Spend([ChannelCost(channel: "tv", dates: dates, cost: 0.1)]))
    try opened.forgetSurvey("main")
    #expect(try opened.surveys().map(\.name) == ["effort"] && opened.sources().map(\.kind) == ["survey", "spend"])
    try opened.forgetCosts()
    #expect(try opened.spend() == nil && opened.takeAlterations().isEmpty)
  }

  /// Format 3 knew nothing of people: it is read as it is where it may not be written, and brought up to date elsewhere.
  @Test func filesOfFormatThree() throws {
    let queue = try DatabaseQueue(path: folder.file())
    try Schema.migrate(queue, upTo: 3)
    try queue.close()
    let reading = try Workspace(opening: folder.file(), as: .readOnly)
    #expect(try reading.people() == nil && reading.surveys().isEmpty && reading.spend() == nil)
    #expect(try reading.customerDetails().isEmpty && reading.read { try Schema.format(of: $0) } == 3)
    let workspace = try Workspace(opening: folder.file())
    _ = try add([CustomerRow(customer: "u1", values: [])], details, to: workspace)
    #expect(try lines(Workspace(opening: folder.file())) == ["u1"])
    #expect(workspace.takeAlterations().isEmpty)
  }

  /// Each event with all that it has, bucket by bucket.
  private func events(of store: EventStore) -> [String] {
    store.buckets.flatMap { bucket in
      bucket.customers.enumerated().flatMap { index, customer in
        bucket.rows(of: index).map { row in
          let values = store.schema.properties.indices.map {
            bucket.value(of: $0, at: row, in: store.schema)?.text ?? ""
          }
          return ([customer, String(bucket.instants[row]), store.schema.events[bucket.events[row]]] + values).joined(
            separator: " ")
        }
      }
    }
  }

  /// Nothing of a person is left in the file, also not in room that nothing uses.
  @Test func aPersonIsErased() throws {
    let workspace = try Workspace(opening: folder.file(), as: .new)
    var rows: [EventRow] = []
    for customer in ["alpha", "bravo", "zulu"] {
      for index in 0..<40 {
        let name = customer == "bravo" && index == 3 ? "bravo-event" : "visit"
        let properties: [(name: String, value: PropertyValue)] = [
          ("mail", .text("\(customer)@x")), ("plan", .text("pro")), ("n", .number(Double(index))),
        ]
        rows.append(
          EventRow(customer: "\(customer)-id", instant: Int64(index), name: name, properties: properties))
      }
    }
    let store = EventStore(rows: rows, buckets: 4)
    try workspace.saveEvents(store, as: "main", from: source("events", of: "main"), at: Instant(microseconds: 0))
    _ = try add(
      ["alpha-id", "bravo-id"].map { CustomerRow(customer: $0, values: [("plan", .text("plan of \($0)"))]) }, details,
      to: workspace)
    let answers = ["alpha-id", "bravo-id", "bravo-id"].map { (customer: String) in
      AnswerRow(
        customer: customer, at: Instant(microseconds: 1), score: 1, comment: "said by \(customer)", touchpoint: nil,
        channel: nil,
        values: [])
    }
    try workspace.addAnswers(answers, scale: "nps", [], to: "main", from: source("survey", of: "main"))
    let gone = try workspace.forget(customer: "bravo-id", at: Instant(microseconds: 9))
    #expect(gone.events.map { "\($0.store) \($0.count)" } == ["main 40"] && gone.answers == 2 && gone.wasKnown)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.file()))
    #expect(!bytes.contains("bravo") && bytes.contains("alpha"))
    let opened = try Workspace(opening: folder.file())
    let kept = EventStore(rows: rows.filter { $0.customer != "bravo-id" }, buckets: 4)
    let found = try opened.events("main")
    #expect(found.schema.events == kept.schema.events)
    #expect(events(of: found) == events(of: kept))
    #expect(try lines(opened) == ["alpha-id plan=plan of alpha-id"] && opened.answers(of: "main").count == 1)
    #expect(opened.takeAlterations().isEmpty)
    #expect(try opened.forget(customer: "bravo-id", at: Instant(microseconds: 9)).isNothing)
  }
}

extension Data {
  fileprivate func contains(_ text: String) -> Bool { range(of: Data(text.utf8)) != nil }
}
