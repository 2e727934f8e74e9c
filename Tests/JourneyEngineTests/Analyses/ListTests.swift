import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import TestSupport
import Testing

/// A list by its definition: all events that count, sorted by looking at each two.
struct DefinedList {
  let rows: [EventRow]
  let query: ListQuery

  var report: ListReport {
    let people = asked(query.scope, of: rows)
    let found = placed(people, query.scope, nil, during: query.scope.during) { row in
      query.step.map { matches($0, row) } ?? true
    }.map(\.item)
    // What is equal stays as the journeys have it.
    let sorted = found.enumerated().sorted { left, right in
      let order = order(left.element, right.element)
      return order == 0 ? left.offset < right.offset : order < 0
    }.map(\.element)
    let listed = sorted.prefix(query.top).map { row in
      ListReport.Event(
        customer: row.customer, instant: Instant(microseconds: row.instant), name: row.name,
        values: query.properties.map { row.value(of: $0).map(Self.value) })
    }
    return ListReport(
      listed: listed,
      total: CountFigures(events: found.count, customers: Set(found.map(\.customer)).count),
      basis: Basis(span: span(of: rows), people: people.count))
  }

  /// Negative where the first comes before the second, 0 where the order is left to the journeys.
  private func order(_ left: EventRow, _ right: EventRow) -> Int {
    switch query.order {
    case .customer(let isDescending): compare(left.customer, right.customer) * (isDescending ? -1 : 1)
    case .time(let isDescending): compare(left.instant, right.instant) * (isDescending ? -1 : 1)
    case .event(let isDescending): compare(left.name, right.name) * (isDescending ? -1 : 1)
    case .property(let name, let isDescending):
      switch (left.value(of: name), right.value(of: name)) {
      case (nil, nil): 0
      case (nil, _?): 1
      case (_?, nil): -1
      case (let one?, let other?): compare(one, other) * (isDescending ? -1 : 1)
      }
    }
  }

  private func compare(_ left: PropertyValue, _ right: PropertyValue) -> Int {
    switch (left, right) {
    case (.text(let one), .text(let other)): compare(one, other)
    case (.number(let one), .number(let other)): compare(one, other)
    case (.truth(let one), .truth(let other)): compare(one ? 1 : 0, other ? 1 : 0)
    case (.time(let one), .time(let other)): compare(one, other)
    default: 0
    }
  }

  private func compare(_ left: String, _ right: String) -> Int {
    left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : left.utf8.elementsEqual(right.utf8) ? 0 : 1
  }

  private func compare(_ left: some Comparable, _ right: some Comparable) -> Int {
    guard let left = left as? Double ?? (left as? Int).map(Double.init) ?? (left as? Int64).map(Double.init),
      let right = right as? Double ?? (right as? Int).map(Double.init) ?? (right as? Int64).map(Double.init)
    else { return 0 }
    return left < right ? -1 : left > right ? 1 : 0
  }

  private static func value(_ value: PropertyValue) -> Value {
    switch value {
    case .text(let text): .text(text)
    case .number(let number): .number(number)
    case .truth(let truth): .truth(truth)
    case .time(let time): .date(Instant(microseconds: time)..<Instant(microseconds: time + 1))
    }
  }
}

@Suite struct ListTests {
  @Test(arguments: 0..<4) func `the rows are those of sorting every event`(seed: Int) throws {
    try expectDefined(seed: seed, stores: 500, ListQuery.random) {
      DefinedList(rows: $0, query: $1).report
    } answer: {
      try $0.list($1, Run())
    }
  }

  /// So many that rows are dropped while others are still read.
  @Test(
    arguments: [
      .customer(), .customer(isDescending: true), .time(), .time(isDescending: true), .event(isDescending: true),
      .property("amount"), .property("amount", isDescending: true), .property("item", isDescending: true),
    ] as [ListQuery.Order])
  func `few of many rows are listed`(order: ListQuery.Order) throws {
    var random = SeededRandom(seed: 7)
    let rows = (0..<30_000).map { _ in
      EventRow(
        customer: "u\(Int.random(in: 0..<4_000, using: &random))", instant: .random(in: -50...50, using: &random),
        name: random.pick(RandomJourneys.names),
        properties: random.one(in: 3)
          ? [] : [("amount", .number(random.pick([-2.5, -1, -0.0, 0, 3]))), ("item", .text(random.pick(["x", "Å"])))])
    }
    let query = ListQuery(properties: ["amount"], order: order, top: 50)
    let expected = DefinedList(rows: rows, query: query).report
    for threads in [1, 2] {
      #expect(try EmbeddedEngine(EventStore(rows: rows, buckets: 3), threads: threads).list(query, Run()) == expected)
    }
  }

  @Test func `more rows than anybody reads are refused`() {
    #expect(throws: ExecutionError.self) {
      try EmbeddedEngine(journey("A0")).list(ListQuery(top: 1_000_001), Run())
    }
  }
}

extension ListQuery {
  static func random(using random: inout SeededRandom) -> ListQuery {
    let isDescending = random.one(in: 2)
    let property = random.pick(["item", "amount", "vip", "due", "nothing"])
    return ListQuery(
      step: random.one(in: 2) ? .random(using: &random) : nil,
      properties: random.pick([[], ["item"], ["due", "amount", "vip", "nothing"]]),
      order: random.pick([
        .customer(isDescending: isDescending), .time(isDescending: isDescending), .event(isDescending: isDescending),
        .property(property, isDescending: isDescending),
      ]), top: random.pick([1, 3, 20]), scope: .random(using: &random))
  }
}
