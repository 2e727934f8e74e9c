import Foundation
import JourneyQuery
import JourneyStatistics
import JourneyTime
import Rendering
import SourceText
import TestSupport
import Testing

@testable import Statements

/// A comparison by its definition: each group asked by itself, in a store that has nobody else, and the statistics of what it answered.
@Suite struct CompareTests {
  @Test(arguments: 0..<4) func `a group's figures are those of its people alone`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let people = (0..<240).map { Shopper("c\($0)", using: &random) }
    // Some are on a phone in NO, and of some one of the two is not known.
    let sides = Sides(
      whole: try shop(people), first: try shop(people.filter { $0.device == "phone" && $0.country != "NO" }),
      second: try shop(people.filter { $0.country == "NO" && $0.device != "phone" }))
    for question in [
      "funnel visit -> cart -> purchase within 2d", "funnel visit -> purchase within 1d counting entries by channel",
      "funnel visit -> cart? -> purchase by channel top 2",
    ] {
      try sides.expect(FunnelStatement.self, question, { $0 }) {
        Pair(rates: ($0.converted, $0.entered), ($1.converted, $1.entered))
      }
    }
    for question in ["value", "value counting events by channel"] {
      try sides.expect(ValueStatement.self, question, { $0 }) { Pair(means: $0, $1) }
    }
    for question in ["time visit -> purchase", "time visit -> purchase by channel"] {
      try sides.expect(TimeStatement.self, question, { $0.cut }) { Pair(times: $0, $1) }
    }
    try sides.expect(RetentionStatement.self, "retention of visit per week by channel", { $0 }) {
      Pair(rates: $0.whole(after: 1), $1.whole(after: 1))
    }
    try sides.expect(SessionsStatement.self, "sessions by channel", { $0 }) {
      Pair(rates: ($0.bounces, $0.sessions), ($1.bounces, $1.sessions))
    }
  }

  /// Steps are as many tests, and the conversion is none of them.
  @Test func stepsAreHeldAgainstThoseBefore() throws {
    var random = SeededRandom(seed: 9)
    let people = (0..<300).map { Shopper("c\($0)", using: &random) }
    let question = "funnel visit -> cart -> purchase"
    let answer = try shop(people).answer("compare \(question) between device = phone and device = desktop")
    let rows = try ["phone", "desktop"].map { device in
      try shop(people.filter { $0.device == device }).report(FunnelStatement.self, question).total.figures.rows
    }
    let counts = (0..<3).map { step in rows.map { $0[step].count } }
    let steps = (1..<3).map { step in
      Pair(rates: (counts[step][0], counts[step - 1][0]), (counts[step][1], counts[step - 1][1]))
    }
    let found = answer.tables[0].rows
    #expect(found.map { $0[0].text() } == ["conversion", "cart of previous", "purchase of previous"])
    expect(found[0], Pair(rates: (counts[2][0], counts[0][0]), (counts[2][1], counts[0][1])))
    for (row, (pair, holm)) in zip(found.dropFirst(), zip(steps, holmAdjusted(steps.map(\.p)))) {
      expect(row, pair, holm)
    }
  }

  /// Without `expected` groups that are nearly of one size were meant to be; others were not.
  @Test(arguments: [(770, 630, true), (800, 600, false), (705, 695, false)])
  func groupsOfNearlyOneSizeWereMeantToBeOfOne(phones: Int, desktops: Int, isWarned: Bool) throws {
    let people = (0..<phones + desktops).map { "c\($0),2025-03-05,visit,\($0 < phones ? "phone" : "desktop"),,,1" }
    let answer = try shop(rows: people).answer("compare value between device = phone and device = desktop")
    #expect(answer.warnings.map(\.code).contains(.compareSizes) == isWarned)
    // All have spent the same: what these sizes would find of others is not known.
    #expect(!answer.notes.contains { $0.contains("these sizes") })
  }
}

private func expect(_ row: [Cell], _ pair: Pair, _ holm: HolmAdjustment? = nil) {
  let isFew = pair.p.isNaN
  let p = isFew ? pair.p : holm?.p ?? pair.p
  #expect(row[2] == .integer(pair.sizes.0) && row[4] == .integer(pair.sizes.1))
  #expect(row[6] == (isFew ? .missing : .probability(p)))
  let isTold = !isFew && p < 0.05
  #expect(row[7] == .text(isFew ? "too few" : !isTold ? "not told apart" : pair.isAbove ? "higher" : "lower"))
  guard let test = pair.test else { return }
  let interval = test.interval(level: isFew ? 0.95 : holm?.level ?? 0.95)
  guard case .estimate(let estimate) = row[5], let ends = estimate.ends else {
    Issue.record("no difference: \(row)")
    return
  }
  #expect(estimate.value == test.difference && ends == interval.low...interval.high)
  if !isFew { #expect(isTold == !ends.contains(0), "interval and p contradict each other") }
}

/// How the figures of two groups differ, first less second.
private struct Pair {
  var sizes: (Int, Int)
  var test: (any GroupDifference)?
  /// Not a number of fewer than 30.
  var p = Double.nan
  var isAbove = false

  init(rates one: (Int, Int), _ other: (Int, Int)) {
    sizes = (one.1, other.1)
    guard let first = Proportion(one.0, of: one.1), let second = Proportion(other.0, of: other.1) else { return }
    take(ProportionDifference(second, first))
  }

  init(means one: ValueFigures, _ other: ValueFigures) {
    sizes = (one.counted, other.counted)
    let samples = [one, other].map {
      Sample(count: $0.counted, mean: $0.mean ?? .nan, variance: $0.variance ?? .nan)
    }
    if let first = samples[0], let second = samples[1] { take(MeanDifference(second, first)) }
  }

  init(times one: TimeFigures, _ other: TimeFigures) {
    sizes = (one.count, other.count)
    let values = [one, other].map { $0.times.map { Double($0.microseconds) } }
    guard min(one.count, other.count) >= 30, let test = MannWhitneyTest(values[0], values[1]) else { return }
    (p, isAbove) = (test.p, test.u > Double(one.count * other.count) / 2)
  }

  private mutating func take(_ test: (any GroupDifference)?) {
    self.test = test
    guard let test, min(sizes.0, sizes.1) >= 30 else { return }
    (p, isAbove) = (test.p, test.difference > 0)
  }
}

/// A store, and stores of those alone who are in one of two groups.
private struct Sides {
  let whole: Session
  let first: Session
  let second: Session

  /// Holds the main figure, and that of each group of `by`, against reports of both groups.
  func expect<Asked: ComparedQuestion, Figures>(
    _ asked: Asked.Type, _ question: String, _ cut: (Asked.Asked.Report) -> Cut<Figures>,
    _ pair: (Figures, Figures) -> Pair
  ) throws {
    let answer = try whole.answer("compare \(question) between device = phone and country = NO")
    let all = question.replacing(" top 2", with: "")
    let (one, other) = (cut(try first.report(asked, all)), cut(try second.report(asked, all)))
    StatementsTests.expect(answer.tables[0].rows[0], pair(one.total.figures, other.total.figures))
    guard answer.tables.count > 1 else { return }
    var both: [(key: GroupKey, pair: Pair)] = []
    for group in one.groups {
      for counterpart in other.groups where counterpart.key == group.key {
        both.append((group.key, pair(group.figures, counterpart.figures)))
      }
    }
    let isNamed = { (key: GroupKey) in key != .values([nil]) }
    let size = { (pair: Pair) in pair.sizes.0 + pair.sizes.1 }
    var shown = both.filter { isNamed($0.key) }.sorted { size($0.pair) > size($1.pair) }
    if question.hasSuffix("top 2") { shown = Array(shown.prefix(2)) }
    shown += both.filter { !isNamed($0.key) }
    let rows = answer.tables[1].rows
    #expect(rows.count == shown.count, "\(question)")
    let tests = shown.map(\.pair.p)
    let isMany = tests.count { !$0.isNaN } > 1
    for (row, (group, holm)) in zip(rows, zip(shown, holmAdjusted(tests))) {
      StatementsTests.expect(row, group.pair, isMany ? holm : nil)
    }
  }
}

extension Session {
  fileprivate func answer(_ text: String) throws -> Answer {
    guard case .answer(let answer) = try execute(text) else { throw Missing() }
    return answer
  }

  private struct Missing: Error {}

  /// What the plain question answers, of all but the customer who is in every store.
  fileprivate func report<Asked: ComparedQuestion>(_ asked: Asked.Type, _ question: String) throws -> Asked.Asked.Report
  {
    let resolver = try resolver()
    let complete = try Asked.completed(parsed(question + " for customer != anchor"), resolver)
    var query = resolver.complete(try Asked.query(complete, resolver))
    query.keepSamples()
    return try query.ask(executor(), run)
  }
}

/// Somebody with a few events; what is missing of them is not known.
private struct Shopper {
  let device: String
  let country: String
  fileprivate let rows: [String]

  init(_ id: String, using random: inout SeededRandom) {
    let (device, country) = (
      random.pick(["phone", "desktop", "phone", "desktop", ""]), random.pick(["NO", "AT", "SE", ""])
    )
    (self.device, self.country) = (device, country)
    let channel = random.pick(["ads", "mail", "direct", ""])
    var rows: [String] = []
    for _ in 0..<random.pick([1, 2, 4]) {
      let name = random.pick(["visit", "visit", "cart", "purchase"])
      let time =
        "2025-03-\(random.pick(Array(10...29)))T\(random.pick(Array(10...19))):\(random.pick(Array(10...59))):00"
      let price = name == "purchase" ? "\(random.pick(Array(5...40)))" : ""
      rows.append("\(id),\(time),\(name),\(device),\(country),\(channel),\(price)")
    }
    self.rows = rows
  }

  /// All of these, and somebody who makes all stores end at one moment.
  static func table(_ rows: [String]) -> String {
    let anchor = ["2025-03-01T00:00:00", "2025-03-31T00:00:00"].map { "anchor,\($0),other,,,,1" }
    return (["customer,time,event,device,country,channel,revenue"] + anchor + rows).joined(
      separator: "\n") + "\n"
  }
}

private func shop(_ people: [Shopper]) throws -> Session { try shop(rows: people.flatMap(\.rows)) }

private func shop(rows: [String]) throws -> Session {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("waymark-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try Data(Shopper.table(rows).utf8).write(to: folder.appendingPathComponent("e.csv"))
  let session = try Session(opening: nil, directory: folder.path) { Instant(microseconds: 0) }
  _ = try session.execute("load events \"e.csv\"")
  return session
}
