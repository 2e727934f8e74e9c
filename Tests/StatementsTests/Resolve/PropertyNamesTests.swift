import EventStore
import JourneyEngine
import JourneyModel
import JourneyQuery
import JourneyTime
import Language
import SourceText
import Testing

@testable import Statements

/// What names of properties mean where events and customers have some of the same, and how they are written then.
@Suite struct PropertyNamesTests {
  private static func property(_ name: String) -> Vocabulary.StoreProperty { .init(name: name, kind: .text) }

  /// Events have `device`, customers `plan`, both `country` and `hour`; the store holds two dotted names.
  private static var vocabulary: Vocabulary {
    var vocabulary = Vocabulary()
    vocabulary.events = ["visit", "purchase"]
    vocabulary.properties = ["device", "country", "customer.tier", "both.dotted"].map(property)
    vocabulary.people = ["plan", "country", "hour", "tier", "both.dotted", "customer"].map(property)
    vocabulary.segments = ["old": "country = NO", "loyal": "plan = pro"]
    vocabulary.steps = ["buy": "purchase(country = NO)"]
    return vocabulary
  }

  private func count(_ text: String) throws -> (query: CountQuery, sentence: String) {
    let resolver = Resolver(Self.vocabulary)
    let complete = try CountStatement.completed(Forms.grammar.parse(text), resolver)
    return (resolver.complete(try CountStatement.query(complete, resolver)), Forms.grammar.canonical(complete))
  }

  @Test(arguments: [
    // Of one of them alone: the event's stays bare.
    ("count where device = phone", "count where device = phone", "device", nil),
    ("count where event.device = phone", "count where event.device = phone", "device", nil),
    ("count where plan = pro", "count where customer.plan = pro", "customer.plan", "plan"),
    ("count where customer.plan = pro", "count where customer.plan = pro", "customer.plan", "plan"),
    // Of both.
    ("count where country = NO", "count where event.country = NO", "country", nil),
    ("count where customer.country = NO", "count where customer.country = NO", "customer.country", "country"),
    ("count where event.country = NO", "count where event.country = NO", "country", nil),
    // What every event has beside the store's.
    ("count where hour = 3", "count where event.hour = 3", "hour", nil),
    ("count where customer.hour = 3", "count where customer.hour = \"3\"", "customer.hour", "hour"),
    ("count where customer = u1", "count where customer = u1", "customer", nil),
    ("count where customer.customer = x", "count where customer.customer = x", "customer.customer", "customer"),
    // Dotted names that the store holds.
    ("count where customer.tier = x", "count where customer.tier = x", "customer.tier", nil),
    ("count where tier = x", "count where builtin.customer.tier = x", "builtin.customer.tier", "tier"),
    ("count where builtin.customer.tier = x", "count where builtin.customer.tier = x", "builtin.customer.tier", "tier"),
    ("count where both.dotted = x", "count where both.dotted = x", "both.dotted", nil),
    (
      "count where customer.both.dotted = x", "count where customer.both.dotted = x", "customer.both.dotted",
      "both.dotted"
    ),
    ("count where \"plan\" is missing", "count where customer.plan is missing", "customer.plan", "plan"),
  ])
  func `a test of events`(typed: String, sentence: String, property: String, person: String?) throws {
    let text = typed.replacing("customer.hour = 3", with: "customer.hour = \"3\"")
    let asked = try count(text)
    #expect(asked.sentence == sentence)
    guard case .test(let test)? = asked.query.scope.filter else {
      Issue.record("no test")
      return
    }
    #expect(test.property == property)
    #expect(asked.query.scope.builtins.compactMap(\.person) == (person.map { [$0] } ?? []))
    #expect(try count(sentence).query == asked.query, "the sentence means the same")
  }

  @Test(arguments: [
    ("count for country = NO", "count for customer.country = NO", "customer.country"),
    ("count for event.country = NO", "count for event.country = NO", "country"),
    ("count for plan = pro", "count for customer.plan = pro", "customer.plan"),
    ("count for device = phone", "count for device = phone", "device"),
    ("count for hour = 3", "count for customer.hour = \"3\"", "customer.hour"),
    ("count for customer = u1", "count for customer = u1", "customer"),
    ("count for both.dotted = x", "count for both.dotted = x", "both.dotted"),
  ])
  func `a test of people`(typed: String, sentence: String, property: String) throws {
    let asked = try count(typed.replacing("hour = 3", with: "hour = \"3\""))
    #expect(asked.sentence == sentence)
    guard case .property(let test)? = asked.query.scope.people else {
      Issue.record("no test")
      return
    }
    #expect(test.property == property)
    #expect(try count(sentence).query == asked.query, "the sentence means the same")
  }

  @Test func `steps and groups read events, and people's deeds too`() throws {
    let asked = try count(
      "count visit(country = NO) by country, plan, hour for did purchase(country = NO) or country = AT")
    let people = "did purchase(event.country = NO) or customer.country = AT"
    #expect(
      asked.sentence
        == "count visit(event.country = NO) for \(people) by event.country, customer.plan, event.hour top 10")
    #expect(asked.query.split.breakdown?.names == ["country", "customer.plan", "hour"])
  }

  @Test(arguments: [
    ("plan", "by customer.plan sort customer.plan"), ("country", "by event.country sort country"),
    ("event.device", "by event.device sort device"), ("device", "by device sort device"),
  ])
  func `rows are sorted by a group's property as it is written there`(name: String, clauses: String) throws {
    let sentence = try count("count by \(name) sort \(name) descending").sentence
    #expect(sentence == "count \(clauses) descending top 10")
  }

  /// Answers have `device`, `score`, a `tier` that customers have too, and `event.url` of their own.
  @Test(arguments: [
    // Their own first, and bare: no load of something else changes that.
    ("nps by device", "device", nil), ("nps by tier", "tier", nil), ("nps by event.url", "event.url", nil),
    // Then what is known of customers.
    ("nps by plan", "customer.plan", Builtin.Content.person("plan")),
    ("nps by country", "customer.country", .person("country")),
    ("nps by customer.tier", "customer.tier", .person("tier")),
    // Then what only events have.
    ("nps by amount", "event.amount", .ofEvents("amount")),
    ("nps by url", "builtin.event.url", .ofEvents("url")),
    ("nps by builtin.event.url", "builtin.event.url", .ofEvents("url")),
    ("nps by both.dotted", "event.both.dotted", .ofEvents("both.dotted")),
    ("nps by event.device", "event.device", .ofEvents("device")),
    ("nps by event.country", "event.country", .ofEvents("country")),
  ])
  func `rows beside events`(typed: String, name: String, content: Builtin.Content?) throws {
    var vocabulary = Self.vocabulary
    vocabulary.properties += ["amount", "url"].map(Self.property)
    vocabulary.people.removeAll { $0.name.contains(".") }
    let catalog = Catalog(
      properties: ["device", "score", "tier", "event.url"].map { Catalog.Property(name: $0, kind: .text) },
      people: vocabulary.people.map { Catalog.Property(name: $0.name, kind: $0.kind) })
    func asked(_ text: String) throws -> (ScoreQuery, String) {
      let resolver = Resolver(vocabulary).ofRows(catalog, having: SurveySource.builtins) { (_, _) throws(Diagnostic) in
        []
      }
      let complete = try NPSStatement.completed(Forms.grammar.parse(text), resolver)
      return (resolver.complete(try NPSStatement.query(complete, resolver)), Forms.grammar.canonical(complete))
    }
    let (query, sentence) = try asked(typed)
    #expect(sentence == "nps by \(name) top 10")
    #expect(
      query.split.breakdown?.names == [name] && query.scope.builtins.map(\.content) == (content.map { [$0] } ?? []))
    #expect(try asked(sentence).0 == query, "the sentence means the same")
  }

  @Test func `hours are by calendar under either name`() throws {
    let breakdown = try #require(try count("count by hour").query.split.breakdown)
    #expect(breakdown.isByCalendar)
  }

  @Test func `in a saved text a bare name of both is the event's, so that customers change no earlier one`() throws {
    let segment = try count("count for segment old").query.scope
    #expect(segment.people == .property(PropertyTest("country", .compare(.equal, .text("NO")))))
    #expect(segment.builtins.isEmpty)
    let step = try count("count buy").query
    #expect(step.step?.alternatives[0].condition == .test(PropertyTest("country", .compare(.equal, .text("NO")))))
    let loyal = try count("count for segment loyal").query.scope
    #expect(loyal.people == .property(PropertyTest("customer.plan", .compare(.equal, .text("pro")))))
    #expect(loyal.builtins == [Builtin("customer.plan", .person("plan"))])
  }

  @Test(arguments: [
    ("country = NO and plan = pro", "customer.country = NO and customer.plan = pro"),
    ("did visit(country = NO)", "did visit(event.country = NO)"),
    ("device = phone", "device = phone"),
  ])
  func `what is saved of people says whose each property is`(typed: String, saved: String) throws {
    let text = try Resolver(Self.vocabulary).writtenText(of: .people(Forms.grammar.people(typed)))
    #expect(text == saved)
  }

  @Test func `other statements write the same`() throws {
    let resolver = Resolver(Self.vocabulary)
    func written<Asked: EventQuestion>(_ text: String, as _: Asked.Type) throws -> String {
      Forms.grammar.canonical(try Asked.completed(Forms.grammar.parse(text), resolver))
    }
    #expect(
      try written("list with plan, country sort plan descending", as: ListStatement.self)
        == "list sort customer.plan descending top 20 with customer.plan, event.country")
    #expect(
      try written("funnel visit -> purchase holding country", as: FunnelStatement.self).contains(
        "holding event.country")
    )
    #expect(try written("value of country", as: ValueStatement.self).hasPrefix("value of event.country"))
  }

  @Test(arguments: [
    ("count where plam = x", "plan"), ("count where customer.plam = x", "customer.plan"),
    ("count where customer.devise = x", "device"),
  ])
  func `unknown names suggest people's too`(typed: String, hint: String) throws {
    let error = #expect(throws: Diagnostic.self) { try count(typed) }
    #expect(error?.code == .propertyUnknown && error?.hint == hint)
  }

  @Test func `what a customer has once does not add up`() throws {
    var vocabulary = Self.vocabulary
    vocabulary.people.append(.init(name: "ltv", kind: .number))
    let resolver = Resolver(vocabulary)
    let error = #expect(throws: Diagnostic.self) {
      _ = try ValueStatement.query(
        ValueStatement.completed(Forms.grammar.parse("value of ltv"), resolver), resolver)
    }
    #expect(error?.code == .valueKind)
  }

  @Test func `tab offers them and their values`() throws {
    let session = try Session(opening: nil, directory: "/") { Instant(microseconds: 0) }
    let offered = Completer(session).named(.property, Self.vocabulary)
    #expect(offered.contains { $0.text == "customer.plan" && $0.note == "text of customers" })
    #expect(offered.contains { $0.text == "builtin.customer.tier" })
    let rows = PersonRows(
      customers: ["u"], columns: [.text(CodeColumn([1]))], dictionaries: [["pro", "trial"]])
    let store = EventStore(rows: [EventRow(customer: "u", instant: 0, name: "visit")])
    let engine = EmbeddedEngine(
      store, people: PersonTable(properties: [Property(name: "plan", kind: .text)], held: rows))
    let plan = try #require(Self.vocabulary.property("plan", of: .event))
    #expect(Self.vocabulary.values(of: plan, atMost: 9, engine, Run()) == ["pro", "trial"])
  }
}

extension Builtin {
  fileprivate var person: String? { if case .person(let name) = content { name } else { nil } }
}
