import JourneyQuery
import JourneyTime
import SourceText
import Testing

@testable import Rendering

@Suite struct ScoreAnswerTests {
  private let context = RenderingContext(width: 100)
  private let query = ScoreQuery(.nps)

  /// Answers by score, the rest none.
  private func scores(_ counts: [Int: Int]) -> ScoreFigures {
    var figures = ScoreFigures()
    for (score, count) in counts { figures.counts[score] = count }
    return figures
  }

  private var weeks: [ScoreFigures] {
    [[10: 20, 3: 30], [9: 40, 8: 6, 0: 60], [10: 30, 7: 30, 6: 12], [:], [10: 9, 5: 2]].map(scores)
  }

  private func perWeek(_ query: inout ScoreQuery) -> ScoreReport {
    query.split.per = .week
    var report = ScoreReport(scores([10: 59, 9: 40, 8: 6, 7: 30, 6: 12, 5: 2, 3: 30, 0: 60]))
    report.periods = (10...14).map {
      Period(start: Samples.march.advanced(by: .days(7 * ($0 - 10))), label: "2025-W\($0)")
    }
    report.total.periods = weeks
    return report
  }

  @Test func aScoreByGroups() throws {
    var query = query
    query.split.breakdown = Breakdown(keys: [.property("channel")], names: ["channel"])
    query.scope.people = .and([])
    var report = ScoreReport(scores([10: 70, 9: 14, 8: 26, 6: 20, 2: 4]))
    report.groups = [
      Slice(.values(["email"]), scores([10: 60, 8: 20, 6: 12])), Slice(.values(["web"]), scores([9: 14, 8: 6, 2: 4])),
      Slice(.values([nil]), scores([10: 10, 6: 8])),
    ]
    let answer = report.answer(to: query).asked("nps by channel")
    try expectGolden(render(answer, as: .table, in: context).forTerminal, "nps.by")
    try expectGolden(render(answer, as: .csv, in: context).forTerminal, "nps.by.csv")
    try expectGolden(render(answer, as: .json, in: context).forTerminal, "nps.by.json")
    let ascii = RenderingContext(width: 60, style: .ascii)
    try expectGolden(render(answer, as: .table, in: ascii).forTerminal, "nps.by.ascii")
  }

  @Test func aScoreOverTimeMayBeBelowZero() throws {
    var query = query
    let report = perWeek(&query)
    let context = RenderingContext(width: 80, isTerminal: true)
    try expectGolden(
      render(report.answer(to: query).asked("nps per week"), as: .table, in: context).forTerminal, "nps.per")
    query.split.breakdown = Breakdown(keys: [.property("channel")], names: ["channel"])
    var grouped = report
    grouped.groups = [
      Slice(.values(["email"]), report.total.figures, periods: weeks),
      Slice(.values(["web"]), report.total.figures, periods: weeks.reversed()),
    ]
    let answer = grouped.answer(to: query).asked("nps per week by channel")
    try expectGolden(render(answer, as: .table, in: context).forTerminal, "nps.per.by")
    try expectGolden(render(answer, as: .csv, in: context).forTerminal, "nps.per.by.csv")
  }

  @Test func scoresDifferByPoints() throws {
    for (scale, counts) in [
      (ScoreScale.nps, [[10: 60, 4: 20], [10: 30, 7: 30]]), (.csat, [[5: 60, 1: 20], [4: 30, 2: 30]]),
      (.ces, [[7: 60, 1: 20], [6: 30, 2: 30]]),
    ] {
      var query = ScoreQuery(scale)
      query.scope.during = CalendarDate.quarter(year: 2025, quarter: 3).range(in: .utc)
      query.split.versus = CalendarDate.quarter(year: 2025, quarter: 2).range(in: .utc)
      var report = ScoreReport(scores(counts[0]))
      report.versus = scores(counts[1])
      let answer = report.answer(to: query).asked("\(scale) vs")
      try expectGolden(render(answer, as: .table, in: context).forTerminal, "\(scale).vs")
      try expectGolden(render(answer, as: .csv, in: context).forTerminal, "\(scale).vs.csv")
    }
  }

  @Test func theIntervalStandsBesideEveryScore() {
    func text(_ scale: ScoreScale, _ counts: [Int: Int]) -> String { scores(counts).scoreCell(on: scale).text() }
    #expect(text(.nps, [10: 60, 8: 20, 6: 20]) == "+40 [+23 … +54]")
    #expect(text(.nps, [10: 20, 6: 60]).hasPrefix("-50 [-"))
    #expect(text(.nps, [10: 5, 6: 5]).hasPrefix("~0 [-"))
    #expect(text(.csat, [5: 80, 1: 20]) == "80.0 % [71.1 … 86.7]")
    #expect(text(.ces, [7: 40, 4: 40]) == "5.50 [5.16 … 5.84]")
    #expect(text(.ces, [7: 1]) == "~7.00")
    #expect(text(.nps, [0: 1]) == "~-100 [-100 … +48]")
    #expect(text(.nps, [10: 1]) == "~+100 [-48 … +100]")
    #expect(text(.nps, [:]) == "–")
  }

  @Test func aPointIsOne() {
    func change(_ difference: Double) -> String {
      Cell.change(
        from: .estimate(Estimate(10, nil, of: 90, .points)),
        to: .estimate(Estimate(10 + difference, nil, of: 90, .points))
      ).text()
    }
    #expect([-1, 0, 0.7, 2].map(change) == ["-1 point", "0 points", "+1 point", "+2 points"])
  }

  @Test func figuresForAssert() {
    let figures = scores([10: 60, 8: 20, 6: 20]).named(on: .nps)
    #expect(figures.map(\.name) == ["nps", "low", "high", "answers", "mean", "promoters", "passives", "detractors"])
    #expect(figures[0].value.amount == 40)
    #expect(scores([5: 3, 1: 1]).named(on: .csat)[0].value.amount == 0.75)
    #expect(scores([7: 3, 3: 1]).named(on: .ces)[0].value.amount == 6)
    #expect(ScoreFigures().named(on: .nps)[0].value == .missing)
  }
}
