import JourneyTime
import Testing

@testable import Rendering

@Suite struct TrendPictureTests {
  private static let widths = [300.0, 358, 640, 1_088]

  private func weeks(_ count: Int) -> [String] { (0..<count).map { "2025-W" + ($0 < 9 ? "0" : "") + String($0 + 1) } }

  private func chart(_ trend: Trend, _ width: Double = 640) throws -> Chart {
    try #require(TrendPicture(trend, width: width, in: RenderingContext())?.chart)
  }

  /// Three groups, one of them with a gap, in weeks of which the last is not over; and a band.
  private var groups: Trend {
    let shares: [(String, [Double?])] = [
      ("phone", [0.7, 0.68, 0.11, 0.12, 0.66, 0.7]), ("desktop", [0.69, 0.7, 0.74, nil, 0.72, 0.71]),
      ("a name that is <much> too long", [0.2, 0.3, 0.25, 0.4, 0.33, 0.42]),
    ]
    let after = (0..<6).map { $0 > 3 }
    return Trend(
      "conversion per week", labels: weeks(6),
      lines: shares.map { Trend.Line($0, $1.map { $0.map(Cell.share) ?? .missing }) },
      band: Trend.Band(
        "ordinary", lowest: after.map { $0 ? .share(0.3) : .missing },
        highest: after.map { $0 ? .share(0.5) : .missing }),
      unfinished: 1)
  }

  @Test func asIs() throws {
    try expectGolden(chart(groups).markup, "chart.trend")
    try expectGolden(chart(groups, 358).markup, "chart.trend.narrow")
  }

  /// A point a value, which tells it; a gap has none and no line; what is not over is open and dashed.
  @Test func everyValueIsTold() throws {
    let chart = try chart(groups)
    let reading = try expectSound(chart, width: 640)
    #expect(reading.titles.contains("desktop, 2025-W03: 74.0 %") && reading.titles.count == 5 + 6 + 6 + 1)
    #expect(reading.titles.contains("ordinary: 30.0 % to 50.0 %"))
    #expect(chart.markup.matches(of: /dasharray="5 4"/).count == 3)
    #expect(chart.markup.matches(of: /circle class="ground"/).count == 3)
    #expect(chart.caption == "dashed: not over yet")
    for name in ["phone", "desktop", "ordinary"] { #expect(reading.texts.contains { $0.text == name }) }
    #expect(reading.texts.map(\.text).contains("80 %"))
  }

  @Test func unitsAreThoseOfTheFigures() throws {
    let units: [(Cell, String)] = [
      (.integer(1_234), "1,500"), (.share(0.72), "80 %"), (.duration(.minutes(7)), "8m"), (.number(0.003), "0.003"),
    ]
    for (cell, top) in units {
      let trend = Trend("x", labels: ["a", "b", "c"], lines: [Trend.Line("", [cell, .missing, cell])])
      let texts = try ChartReading(chart(trend).markup).texts.map(\.text)
      #expect(texts.contains(top), "\(texts)")
    }
  }

  /// Anything that can be counted, and names of any kind.
  @Test(arguments: 0..<56) func nothingIsClippedAndNoLabelLiesOnAnother(seed: Int) throws {
    var chance = Chance(UInt64(seed))
    let kinds: [(inout Chance) -> Cell] = [
      { .integer(Int.random(in: 0...9, using: &$0)) },
      { .integer([0, .max, .min, -7].randomElement(using: &$0) ?? 0) },
      { .number([1e308, -1e308, 1e-300, 0, .infinity, .nan, 3.25].randomElement(using: &$0) ?? 0) },
      { .share(Double.random(in: 0...1, using: &$0)) },
      { .duration(Duration(microseconds: [0, 1, .max, .min, 3_600_000_000].randomElement(using: &$0) ?? 0)) },
      { _ in .integer(0) }, { .number(Double.random(in: -5...5, using: &$0)) },
    ]
    let kind = kinds[seed % kinds.count]
    let times = [1, 2, 3, 8, 26, 200, 1_500][seed / 7 % 7]
    func values() -> [Cell] {
      (0..<times).map { _ in Int.random(in: 0..<5, using: &chance) == 0 ? .missing : kind(&chance) }
    }
    let lines = (0..<[1, 2, 5, 9][seed % 4]).map { _ in
      Trend.Line(Samples.nasty.randomElement(using: &chance) ?? "", values(), isDashed: chance.isHead)
    }
    let band = Trend.Band("band", lowest: values(), highest: values())
    let trend = Trend(
      "figures",
      labels: chance.isHead ? weeks(times) : (0..<times).map { _ in Samples.nasty.randomElement(using: &chance) ?? "" },
      lines: lines, band: chance.isHead ? band : nil, unfinished: Int.random(in: 0...2, using: &chance))
    for width in Self.widths {
      guard let chart = TrendPicture(trend, width: width, in: RenderingContext())?.chart else { continue }
      try expectSound(chart, width: width, "\(seed), \(width)")
    }
  }

  @Test func nothingToDrawIsNoChart() {
    for trend in [
      Trend("x", labels: [], lines: []), Trend("x", labels: ["a"], lines: [Trend.Line("", [.missing])]),
      Trend("x", labels: ["a"], lines: [Trend.Line("", [.number(.nan)])]),
    ] { #expect(TrendPicture(trend, width: 640, in: RenderingContext()) == nil) }
  }

  /// Ten thousand times of 400 groups are a picture of some size, which says what it leaves out.
  @Test func whatIsDrawnIsCapped() throws {
    let count = 10_000
    let line = Trend.Line("x", (0..<count).map { .integer($0 % 977) })
    let chart = try chart(Trend("x", labels: weeks(count), lines: Array(repeating: line, count: 400)))
    #expect(chart.markup.utf8.count < 300_000)
    #expect(
      chart.caption
        == "drawn: the first 6 of 400 lines; drawn: the highest and the lowest of times that lie close")
    let reading = try expectSound(chart, width: 640)
    #expect(reading.places.contains { $0.y < 20 })
  }
}
