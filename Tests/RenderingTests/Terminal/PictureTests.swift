import JourneyQuery
import JourneyTime
import Testing

@testable import Rendering

/// What tables are looked at as on a terminal: golden files by width and style, and that no line is wider than it may be.
@Suite struct PictureTests {
  private static let styles: [(name: String, context: RenderingContext)] = [
    ("80", RenderingContext(width: 80)), ("120", RenderingContext(width: 120)),
    ("ascii", RenderingContext(width: 80, style: .ascii)), ("colour", rich(.dark)), ("light", rich(.light)),
    ("30", RenderingContext(width: 30)),
  ]

  private static func rich(_ colours: RenderingContext.Colours) -> RenderingContext {
    var context = RenderingContext(width: 80, style: .colour)
    context.colours = colours
    return context
  }

  private func expectGoldens(_ answer: Answer, _ name: String) throws {
    for (style, context) in Self.styles {
      try expectGolden(render(answer, as: .table, in: context).forTerminal, "\(name).\(style)")
    }
    for width in 10...140 {
      for style in [RenderingContext.Style.plain, .ascii] {
        let text = try render(answer, as: .table, in: RenderingContext(width: width, style: style)).forTerminal
        for line in text.split(separator: "\n") {
          #expect(String(line).displayWidth <= width, "\(width): \(line)")
          if style == .ascii {
            #expect(line.unicodeScalars.allSatisfy { $0.isASCII || "概要".unicodeScalars.contains($0) }, "\(line)")
          }
        }
      }
    }
  }

  private func weeks(_ count: Int) -> [String] { (1...count).map { "2025-W" + ($0 < 10 ? "0" : "") + String($0) } }

  /// Figures that go up and down, the same at every run.
  private func waves(_ count: Int, _ height: Int) -> [Int] {
    (0..<count).map { height * (60 + ($0 * 37) % 41) / 100 }
  }

  private func perWeek(_ total: CountFigures, _ figures: [CountFigures]) -> Answer {
    CountReport(
      Slice(.whole, total, periods: figures),
      periods: weeks(figures.count).map { Period(start: Samples.march, label: $0) }
    ).answer(to: CountQuery(split: Split(per: .week))).asked("count per week")
  }

  @Test func aTrend() throws {
    let figures = waves(26, 1_200).map { CountFigures(events: $0, customers: $0 / 2) }
    try expectGoldens(perWeek(CountFigures(events: 25_000, customers: 9_000), figures), "trend")
  }

  @Test func trendsOfGroups() throws {
    let shares: [(String, [Double?])] = [
      ("phone", [0.7, 0.68, 0.11, 0.12, 0.66, 0.7]), ("desktop", [0.69, 0.7, 0.74, nil, 0.72, 0.71]),
      ("a name that is much too long", [0.2, 0.3, 0.25, 0.4, 0.33, 0.42]),
    ]
    let trend = Trend(
      "conversion per week", labels: weeks(6),
      lines: shares.map { Trend.Line($0, $1.map { $0.map(Cell.share) ?? .missing }) })
    let table = Table(columns: [Table.Column("week")], rows: weeks(6).map { [.text($0)] }, picture: .trend(trend))
    try expectGoldens(Answer(question: "funnel", tables: [table]), "trend.groups")
  }

  @Test func axesEndAtRoundFigures() throws {
    func labels(_ cells: [Cell]) throws -> [String] {
      let axis = try #require(ValueAxis(cells, in: RenderingContext()))
      return (0..<axis.rows).compactMap { axis.label(ofRow: $0) }
    }
    #expect(try labels([.integer(3), .integer(0)]) == ["3", "2", "1"])
    #expect(try labels([.integer(1_234)]) == ["1,500", "1,000", "500"])
    #expect(try labels([.share(0.72)]) == ["80 %", "60 %", "40 %", "20 %"])
    #expect(try labels([.duration(.minutes(7))]) == ["8m", "6m", "4m", "2m"])
    #expect(try labels([.integer(0)]) == ["1"])
    #expect(try labels([.number(0.003)]) == ["0.003", "0.002", "0.001"])
    for huge in [Cell.integer(.max), .number(1e300), .duration(Duration(microseconds: .max)), .share(1e-300)] {
      #expect(try !labels([huge]).isEmpty)
    }
    #expect(ValueAxis([.missing, .number(.nan)], in: RenderingContext()) == nil)
  }

  @Test func aFlow() throws {
    func transition(_ from: String, _ to: String, _ times: Int) -> FlowReport.Transition {
      FlowReport.Transition(from: from, to: to, times: times, customers: times * 2 / 3, median: .seconds(Int64(times)))
    }
    let report = FlowReport(
      transitions: [
        transition("Home", "Product", 9_000), transition("Product", "Cart", 2_500),
        transition("Product", "Home", 1_100),
        transition("Cart", "Checkout", 900), transition("Product", "Product", 60),
        transition("Product", "Checkout", 30),
      ], distinct: 6, times: 13_590,
      steps: [
        FlowReport.Step(name: "Home", events: 10_000, starts: 9_000, ends: 1_000),
        FlowReport.Step(name: "Product", events: 9_060, starts: 0, ends: 5_370),
        FlowReport.Step(name: "Cart", events: 2_500, ends: 1_600),
        FlowReport.Step(name: "Checkout \u{1B}[1m概要", events: 930, ends: 930),
      ], customers: 9_000, basis: Basis(people: 9_500))
    try expectGoldens(report.answer(to: FlowQuery()).asked("flow using touchpoints"), "flow")
  }

  @Test func pathsFromAndTo() throws {
    let variants: [([String], Int)] = [
      (["Cart", "Checkout", "Payment"], 4_448), (["Cart"], 2_036), (["Cart", "Checkout"], 1_202),
      (["Cart", "Home", "Product"], 684), (["Cart", "Checkout", "Home"], 609),
    ]
    func report(_ side: PathsQuery.Side) -> (PathsReport, PathsQuery) {
      let ways = variants.map {
        PathsFigures.Variant(
          steps: side == .to ? $0.reversed() : $0, anchor: side == .to ? $0.count - 1 : 0, customers: $1)
      }
      let step = Step(label: "Cart", alternatives: [])
      return (
        PathsReport(PathsFigures(customers: 9_572, distinct: 11, variants: ways), basis: Basis(people: 20_000)),
        PathsQuery(anchor: PathsQuery.Anchor(side, step), depth: side == .to ? 2 : 3)
      )
    }
    for side in [PathsQuery.Side.from, .to] {
      let (report, query) = report(side)
      try expectGoldens(report.answer(to: query).asked("paths \(side) Cart"), "paths.\(side)")
    }
  }

  @Test func cohorts() throws {
    let cohorts = (0..<14).map { week in
      let size = 200 + week * 13
      return RetentionFigures.Cohort(
        start: Samples.march, label: weeks(14)[week], customers: size,
        returned: (0..<(14 - week)).map { $0 == 0 ? size * 95 / 100 : size * 40 / 100 / ($0 * $0) })
    }
    let report = RetentionReport(RetentionFigures(cohorts: cohorts))
    let visit = Step(label: "visit", alternatives: [])
    let query = RetentionQuery(start: visit, returning: visit, unit: .week)
    try expectGoldens(report.answer(to: query).asked("retention of visit"), "retention")
  }

  @Test func quantilesOfTimes() throws {
    let report = TimeReport(
      cut: Cut(
        TimeFigures(
          count: 100,
          spread: TimeSpread(
            min: .seconds(6), p10: .seconds(20), median: .seconds(70), p90: .seconds(110), max: .seconds(119),
            mean: .seconds(66)))),
      histogram: [
        TimeBin(start: .seconds(5), end: .seconds(15), count: 10),
        TimeBin(start: .seconds(15), end: .seconds(30), count: 20),
        TimeBin(start: .seconds(30), end: .minutes(1), count: 10),
        TimeBin(start: .minutes(1), end: .minutes(2), count: 60),
      ], entered: 120)
    try expectGoldens(report.answer(to: TimeQuery(Samples.query)).asked("time visit -> purchase"), "time")
  }

  @Test func shadesAreDarkerForMore() {
    let levels = (0...20).map { Shade(Double($0) / 20, of: 1).level }
    #expect(levels == levels.sorted() && levels.first == 0 && levels.last == 8 && levels[1] > 0)
    #expect(Shade(0.5, of: 0).level == 0 && Shade(.nan, of: 1).level == 0)
  }

  /// Pictures are for people alone.
  @Test func programsGetTheRows() throws {
    let answer = perWeek(
      CountFigures(events: 400, customers: 300), waves(5, 100).map { CountFigures(events: $0, customers: $0) })
    var bare = answer
    bare.tables[0].picture = nil
    for format in Format.allCases where format.isForPrograms || format == .markdown {
      let (text, plain) = try (
        render(answer, as: format, in: RenderingContext()), render(bare, as: format, in: RenderingContext())
      )
      #expect(text.forTerminal == plain.forTerminal)
    }
  }
}
