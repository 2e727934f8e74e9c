import EventStore
import Foundation
import JourneyEngine
import JourneyQuery
import JourneyStatistics
import JourneyTime
import TestSupport
import Testing

/// Drivers by their definition: every unit of a search over all chains with its values and events, and Kitagawa's effects as fractions.
struct DefinedDrivers {
  typealias Driver = DriversReport.Driver
  let funnel: DefinedFunnel
  let query: DriversQuery

  struct Entry {
    /// Parallel to the properties of the query.
    var values: [String?]
    var events: Set<String>
    var converts: Bool
  }

  var report: DriversReport {
    let units = ([query.scope.during] + (query.versus.map { [$0] } ?? [])).map { funnel.units(during: $0) }
    let periods = units.map { $0.map(entry) }
    var report = DriversReport(
      wholes: zip(units, periods).map { DriversReport.Whole(rate($1), unfinished: $0.count(where: \.isUnfinished)) },
      basis: funnel.report.basis)
    var drivers: [Driver] = []
    let isEmpty = periods.contains(where: \.isEmpty)
    for (index, property) in query.properties.enumerated() {
      let values = Set(periods.joined().map { $0.values[index] }).sorted { precedes([$0], [$1]) }
      if values.compactMap(\.self).count > DriversQuery.mostValues {
        report.tooMany.append(property)
      } else if values.count < 2 {
        report.alike.append(property)
      } else if !isEmpty {
        drivers += values.map { value in driver(.value(value, of: property), periods) { $0.values[index] == value } }
      }
    }
    var events: [Driver] = []
    if query.versus == nil, !isEmpty {
      let names = Set(periods[0].flatMap(\.events)).sorted { precedes([$0], [$1]) }
      report.hasTooManyEvents = names.count > DriversQuery.mostValues
      if !report.hasTooManyEvents {
        events = names.map { name in driver(.event(name), periods) { $0.events.contains(name) } }
      }
    }
    mark(&drivers, &events)
    (report.values, report.events) = (sorted(drivers), sorted(events))
    return report
  }

  private func entry(_ unit: DefinedUnit) -> Entry {
    let (journey, chain, steps) = (unit.journey, unit.chain, query.funnel.path.steps)
    let isAnyOrder = query.funnel.order == .any
    let required = zip(chain.steps, chain.events).filter { isAnyOrder || !steps[$0.0].isOptional }.map(\.1)
    let converts = unit.depth == (isAnyOrder ? steps.count : query.funnel.requiredSteps)
    let first = chain.events[0]
    let behind = journey.indices.filter { event in
      guard event > first else { return false }
      if converts { return event < (required.max() ?? 0) }
      return query.funnel.window.map { journey[event].instant - journey[first].instant <= $0.microseconds } ?? true
    }
    let others = behind.filter { event in
      !(steps.map(\.step) + query.funnel.without).contains { matches($0, journey[event]) }
    }
    return Entry(
      values: query.properties.map { journey[first].value(of: $0)?.text }, events: Set(others.map { journey[$0].name }),
      converts: converts)
  }

  private func rate(_ entries: [Entry]) -> DriversReport.Rate {
    DriversReport.Rate(entries.count(where: \.converts), of: entries.count)
  }

  private func driver(
    _ subject: Driver.Subject, _ periods: [[Entry]], where isIt: (Entry) -> Bool
  ) -> Driver {
    let own = rate(periods[0].filter(isIt))
    guard periods.count > 1 else {
      let whole = rate(periods[0])
      let effect = Fraction(own.entered, whole.entered) * (Fraction(own) - Fraction(whole))
      return Driver(
        subject, own, against: rate(periods[0].filter { !isIt($0) }), effect: effect.value)
    }
    let other = rate(periods[1].filter(isIt))
    let effects = Self.effects(own, other, rate(periods[0]), rate(periods[1]))
    return Driver(
      subject, own, against: other, effect: (effects.rate + effects.mix).value, rateEffect: effects.rate.value,
      mixEffect: effects.mix.value)
  }

  /// w̄ · Δr and Δw · (r̄ − R̄).
  static func effects(
    _ now: DriversReport.Rate, _ before: DriversReport.Rate, _ all: DriversReport.Rate, _ allBefore: DriversReport.Rate
  ) -> (rate: Fraction, mix: Fraction) {
    let (w, v) = (Fraction(now.entered, all.entered), Fraction(before.entered, allBefore.entered))
    let r = Fraction(now.entered > 0 ? now : before)
    let q = Fraction(before.entered > 0 ? before : now)
    let (whole, wholeBefore) = (Fraction(all), Fraction(allBefore))
    return ((w + v).half * (r - q), (w - v) * ((r + q).half - (whole + wholeBefore).half))
  }

  /// Of all tests in the order of their p, those stand up to the last whose p is at most its share of 5 %; the p that is told says so.
  private func mark(_ drivers: inout [Driver], _ events: inout [Driver]) {
    var all = drivers + events
    let p = all.map { driver -> Double? in
      guard driver.rate.entered >= 30, driver.other.entered >= 30 else { return nil }
      return Self.p(driver.rate, driver.other)
    }
    let rising = p.compactMap(\.self).sorted()
    for index in all.indices {
      guard let own = p[index] else { continue }
      all[index].p = rising.indices.filter { rising[$0] >= own }.map { rank in
        rising[rank] * Double(rising.count) / Double(rank + 1)
      }.min().map { min(1, $0) }
    }
    drivers = Array(all.prefix(drivers.count))
    events = Array(all.dropFirst(drivers.count))
  }

  /// Of the score statistic, whose variance is that of both together, N / (N − 1) times.
  static func p(_ one: DriversReport.Rate, _ other: DriversReport.Rate) -> Double {
    let (n, m) = (Double(one.entered), Double(other.entered))
    let pooled = Double(one.converted + other.converted) / (n + m)
    let variance = pooled * (1 - pooled) * (1 / n + 1 / m) * (n + m) / (n + m - 1)
    let difference = Double(one.converted) / n - Double(other.converted) / m
    return difference == 0 ? 1 : erfc(abs(difference) / variance.squareRoot() / 2.0.squareRoot())
  }

  private func sorted(_ drivers: [Driver]) -> [Driver] {
    func entered(_ driver: Driver) -> Int {
      driver.rate.entered + (query.versus == nil ? 0 : driver.other.entered)
    }
    return drivers.enumerated().sorted { left, right in
      let sizes = [left, right].map { (abs($0.element.effect) * 1e12).rounded() }
      if sizes[0] != sizes[1] { return sizes[0] > sizes[1] }
      let (one, other) = (entered(left.element), entered(right.element))
      return one != other ? one > other : left.offset < right.offset
    }.map(\.element)
  }
}

/// A number that is exact.
struct Fraction: Equatable {
  let above: Int128
  let below: Int128

  init(_ above: Int128, _ below: Int128) {
    var (one, other) = (above.magnitude, below.magnitude)
    while other != 0 { (one, other) = (other, one % other) }
    (self.above, self.below) = (above / Int128(one), below / Int128(one))
  }

  init(_ above: Int, _ below: Int) { self.init(Int128(above), Int128(below)) }
  init(_ rate: DriversReport.Rate) { self.init(rate.converted, max(1, rate.entered)) }

  var value: Double { Double(above) / Double(below) }
  var half: Fraction { Fraction(above, below * 2) }

  static func + (_ one: Fraction, _ other: Fraction) -> Fraction {
    Fraction(one.above * other.below + other.above * one.below, one.below * other.below)
  }
  static func - (_ one: Fraction, _ other: Fraction) -> Fraction { one + Fraction(-other.above, other.below) }
  static func * (_ one: Fraction, _ other: Fraction) -> Fraction {
    Fraction(one.above * other.above, one.below * other.below)
  }
}

extension DriversReport {
  /// With figures to ten digits behind the point.
  fileprivate var rounded: DriversReport {
    func digits(_ value: Double) -> Double { (value * 1e10).rounded() / 1e10 }
    func rounded(_ driver: Driver) -> Driver {
      var driver = driver
      driver.effect = digits(driver.effect)
      driver.rateEffect = driver.rateEffect.map(digits)
      driver.mixEffect = driver.mixEffect.map(digits)
      driver.p = driver.p.map(digits)
      return driver
    }
    var report = self
    report.values = values.map(rounded)
    report.events = events.map(rounded)
    return report
  }
}

@Suite struct DriversTests {
  private static let properties = ["item", "amount", "vip", "due", "visit", "nothing"]
  private static let builtins =
    Person.names.map { Builtin("customer.\($0)", .person($0)) } + [
      Builtin("weekday", .weekday), Builtin("hour", .hour), Builtin("event", .event),
    ]

  /// 250 stores for each of 10 families: 2,500.
  @Test(arguments: DropoffTests.families) func `what is told is read off the chains of a search over all`(
    family: FunnelFamily
  ) throws {
    var random = SeededRandom(seed: family.seed &+ 70)
    for number in 0..<250 {
      let journeys = RandomJourneys(family.clauses, using: &random)
      let people = Person.random(using: &random)
      var funnel = FunnelQuery.random(family.clauses, using: &random)
      (funnel.split, funnel.scope.builtins) = (Split(), Self.builtins)
      let names = (Self.properties + Self.builtins.map(\.name)).filter { _ in !random.one(in: 4) }
      let query = DriversQuery(
        funnel: funnel, versus: random.one(in: 2) ? .random(using: &random) : nil,
        properties: names.shuffled(using: &random))
      let session = journeys.hasSessions ? "visit" : nil
      let rows = try DefinedBuiltins(builtins: Self.builtins, zone: .utc, people: people).rows(journeys.rows)
      let defined = DefinedFunnel(rows: rows, query: funnel, session: session)
      let expected = DefinedDrivers(funnel: defined, query: query).report.rounded
      let place = Comment("store \(number): \(journeys.rows) \(people) \(query)")
      for engine in try engines(journeys.rows, people, session: session, using: &random) {
        try #require(try engine.drivers(query, Run()).rounded == expected, place)
      }
    }
  }

  /// Of some hundred customers, so that rates are told apart.
  private static func shop(using random: inout SeededRandom) -> [EventRow] {
    let isBroken = random.one(in: 2)
    return (0..<Int.random(in: 80...400, using: &random)).flatMap { number -> [EventRow] in
      let isLate = random.one(in: 2)
      let start: Int64 = isLate ? 1_000 : 0
      let device = random.pick(["phone", "desktop", "tablet"])
      let country = random.pick(["NO", "AT", nil])
      func row(_ minutes: Int64, _ name: String) -> EventRow {
        EventRow(
          customer: "c\(number)", instant: minute(start + minutes), name: name,
          properties: [("device", .text(device))] + (country.map { [("country", .text($0))] } ?? []))
      }
      var rows = [row(0, "A")]
      if random.one(in: 2) { rows.append(row(1, "X")) }
      if random.one(in: 3) { rows.append(row(2, random.pick(["X", "Y", "A"]))) }
      let fails = isBroken && isLate && device == "phone" ? 9 : rows.contains { $0.name == "X" } ? 2 : 4
      if random.next(10) >= fails { rows.append(row(.random(in: 1...9, using: &random), "B")) }
      return rows
    }
  }

  private static func query(_ isOfChange: Bool) -> DriversQuery {
    var path = funnel("A -> B")
    path.window = .minutes(8)
    func dates(_ from: Int64) -> Range<Instant> {
      Instant(microseconds: minute(from))..<Instant(microseconds: minute(from + 500))
    }
    if isOfChange { path.scope.during = dates(900) }
    return DriversQuery(funnel: path, versus: isOfChange ? dates(0) : nil, properties: ["country", "device"])
  }

  @Test(arguments: 0..<4) func `what is told apart is told by the definition, too`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(300 + seed))
    var (told, tested) = (0, 0)
    for number in 0..<12 {
      let (rows, query) = (Self.shop(using: &random), Self.query(number % 2 == 0))
      let expected = DefinedDrivers(funnel: DefinedFunnel(rows: rows, query: query.funnel), query: query).report
      told += expected.drivers.count(where: \.isToldApart)
      tested += expected.drivers.count { $0.p != nil }
      for engine in try engines(rows, parted: 3, using: &random) {
        try #require(try engine.drivers(query, Run()).rounded == expected.rounded, "store \(number): \(rows)")
      }
    }
    #expect((4..<tested - 10).contains(told))
  }

  /// As fractions of what the report has counted, and as the figures it tells.
  @Test(arguments: 0..<4) func `effects of a property's values sum to the whole change`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(320 + seed))
    for _ in 0..<12 {
      let (rows, query) = (Self.shop(using: &random), Self.query(true))
      let report = try EmbeddedEngine(EventStore(rows: rows, buckets: 3)).drivers(query, Run())
      let (now, before) = (report.wholes[0].rate, report.wholes[1].rate)
      for property in query.properties {
        let own = report.values.filter { if case .value(_, property) = $0.subject { true } else { false } }
        let effects = own.map { DefinedDrivers.effects($0.rate, $0.other, now, before) }
        #expect(effects.map { $0.rate + $0.mix }.reduce(Fraction(0, 1), +) == Fraction(now) - Fraction(before))
        let change = (now.share ?? 0) - (before.share ?? 0)
        #expect(abs(own.reduce(0) { $0 + $1.effect } - change) < 1e-15)
        for (driver, exact) in zip(own, effects) {
          #expect(abs((driver.rateEffect ?? 0) - exact.rate.value) < 1e-15)
          #expect(abs((driver.mixEffect ?? 0) - exact.mix.value) < 1e-15)
        }
      }
    }
  }

  @Test(arguments: [200, 201]) func `a property of more than 200 values is left out, wherever they lie`(values: Int)
    throws
  {
    var random = SeededRandom(seed: 7)
    let rows =
      (0..<values).map { number in
        EventRow(
          customer: "c\(number)", instant: minute(Int64(number)), name: "A",
          properties: number == 0 ? [] : [("id", .text("i\(number)")), ("size", .number(Double(number)))])
      } + [
        EventRow(customer: "d", instant: 0, name: "A", properties: [("id", .text("last")), ("size", .number(-1))])
      ]
    let query = DriversQuery(funnel: funnel("A -> B"), properties: ["id", "size"])
    for engine in try engines(rows, parted: 1, using: &random) {
      let report = try engine.drivers(query, Run())
      #expect(report.tooMany == (values > 200 ? ["id", "size"] : []))
      #expect(report.values.count == (values > 200 ? 0 : 402))
    }
  }

  @Test func `of a period in which nobody entered there is no change`() throws {
    let engine = EmbeddedEngine(journey("A0 B1"))
    var query = Self.query(true)
    query.properties = ["item"]
    let report = try engine.drivers(query, Run())
    #expect(report.wholes.map(\.rate.entered) == [0, 1] && report.values.isEmpty)
  }

  /// The window of who does not convert goes on, that of who does ends with the last step; steps and what `without` names are no other events.
  @Test func `other events lie between the first step and the last`() throws {
    let rows =
      journey("X0 A1 X2 A3 B5 Y6") + journey("A0 Y2 Y3 R4 Z60", of: "u2") + journey("A0 C1 B1 Y9", of: "u3")
    var path = funnel("A -> C? -> B")
    path.path.steps[1].isOptional = true
    (path.window, path.without) = (.minutes(50), [Step(label: "R", alternatives: [EventPattern(event: "R")])])
    let report = try EmbeddedEngine(rows).drivers(DriversQuery(funnel: path, properties: []), Run())
    #expect(report.wholes == [.init(.init(2, of: 3))])
    #expect(report.events.map(\.subject) == [.event("Y")])
    #expect(report.events.map(\.rate) == [.init(0, of: 1)] && report.events.map(\.other) == [.init(2, of: 2)])
  }
}
