import EventStore
import Foundation
import JourneyEngine
import JourneyQuery
import JourneyTime
import TestSupport
import Testing

/// Attribution by its definition: every conversion is followed back by itself, and its credit given out at once; chains are walked with each value
/// taken out in turn, and coalitions are all tried.
struct DefinedAttribution {
  let rows: [EventRow]
  let query: AttributionQuery

  private struct Way: Hashable {
    var touches: [String] = []
    var instants: [Int64] = []
    var worth = 0.0
    var converts = false
  }

  var report: AttributionReport {
    let sequences = DefinedSequence.all(
      of: rows, Naming(), filter: query.scope.filter, people: query.scope.people, during: nil)
    let found = sequences.map { followed($0) }
    let ways = found.flatMap(\.self)
    let (converted, lost) = (ways.filter(\.converts), ways.filter { !$0.converts && !$0.touches.isEmpty })
    let touched = converted.filter { !$0.touches.isEmpty }
    let values = Set((converted + lost).flatMap(\.touches)).sorted { precedes([$0], [$1]) }
    let credits = query.models.map { divided(by: $0, touched, lost, values) }
    var report = AttributionReport(
      direct: credit(of: converted.filter(\.touches.isEmpty)), conversions: converted.count,
      customers: found.count { $0.contains(where: \.converts) }, worth: converted.reduce(0) { $0 + $1.worth },
      distinct: Set(touched.map(\.touches)).count, lost: lost.count,
      basis: Basis(span: span(of: rows), people: sequences.count))
    let all = values.map { value -> AttributionReport.Touched in
      let credits = credits.map { $0[value] ?? AttributionReport.Credit() }
      return AttributionReport.Touched(
        value: value, conversions: touched.count { $0.touches.contains(value) },
        lost: lost.count { $0.touches.contains(value) }, credits: credits)
    }
    report.values = all.sorted { left, right in
      left.conversions != right.conversions
        ? left.conversions > right.conversions : precedes([left.value], [right.value])
    }
    let paths = Dictionary(grouping: touched, by: \.touches).map { touches, ways -> AttributionReport.Path in
      AttributionReport.Path(
        values: touches, conversions: ways.count, lost: lost.count { $0.touches == touches },
        worth: ways.reduce(0.0) { $0 + $1.worth })
    }
    let sorted = paths.sorted { left, right in
      if left.conversions != right.conversions { return left.conversions > right.conversions }
      return left.lost != right.lost ? left.lost < right.lost : precedes(left.values, right.values)
    }
    report.paths = Array(sorted.prefix(query.top))
    return report
  }

  private func followed(_ sequence: DefinedSequence) -> [Way] {
    let events = sequence.events.map(\.row)
    var ways: [Way] = []
    for (index, event) in events.enumerated() where matches(query.goal, event) && isAsked(event) {
      let since = events[..<index].lastIndex { matches(query.goal, $0) }.map { $0 + 1 } ?? 0
      var way = way(events[since..<index], to: event, in: sequence)
      way.converts = true
      if let worth = query.worth, case .number(let amount)? = event.properties.first(where: { $0.name == worth })?.value
      {
        way.worth = amount
      }
      ways.append(way)
    }
    let since = events.lastIndex { matches(query.goal, $0) }.map { $0 + 1 } ?? 0
    if since < events.count, let last = events.last, isAsked(last) {
      ways.append(way(events[since...], to: last, in: sequence))
    }
    return ways
  }

  private func isAsked(_ event: EventRow) -> Bool {
    query.scope.during?.contains(Instant(microseconds: event.instant)) ?? true
  }

  private func way(_ events: ArraySlice<EventRow>, to end: EventRow, in sequence: DefinedSequence) -> Way {
    let breakdown = Breakdown(keys: [.property(query.property)], names: [query.property])
    var way = Way()
    for event in events {
      if let window = query.window, end.instant - event.instant > window.microseconds { continue }
      guard let value = sequence.key(breakdown, at: event)[0] else { continue }
      if way.touches.last == value {
        way.instants[way.instants.count - 1] = event.instant
      } else {
        way.touches.append(value)
        way.instants.append(event.instant)
      }
    }
    return way
  }

  private func credit(of ways: [Way]) -> AttributionReport.Credit {
    .init(conversions: Double(ways.count), worth: ways.reduce(0) { $0 + $1.worth })
  }

  private func divided(
    by model: AttributionQuery.Model, _ converted: [Way], _ lost: [Way], _ values: [String]
  ) -> [String: AttributionReport.Credit] {
    var credits: [String: AttributionReport.Credit] = [:]
    func give(_ share: Double, of way: Way, to value: String) {
      credits[value, default: .init()].conversions += share
      credits[value, default: .init()].worth += share * way.worth
    }
    switch model {
    case .markov:
      let whole = chance(converted, lost, without: nil)
      let effects = values.map { whole > 0 ? 1 - chance(converted, lost, without: $0) / whole : 0 }
      let sum = effects.reduce(0, +)
      for (value, effect) in zip(values, effects) {
        let all = credit(of: converted)
        credits[value] = .init(
          conversions: sum > 0 ? effect / sum * all.conversions : 0, worth: sum > 0 ? effect / sum * all.worth : 0)
      }
    case .shapley:
      for value in values { credits[value] = marginal(of: value, converted, values) }
    default:
      for way in converted {
        for (place, weight) in weights(of: way, model).enumerated() { give(weight, of: way, to: way.touches[place]) }
      }
    }
    return credits
  }

  private func weights(of way: Way, _ model: AttributionQuery.Model) -> [Double] {
    let count = way.touches.count
    let weights: [Double] = (0..<count).map { place in
      switch model {
      case .first: place == 0 ? 1 : 0
      case .last: place == count - 1 ? 1 : 0
      case .position where count > 2: place == 0 || place == count - 1 ? 0.4 : 0.2 / Double(count - 2)
      case .decay: pow(0.5, Double(way.instants[count - 1] - way.instants[place]) / (7 * 86_400_000_000))
      default: 1
      }
    }
    return weights.map { $0 / weights.reduce(0, +) }
  }

  /// The share of walks through the chain that convert, where those that come to a value that is taken out end there.
  private func chance(_ converted: [Way], _ lost: [Way], without removed: String?) -> Double {
    let ways =
      converted.map { ["start"] + $0.touches.map { "at " + $0 } + ["yes"] }
      + lost.map { ["start"] + $0.touches.map { "at " + $0 } + ["no"] }
    var moves: [String: [String: Double]] = [:]
    for way in ways { for (from, to) in zip(way, way.dropFirst()) { moves[from, default: [:]][to, default: 0] += 1 } }
    var (here, done) = (["start": 1.0], 0.0)
    for _ in 0..<3_000 {
      var next: [String: Double] = [:]
      for (place, share) in here {
        let leaving = moves[place]?.values.reduce(0, +) ?? 0
        for (to, weight) in moves[place] ?? [:] {
          if to == "yes" { done += share * weight / leaving }
          if to != "yes", to != "no", to != removed.map({ "at " + $0 }) {
            next[to, default: 0] += share * weight / leaving
          }
        }
      }
      here = next
      if next.values.allSatisfy({ $0 < 1e-14 }) { break }
    }
    return done
  }

  /// What a value adds to the coalitions of the others, over all orders in which they come.
  private func marginal(of value: String, _ converted: [Way], _ values: [String]) -> AttributionReport.Credit {
    let others = values.filter { $0 != value }
    func won(_ coalition: Set<String>) -> AttributionReport.Credit {
      credit(of: converted.filter { coalition.isSuperset(of: $0.touches) })
    }
    func factorial(_ n: Int) -> Double { (0..<n).reduce(1) { $0 * Double($1 + 1) } }
    var sum = AttributionReport.Credit()
    for members in 0..<(1 << others.count) {
      let coalition = Set(others.indices.filter { members >> $0 & 1 == 1 }.map { others[$0] })
      let weight = factorial(coalition.count) * factorial(others.count - coalition.count) / factorial(values.count)
      let (with, without) = (won(coalition.union([value])), won(coalition))
      sum.conversions += weight * (with.conversions - without.conversions)
      sum.worth += weight * (with.worth - without.worth)
    }
    return sum
  }
}

@Suite struct AttributionTests {
  @Test(arguments: 0..<4) func `the credits are those of the definition`(seed: Int) throws {
    try expectDefined(seed: seed, stores: 300, AttributionQuery.random) {
      DefinedAttribution(rows: $0, query: $1).report.rounded
    } answer: {
      try $0.attribution($1, Run()).rounded
    }
  }

  @Test(arguments: 0..<3) func `credits and direct conversions sum to all`(seed: Int) throws {
    try expectDefined(seed: 100 + seed, stores: 200, AttributionQuery.random) { _, _ in
      true
    } answer: { engine, query in
      let report = try engine.attribution(query, Run())
      return query.models.indices.allSatisfy { model in
        let sum = report.values.reduce(report.direct.conversions) { $0 + $1.credits[model].conversions }
        let worth = report.values.reduce(report.direct.worth) { $0 + $1.credits[model].worth }
        return abs(sum - Double(report.conversions)) < 1e-9 && abs(worth - report.worth) < 1e-9
      }
    }
  }

  /// Ten days before the goal, three, and none; then a way of its own that is lost.
  @Test func `touches weigh half for each seven days`() throws {
    func row(_ day: Int64, _ name: String, _ channel: String?) -> EventRow {
      EventRow(
        customer: "u", instant: day * 86_400_000_000, name: name,
        properties: channel.map { [("channel", .text($0))] } ?? [])
    }
    let rows = [
      row(0, "visit", "a"), row(7, "visit", "b"), row(14, "buy", "c"), row(15, "visit", "c"), row(16, "visit", "c"),
    ]
    let query = AttributionQuery(
      goal: Step(label: "buy", alternatives: [EventPattern(event: "buy")]), property: "channel",
      models: [.decay, .last])
    let report = try EmbeddedEngine(EventStore(rows: rows)).attribution(query, Run()).rounded
    #expect(report.values.map(\.value) == ["a", "b", "c"])
    #expect(report.values.map { $0.credits[0].conversions } == [0.333333, 0.666667, 0])
    #expect(report.values.map { $0.credits[1].conversions } == [0, 1, 0])
    #expect(report.values.map(\.lost) == [0, 0, 1])
    #expect(report.lost == 1 && report.direct.conversions == 0)
  }

  @Test func `a chain has so many values at most`() throws {
    let rows = (0..<501).flatMap { value in
      ["visit", "buy"].enumerated().map { place, name in
        EventRow(
          customer: "u\(value)", instant: Int64(place), name: name, properties: [("page", .text("p\(value)"))])
      }
    }
    let engine = EmbeddedEngine(EventStore(rows: rows))
    var query = AttributionQuery(
      goal: Step(label: "buy", alternatives: [EventPattern(event: "buy")]), property: "page")
    #expect(throws: ExecutionError.limit(.values(500, of: "page"))) { try engine.attribution(query, Run()) }
    query.models = [.linear, .shapley]
    let report = try engine.attribution(query, Run())
    #expect(report.values.count == 501 && report.values.allSatisfy { $0.credits.allSatisfy { $0.conversions == 1 } })
  }
}

extension AttributionQuery {
  fileprivate static func random(using random: inout SeededRandom) -> AttributionQuery {
    var query = AttributionQuery(
      goal: .random(using: &random), property: random.pick(["item", "item", "amount", "vip", "none"]),
      worth: random.pick([nil, "amount"]))
    query.window = random.pick([nil, .minutes(1), .minutes(5), .days(30)])
    if random.one(in: 3) { query.scope.filter = .random(depth: 1, using: &random) }
    if random.one(in: 3) { query.scope.people = .random(depth: 1, using: &random) }
    if random.one(in: 3) { query.scope.during = .random(using: &random) }
    query.top = random.pick([1, 2, 10])
    return query
  }
}

extension AttributionReport {
  /// To six decimals.
  fileprivate var rounded: AttributionReport {
    func rounded(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 + 0 }
    func rounded(_ credit: Credit) -> Credit {
      Credit(conversions: rounded(credit.conversions), worth: rounded(credit.worth))
    }
    var report = self
    (report.direct, report.worth) = (rounded(direct), rounded(worth))
    report.values = values.map { touched in
      Touched(
        value: touched.value, conversions: touched.conversions, lost: touched.lost,
        credits: touched.credits.map(rounded))
    }
    return report
  }
}
