import JourneyModel
import JourneyQuery
import JourneyTime
import Testing

@testable import Rendering

@Suite struct AnswerTests {
  private let context = RenderingContext(width: 100)

  @Test func funnelByGroups() throws {
    var query = Samples.query
    query.split.breakdown = Breakdown(keys: [.property("device"), .property("channel")], names: ["device", "channel"])
    var report = Samples.funnel
    report.groups = [
      Slice(.values(["mobile", "ads"]), figures(0.5)), Slice(.values(["desktop", nil]), figures(0.3)),
      Slice(.other, figures(0.001)),
    ]
    let answer = report.answer(to: query).asked(Samples.sentence)
    try expectGolden(render(answer, as: .table, in: context).forTerminal, "funnel.by")
    try expectGolden(render(answer, as: .table, in: RenderingContext(width: 60)).forTerminal, "funnel.by.60")
  }

  @Test func funnelPerWeekAgainstAnotherPeriod() throws {
    var query = Samples.query
    query.split.per = .week
    query.scope.during = CalendarDate.quarter(year: 2025, quarter: 3).range(in: .utc)
    query.split.versus =
      CalendarDate.day(try #require(CivilDate(year: 2025, month: 4, day: 1))).range(in: .utc)
      .lowerBound..<Samples.march.advanced(by: .days(60)).startOfDay
    query.scope.people = .and([])
    var report = Samples.funnel
    report.versus = figures(0.8)
    report.periods = ["2025-W27", "2025-W28"].map { Period(start: Samples.march, label: $0) }
    report.total.periods = [
      figures(0.4),
      FunnelFigures(rows: Samples.rows.map { FunnelRow(label: $0.label, isOptional: $0.isOptional, count: 0) }),
    ]
    let answer = report.answer(to: query).asked(Samples.sentence)
    try expectGolden(render(answer, as: .table, in: context).forTerminal, "funnel.per")
    try expectGolden(render(answer, as: .csv, in: context).forTerminal, "funnel.per.csv")
  }

  @Test func figuresOfAFunnel() {
    let figures = Samples.answer.figures
    #expect(figures.map(\.name) == ["conversion", "customers", "entered", "converted", "lost", "unfinished", "median"])
    #expect(figures[0].value == .rate(2_023, of: 18_234))
    #expect(figures[4].value == .integer(16_211))
    #expect(figures[6].value == .duration(.hours(60)))
  }

  @Test func aFunnelNobodyEntered() throws {
    let rows = Samples.rows.map {
      FunnelRow(label: $0.label, isOptional: $0.isOptional, count: 0, lost: $0.lost.map { _ in 0 })
    }
    let answer = FunnelReport(FunnelFigures(rows: rows)).answer(to: Samples.query).asked(Samples.sentence)
    try expectGolden(render(answer, as: .table, in: context).forTerminal, "funnel.nobody")
    #expect(answer.figures.first?.value == .missing)
  }

  @Test func fewCustomersAreWarnedOf() {
    let answer = FunnelReport(figures(0.001)).answer(to: Samples.query).asked("")
    #expect(answer.warnings.map(\.code) == [.fewCustomers])
    #expect(Samples.answer.warnings.isEmpty)
  }

  @Test func counts() throws {
    let total = CountFigures(events: 1_200, customers: 300)
    let plain = CountReport(total, basis: Basis(span: Samples.march...Samples.march)).answer(
      to: CountQuery()
    ).asked("count")
    try expectGolden(render(plain, as: .table, in: context).forTerminal, "count")
    let query = CountQuery(
      step: Step(label: "purchase", alternatives: []),
      scope: Scope(filter: .and([]), during: CalendarDate.year(2025).range(in: .utc)),
      split: Split(
        breakdown: Breakdown(keys: [.property("country")], names: ["country"]), per: .month,
        versus: CalendarDate.year(2024).range(in: .utc)))
    func slice(_ key: GroupKey, _ events: [Int]) -> Slice<CountFigures> {
      let periods = events.map { CountFigures(events: $0, customers: $0 / 5) }
      return Slice(key, CountFigures(events: events.reduce(0, +), customers: 90), periods: periods)
    }
    var report = CountReport(
      slice(.whole, [900, 300]),
      groups: [slice(.values(["NO"]), [700, 300]), slice(.other, [50, 0]), slice(.values([nil]), [150, 0])],
      periods: ["2025-01", "2025-02"].map { Period(start: Samples.march, label: $0) },
      versus: CountFigures(events: 1_000, customers: 320))
    report.total.figures = total
    try expectGolden(
      render(report.answer(to: query).asked("count purchase"), as: .table, in: context).forTerminal, "count.by")
  }

  @Test func aStoreDescribed() throws {
    let store = StoreDescription(
      customers: 600, events: 31_106, span: Samples.march...Samples.march.advanced(by: .days(100)),
      eventNames: [
        StoreDescription.Event(
          name: "product_view", events: 9_000, customers: 598, first: Samples.march,
          last: Samples.march.advanced(by: .days(90)))
      ],
      properties: [
        StoreDescription.Property(
          name: "platform", kind: "text", filled: 31_000, distinct: 2, top: [("ios", 20_000), ("web", 11_000)]),
        StoreDescription.Property(name: "amount", kind: "number", filled: 0, distinct: 0, top: []),
      ])
    try expectGolden(render(store.answer().asked("describe"), as: .table, in: context).forTerminal, "describe")
    try expectGolden(
      render(store.answer().asked("describe"), as: .table, in: RenderingContext(width: 80)).forTerminal, "describe.80")
  }

  @Test func sizesOfColumns() throws {
    let sizes = [
      ColumnSize(name: "customers", disk: 1_990_000, memory: nil),
      ColumnSize(name: "instants", disk: 37_100_000, memory: 80_000_000),
      ColumnSize(name: "note", disk: 0, memory: nil),
    ]
    let saved = Answer(tables: [sizes.table(events: 10_000_000)])
    let unsaved = Answer(tables: [
      sizes.map { ColumnSize(name: $0.name, disk: nil, memory: $0.memory) }.table(events: 0)
    ])
    try expectGolden(
      [saved, unsaved].flatMap { answer in
        try [Format.table, .csv, .json].map { try render(answer, as: $0, in: context).forTerminal }
      }
      .joined(separator: "\n"), "columns")
  }

  @Test func people() throws {
    let report = PeopleReport(people: [
      PeopleReport.Person(customer: "u1", depth: 2, entered: Samples.march, last: Samples.march.advanced(by: .hours(3)))
    ])
    let answer = report.answer(
      to: PeopleQuery(funnel: Samples.query, part: .lost(1))
    ).asked("people $main lost at view_item")
    try expectGolden(render(answer, as: .table, in: context).forTerminal, "people")
  }

  @Test(arguments: [ElementKind.stage, .touchpoint, .pain, .opportunity, .win, .goal, .need]) func listings(
    _ kind: ElementKind
  ) throws {
    let answer = try Samples.map.listing(of: kind, reading: Samples.reading)
    try expectGolden(render(answer, as: .table, in: context).forTerminal, "listing.\(kind)")
  }

  @Test func aMapForPrograms() throws {
    try expectGolden(render(try Samples.map.outline(), as: .csv, in: context).forTerminal, "outline.csv")
  }

  private func figures(_ part: Double) -> FunnelFigures {
    FunnelFigures(
      rows: Samples.rows.map {
        FunnelRow(label: $0.label, isOptional: $0.isOptional, count: Int(Double($0.count) * part), lost: $0.lost)
      }, unfinished: 3, medianToComplete: .hours(7))
  }
}

extension Instant {
  fileprivate var startOfDay: Instant { CalendarUnit.day.start(of: self, in: .utc) }
}
