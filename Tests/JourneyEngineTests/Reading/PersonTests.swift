import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import Synchronization
import TestSupport
import Testing

/// Properties of customers are those of their events, by definition.
@Suite struct PersonTests {
  private static let builtins = Person.names.map { Builtin("customer.\($0)", .person($0)) }

  private func joined(_ rows: [EventRow], _ people: [Person]) throws -> [EventRow] {
    try DefinedBuiltins(builtins: Self.builtins, zone: .utc, people: people).rows(rows)
  }

  private func test(using random: inout SeededRandom) -> PropertyTest {
    let comparison = random.pick(Comparison.allCases)
    switch random.next(6) {
    case 0: return PropertyTest("customer.plan", .compare(comparison, .text(random.pick(["pro", "q"]))))
    case 1: return PropertyTest("customer.seats", .compare(comparison, .number(random.pick([0, 2.5]))))
    case 2: return PropertyTest("customer.vip", .compare(.equal, .truth(true)))
    case 3:
      let start = Instant(microseconds: minute(.random(in: -3...3, using: &random)))
      return PropertyTest(
        "customer.since", .compare(comparison, .date(start..<start.advanced(by: Duration(microseconds: minute(1))))))
    case 4: return PropertyTest("customer.plan", .contains("R"))
    default: return PropertyTest("customer." + random.pick(Person.names), .isMissing)
    }
  }

  private func breakdown(using random: inout SeededRandom) -> Breakdown {
    let names = (0..<(random.one(in: 3) ? 2 : 1)).map { _ in
      random.pick(Person.names.map { "customer." + $0 } + ["item"])
    }
    return Breakdown(keys: names.map { .property($0) }, names: names, top: random.pick([1, 2, 10]))
  }

  @Test(arguments: 0..<4) func `counts are those of events that hold them`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    for number in 0..<300 {
      let (rows, people) = (RandomJourneys([.orderColumn], using: &random).rows, Person.random(using: &random))
      var query = CountQuery.random(using: &random)
      query.scope.builtins = Self.builtins
      query.step?.alternatives[0].condition = .test(test(using: &random))
      if random.one(in: 2) {
        query.scope.filter = .or([.not(.test(test(using: &random))), .test(.random(using: &random))])
      }
      if random.one(in: 3) { query.scope.people = .not(.property(test(using: &random))) }
      if random.one(in: 2) { query.split.breakdown = breakdown(using: &random) }
      let expected = DefinedCount(rows: try joined(rows, people), query: query).report
      for engine in try engines(rows, people, parted: 4, using: &random) {
        try #require(try engine.count(query, Run()) == expected, "store \(number): \(rows) \(people) \(query)")
      }
    }
  }

  /// Every other question reads columns where this one does.
  @Test(arguments: 0..<2) func `each question answers as of events that hold them`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(40 + seed))
    for _ in 0..<150 {
      let (rows, people) = (RandomJourneys([.orderColumn], using: &random).rows, Person.random(using: &random))
      let known = EmbeddedEngine(EventStore(rows: try joined(rows, people), buckets: 2), threads: 1)
      let engines = try engines(rows, people, parted: 4, using: &random)
      let scope = Scope(filter: .not(.test(test(using: &random))))
      let split = Split(breakdown: breakdown(using: &random))
      var step = Step.random(using: &random)
      step.alternatives[0].condition = .test(test(using: &random))
      var path = funnel("A -> B").path
      path.steps[0].step = step
      func compare<Asked: Query>(_ query: Asked) throws {
        var asked = query
        asked.scope.builtins = Self.builtins
        for engine in engines {
          let (found, expected) = (try asked.ask(engine, Run()), try query.ask(known, Run()))
          try #require(found == expected, "\(rows) \(people) \(asked)")
        }
      }
      let holding = random.pick([nil, "customer.plan", "customer.seats", "customer.since"])
      try compare(FunnelQuery(path: path, holding: holding, scope: scope, split: split))
      try compare(PathsQuery(scope: scope, breakdown: split.breakdown))
      try compare(RetentionQuery(start: step, returning: step, scope: scope, breakdown: split.breakdown))
      try compare(SessionsQuery(scope: scope, split: split))
      try compare(ValueQuery(property: "amount", scope: scope, split: split))
      try compare(
        ListQuery(
          step: step, properties: Person.names.map { "customer." + $0 },
          order: .property(random.pick(["customer.plan", "customer.seats"])), top: 9, scope: scope))
    }
  }

  @Test(arguments: 0..<2) func `a journey says what is known of its customer`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(60 + seed))
    for _ in 0..<100 {
      let (rows, people) = (RandomJourneys([], using: &random).rows, Person.random(using: &random))
      for engine in try engines(rows, people, parted: 4, using: &random) {
        for customer in Set(rows.map(\.customer)) {
          let properties = try #require(try engine.journey(of: customer, Run())).properties
          let person = people.first { $0.customer == customer }
          #expect(Set(properties.map(\.name)) == Set(person?.properties.map(\.name) ?? []))
          for (name, value) in person?.properties ?? [] where value.kind == .text {
            #expect(properties.first { $0.name == name }?.value == .text(value.text))
          }
        }
        let plans = Set(people.flatMap(\.properties).filter { $0.name == "plan" }.map(\.value.text))
        let found = try engine.texts(of: "plan", on: .customer, atMost: 9, Run())
        #expect(Set(found ?? []) == plans)
        #expect(try engine.texts(of: "plan", on: .event, atMost: 9, Run()) == nil)
      }
    }
  }
}

/// When a table of people is read, and what is told where it cannot be.
@Suite struct PersonTableTests {
  private let store = EventStore(rows: [EventRow(customer: "u", instant: 0, name: "A")])
  private let properties = [Property(name: "plan", kind: .text)]
  private let byPlan = CountQuery(
    scope: Scope(builtins: [Builtin("customer.plan", .person("plan"))]),
    split: Split(breakdown: Breakdown(keys: [.property("customer.plan")], names: ["customer.plan"])))

  private func rows(_ customers: [String] = ["u"], codes: [UInt32] = [1]) -> PersonRows {
    PersonRows(customers: customers, columns: [.text(CodeColumn(codes))], dictionaries: [["pro"]])
  }

  @Test func `rows are read once, and only when they are asked for`() throws {
    let reads = Mutex(0)
    let table = PersonTable(properties: properties) { () throws(ReadingFault) in
      reads.withLock { $0 += 1 }
      return rows()
    }
    let engine = EmbeddedEngine(store, people: table)
    #expect(engine.catalog.people == [Catalog.Property(name: "plan", kind: .text)])
    _ = try engine.count(CountQuery(), Run())
    #expect(reads.withLock { $0 } == 0)
    for _ in 0..<2 { #expect(try engine.count(byPlan, Run()).groups.map(\.key) == [.values(["pro"])]) }
    #expect(reads.withLock { $0 } == 1)
  }

  @Test func `a table that cannot be read ends the question, and is read again by the next`() throws {
    let reads = Mutex(0)
    let table = PersonTable(properties: properties) { () throws(ReadingFault) in
      let count = reads.withLock { reads in
        reads += 1
        return reads
      }
      if count == 1 { throw .damaged("customers, column 'plan'") }
      return rows()
    }
    let engine = EmbeddedEngine(store, people: table)
    #expect(throws: ExecutionError.damaged("customers, column 'plan'")) { try engine.count(byPlan, Run()) }
    #expect(try engine.count(byPlan, Run()).groups.map(\.key) == [.values(["pro"])])
  }

  @Test func `rows that do not fit the table are damage`() {
    let wrong = [
      rows(codes: [2]), rows(codes: []), rows(["u", "u"], codes: [1, 1]), rows(["v", "u"], codes: [1, 1]),
      PersonRows(customers: ["u"], columns: [], dictionaries: []),
      PersonRows(customers: ["u"], columns: [.time([0], present: Bitmap(count: 1))], dictionaries: [[]]),
      PersonRows(customers: ["u"], columns: [.text(CodeColumn([1]))], dictionaries: []),
    ]
    for rows in wrong {
      let engine = EmbeddedEngine(store, people: PersonTable(properties: properties, held: rows))
      #expect(throws: ExecutionError.self) { try engine.count(byPlan, Run()) }
    }
  }

  @Test func `parts that know a property as two kinds are not one store`() {
    func part(_ kind: Property.Kind) -> EmbeddedEngine {
      let rows = PersonRows(
        customers: [], columns: [kind == .text ? .text(CodeColumn([])) : .number([], present: Bitmap(count: 0))],
        dictionaries: [[]])
      return EmbeddedEngine(
        store, people: PersonTable(properties: [Property(name: "plan", kind: kind)], held: rows))
    }
    #expect(PartedEngine([part(.text), part(.number)]) == nil)
    #expect(PartedEngine([part(.text), part(.text)])?.catalog.people.count == 1)
  }
}
