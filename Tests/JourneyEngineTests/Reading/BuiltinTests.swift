import EventStore
import Foundation
import JourneyEngine
import JourneyQuery
import JourneyTime
import TestSupport
import Testing

/// What every event has beside its properties, by definition: the same rows with a property more for each, as calendars have it.
struct DefinedBuiltins {
  let builtins: [Builtin]
  let zone: Zone
  var people: [Person] = []

  func rows(_ rows: [EventRow]) throws -> [EventRow] {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = try #require(
      zone == .utc
        ? TimeZone(identifier: "UTC") : TimeZone(identifier: zone.identifier) ?? TimeZone(secondsFromGMT: 19_800))
    return rows.map { row in
      var row = row
      row.properties += builtins.compactMap { builtin in
        value(builtin.content, row, calendar).map { (name: builtin.name, value: $0) }
      }
      return row
    }
  }

  private func value(_ content: Builtin.Content, _ row: EventRow, _ calendar: Calendar) -> PropertyValue? {
    let time = Date(timeIntervalSince1970: (Double(row.instant) / 1_000_000).rounded(.down))
    let clock = calendar.dateComponents([.year, .month, .day, .hour, .weekday], from: time)
    switch content {
    case .event: return .text(row.name)
    case .named(let naming):
      var naming = naming
      naming.keepsOthers = false
      return naming.name(of: row).map { .text($0) }
    case .time: return .time(row.instant)
    case .date: return .text(String(format: "%04d-%02d-%02d", clock.year ?? 0, clock.month ?? 0, clock.day ?? 0))
    // Foundation's week begins on Sunday, as 1.
    case .weekday: return .text(Builtin.weekdays[((clock.weekday ?? 0) + 5) % 7])
    case .hour: return .text(String(clock.hour ?? 0))
    case .customer: return .text(row.customer)
    case .person(let name):
      return people.first { $0.customer == row.customer }?.properties.first { $0.name == name }?.value
    case .ofEvents: return nil
    }
  }
}

extension Builtin {
  static func all(using random: inout SeededRandom) -> [Builtin] {
    [
      Builtin("event", .event), Builtin("touchpoint", .named(.random(using: &random))), Builtin("time", .time),
      Builtin("date", .date), Builtin("weekday", .weekday), Builtin("hour", .hour), Builtin("customer", .customer),
    ]
  }

  static func randomTest(using random: inout SeededRandom) -> PropertyTest {
    switch Int.random(in: 0..<7, using: &random) {
    case 0:
      return PropertyTest("event", .compare(random.pick(Comparison.allCases), .text(random.pick(["A", "B", "Z"]))))
    case 1: return PropertyTest("touchpoint", random.one(in: 2) ? .isMissing : .oneOf([.text("one"), .text("B")]))
    case 2:
      let start = minute(.random(in: -50_000...50_000, using: &random))
      let date = Instant(microseconds: start)..<Instant(microseconds: start + minute(20_000))
      return PropertyTest("time", .compare(random.pick(Comparison.allCases), .date(date)))
    case 3: return PropertyTest("weekday", .oneOf([.text("Sat"), .text("Sun"), .text("Mon")]))
    case 4: return PropertyTest("hour", .oneOf((8..<17).map { .text(String($0)) }))
    case 5: return PropertyTest("date", .contains("-1"))
    default: return PropertyTest("customer", .compare(.equal, .text("u1")))
    }
  }
}

@Suite struct BuiltinTests {
  private static let zones = [Zone.utc, Zone("Europe/Oslo"), Zone("America/New_York"), Zone("+05:30")].compactMap(
    \.self)

  /// Small stores over some months, before 1970 too, clocks being put forward and back in them.
  private func rows(using random: inout SeededRandom) -> [EventRow] {
    let start: Int64 = random.pick([-90_000, 0, 28_000_000, 29_000_000])
    return RandomJourneys([.orderColumn], using: &random).rows.map { row in
      var row = row
      row.instant = minute(start) + row.instant * random.pick([1, 977, 12_345])
      return row
    }
  }

  private func breakdown(using random: inout SeededRandom) -> Breakdown {
    let isByCalendar = random.one(in: 2)
    let names =
      isByCalendar ? ["date", "weekday", "hour"] : ["event", "touchpoint", "customer", "weekday", "item", "time"]
    let keys = (0..<(random.one(in: 3) ? 2 : 1)).map { _ in random.pick(names) }
    return Breakdown(
      keys: keys.map { .property($0) }, names: keys, top: random.pick([1, 2, 10, .max]), isByCalendar: isByCalendar)
  }

  @Test(arguments: 0..<4) func `counts are those of rows that hold them as properties`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    for number in 0..<300 {
      let rows = rows(using: &random)
      var query = CountQuery.random(using: &random)
      query.scope.zone = random.pick(Self.zones)
      query.scope.during = nil
      query.split = Split(breakdown: random.one(in: 4) ? nil : breakdown(using: &random))
      query.step?.alternatives[0].condition = .test(Builtin.randomTest(using: &random))
      if random.one(in: 2) {
        query.scope.filter = .or([.test(Builtin.randomTest(using: &random)), .test(.random(using: &random))])
      }
      if random.one(in: 3) { query.scope.people = .not(.property(Builtin.randomTest(using: &random))) }
      query.scope.builtins = Builtin.all(using: &random)
      let held = try DefinedBuiltins(builtins: query.scope.builtins, zone: query.scope.zone).rows(rows)
      let expected = DefinedCount(rows: held, query: query).report
      for engine in try engines(rows, using: &random) {
        try #require(try engine.count(query, Run()) == expected, "store \(number): \(rows) \(query)")
      }
    }
  }

  /// Every other question reads columns where this one does.
  @Test(arguments: 0..<2) func `each question answers as of rows that hold them`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(40 + seed))
    for _ in 0..<150 {
      let rows = rows(using: &random)
      var scope = Scope(filter: .not(.test(Builtin.randomTest(using: &random))), zone: random.pick(Self.zones))
      let builtins = Builtin.all(using: &random)
      let held = try DefinedBuiltins(builtins: builtins, zone: scope.zone).rows(rows)
      let known = EmbeddedEngine(EventStore(rows: held, buckets: 2), threads: 1)
      let engine = EmbeddedEngine(EventStore(rows: rows, buckets: 3), threads: 2)
      var plain = breakdown(using: &random)
      plain.isByCalendar = false
      var step = Step.random(using: &random)
      step.alternatives[0].condition = .test(Builtin.randomTest(using: &random))
      var path = funnel("A -> B").path
      path.steps[0].step = step
      func compare<Asked: Query>(_ query: Asked) throws {
        var derived = query
        derived.scope.builtins = builtins
        let (found, expected) = (try derived.ask(engine, Run()), try query.ask(known, Run()))
        try #require(found == expected, "\(rows) \(derived)")
      }
      try compare(
        FunnelQuery(
          path: path, holding: random.pick([nil, "weekday", "time", "customer"]), scope: scope,
          split: Split(breakdown: plain)))
      try compare(TimeQuery(FunnelQuery(path: path, scope: scope, split: Split(breakdown: plain))))
      try compare(DropoffQuery(funnel: FunnelQuery(path: path, scope: scope)))
      try compare(PeopleQuery(funnel: FunnelQuery(path: path, scope: scope), part: .all))
      try compare(PathsQuery(scope: scope, breakdown: plain))
      try compare(LoopsQuery(rule: .toStep(step), scope: scope, breakdown: plain))
      try compare(RetentionQuery(start: step, returning: step, scope: scope, breakdown: plain))
      try compare(SessionsQuery(scope: scope, split: Split(breakdown: plain)))
      try compare(ValueQuery(property: "amount", scope: scope, split: Split(breakdown: plain)))
      try compare(FlowQuery(scope: scope))
      try compare(
        ListQuery(
          step: step, properties: ["weekday", "time", "touchpoint"], order: .property("event"), top: 9, scope: scope))
      scope.people = .property(Builtin.randomTest(using: &random))
      try compare(CountQuery(scope: scope))
    }
  }

  @Test func `a list is sorted as the calendar is`() throws {
    let rows = [9, 1, 10, 2].map { EventRow(customer: "u", instant: minute($0 * 60), name: "A") }
    let scope = Scope(builtins: [Builtin("hour", .hour)])
    let report = try EmbeddedEngine(rows).list(
      ListQuery(properties: ["hour"], order: .property("hour"), top: 9, scope: scope), Run())
    #expect(report.listed.map(\.values) == ["1", "2", "9", "10"].map { [.text($0)] })
  }

  @Test func `a trace shows what events hold, no more`() throws {
    var query = funnel("A -> B")
    query.scope.builtins = [Builtin("hour", .hour)]
    query.scope.filter = .test(PropertyTest("hour", .oneOf([.text("0")])))
    let trace = try #require(try EmbeddedEngine(journey("A0(x) B1")).trace(of: "u1", in: query, Run()))
    #expect(trace.lines.map { $0.event.properties.map(\.name) } == [["item"], []])
    #expect(trace.depth == 2)
  }

  @Test func `days beyond all calendars are refused`() {
    let rows = [EventRow(customer: "u", instant: .max, name: "A")]
    let query = CountQuery(scope: Scope(builtins: [Builtin("hour", .hour)]))
    #expect(throws: ExecutionError.self) { try EmbeddedEngine(rows).count(query, Run()) }
  }
}
