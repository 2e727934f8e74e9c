import JourneyQuery
import JourneyTime
import TestSupport
import Testing

@testable import Rendering

/// Costs beside values, by definition: a cost is as many pieces as it has minutes, and each piece falls where its minute does.
@Suite struct ChannelCostsTests {
  private static let first = Instant(microseconds: 1_740_787_200_000_000)  // 2025-03-01T00:00Z
  private static let channels = ["email", "search", "tv", "(other)"]

  private func hours(_ range: Range<Int>) -> Range<Instant> {
    Self.first.advanced(by: .hours(Int64(range.lowerBound)))..<Self.first.advanced(by: .hours(Int64(range.upperBound)))
  }

  private struct Cost {
    var channel: String
    var hours: Range<Int>
    var cost: Double

    /// What falls into the hours that pass.
    func part(_ passes: (Int) -> Bool) -> Double { Double(hours.count(where: passes)) * cost / Double(hours.count) }
  }

  private func costs(using random: inout SeededRandom) -> [Cost] {
    (0..<random.next(6)).map { _ in
      let start = Int.random(in: -50...90, using: &random)
      return Cost(
        channel: random.pick(Self.channels), hours: start..<start + Int.random(in: 1...60, using: &random),
        cost: random.pick([1, 30, 12.5, 0]))
    }
  }

  private func figures(using random: inout SeededRandom) -> ValueFigures {
    ValueFigures(counted: random.next(4), total: random.pick([0, 10, 250]))
  }

  /// Five days of the data, of which the question is asked for some hours.
  private func report(_ query: ValueQuery, using random: inout SeededRandom) -> ValueReport {
    var report = ValueReport(
      figures(using: &random),
      basis: Basis(span: Self.first.advanced(by: .hours(5))...Self.first.advanced(by: .hours(100))))
    if query.split.per != nil {
      report.periods = (0..<5).map { day in Period(start: hours(day * 24..<day * 24 + 24).lowerBound, label: "d\(day)")
      }
    }
    let keys =
      Self.channels.filter { _ in random.one(in: 2) }.map { GroupKey.values([$0]) }
      + [GroupKey.other, .values([nil])].filter { _ in random.one(in: 2) }
    report.groups = keys.map { key in Slice(key, figures(using: &random)) }
    for index in report.groups.indices {
      report.groups[index].periods = report.periods.map { _ in figures(using: &random) }
    }
    report.total.periods = report.periods.map { _ in figures(using: &random) }
    if query.split.versus != nil { report.versus = figures(using: &random) }
    return report
  }

  @Test(arguments: 0..<4) func definition(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    for _ in 0..<300 {
      let costs = costs(using: &random)
      let (during, before) = (random.pick([nil, 24..<72, 30..<41, 0..<400]), random.pick([nil, -24..<24, 90..<91]))
      var query = ValueQuery(property: "revenue")
      query.scope.during = during.map(hours)
      query.split = Split(
        breakdown: Breakdown(keys: [.property("channel")], names: ["channel"]), per: random.pick([nil, .day]),
        versus: during == nil ? nil : before.map(hours))
      let report = report(query, using: &random)
      let spend = Spend(costs.map { ChannelCost(channel: $0.channel, dates: hours($0.hours), cost: $0.cost) })
      let costed = try #require(ChannelCosts(spend, in: report, to: query)).beside(report)
      // The whole days that have a part of the data, unless said.
      let asked = during ?? 0..<120
      let shown = report.groups.compactMap { if case .values(let values) = $0.key { values[0] } else { nil } }
      func paid(_ key: GroupKey, _ passes: (Int) -> Bool) -> Double {
        costs.filter { cost in
          switch key {
          case .whole: true
          case .values(let values): values == [cost.channel]
          case .other: !shown.contains(cost.channel)
          }
        }.reduce(0) { $0 + $1.part(passes) }
      }
      func expect(_ found: Double?, _ expected: Double) {
        #expect(abs((found ?? 0) - expected) < 1e-6, "\(costs) \(query) \(report)")
      }
      for slice in [costed.total] + costed.groups {
        expect(slice.figures.cost, paid(slice.key, asked.contains))
        for (day, figures) in slice.periods.enumerated() {
          expect(figures.cost, paid(slice.key) { asked.contains($0) && (day * 24..<day * 24 + 24).contains($0) })
        }
      }
      if query.split.versus != nil, let before { expect(costed.versus?.cost, paid(.whole, before.contains)) }
      #expect(costed.groups.count { $0.key == .other } <= 1)
      // Nothing that was paid is left out, and nothing is told twice.
      expect(costed.groups.reduce(0) { $0 + ($1.figures.cost ?? 0) }, paid(.whole, asked.contains))
    }
  }

  @Test func `only answers by channel alone have costs`() {
    var report = ValueReport(ValueFigures(counted: 1, total: 2))
    report.groups = [Slice(.values(["email", "phone"]), ValueFigures())]
    func notes(_ keys: [String], _ spend: Spend?) -> [String] {
      var query = ValueQuery(property: "revenue")
      query.split.breakdown = Breakdown(keys: keys.map { .property($0) }, names: keys)
      let answer = report.answer(to: query, spend: spend)
      #expect(!answer.tables.flatMap(\.columns).contains { $0.name == "cost" })
      return answer.notes.filter { $0.contains("cost") }
    }
    #expect(notes(["channel", "device"], Spend([])).count == 1)
    #expect(notes(["channel", "device"], nil).isEmpty && notes(["device", "loyalty"], Spend([])).isEmpty)
  }
}
