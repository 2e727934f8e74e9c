import JourneyModel
import Testing

@Suite struct MapCheckTests {
  private static let stage = ElementReference(.stage, "Buy")
  private static let touchpoint = ElementReference(.touchpoint, "Pay now")

  /// Everything that a map can lack.
  private static func bare() throws -> JourneyMap {
    try JourneyMap(
      name: "shop",
      elements: [
        Element(.stage, "Buy"), Element(.stage, "Empty"), Element(.touchpoint, "Pay now", under: stage),
        Element(
          .touchpoint, "Done", under: stage,
          attributes: [
            .emotion: [.integer(1)], .owner: [.text("Ada")], .channel: [.text("web"), .text("shop floor")],
            .persona: [.text("Regular")],
          ], links: ["event done"]),
        Element(.channel, "web"), Element(.persona, "Newcomer"), Element(.pain, "Slow", under: touchpoint),
        Element(.win, "Guest", under: touchpoint), Element(.kpi, "Rate"), Element(.goal, "Joy"),
      ])
  }

  @Test func eachRuleFindsWhatIsLacking() throws {
    let found = MapCheck(try Self.bare()).findings.map { "\($0.code) \($0.element?.typed ?? "-"): \($0.mend)" }
    #expect(
      found == [
        #"map.stage-empty stage Empty: add touchpoint "Empty touchpoint" to Empty"#,
        #"map.touchpoint-unlinked touchpoint "Pay now": link touchpoint "Pay now" to event "Pay now""#,
        #"map.emotion-missing touchpoint "Pay now": set touchpoint "Pay now" emotion 0"#,
        #"map.owner-missing touchpoint "Pay now": set touchpoint "Pay now" owner Ada"#,
        #"map.channel-missing touchpoint "Pay now": set touchpoint "Pay now" channel web"#,
        #"map.question-missing stage Buy: add question "What do I need at Buy?" to stage Buy"#,
        #"map.channel-unknown touchpoint Done: add channel "shop floor""#,
        "map.persona-unknown touchpoint Done: add persona Regular",
        #"map.persona-undefined persona Newcomer: set persona Newcomer as did touchpoint "Pay now""#,
        #"map.pain-unanswered pain Slow: add opportunity "Mend: Slow" to pain Slow"#,
        #"map.win-unmeasured win Guest: set win Guest as funnel touchpoint "Pay now" -> touchpoint Done"#,
        "map.win-undated win Guest: set win Guest since 2025-01-01",
        #"map.kpi-unmeasured kpi Rate: set kpi Rate as funnel touchpoint "Pay now" -> touchpoint Done"#,
        "map.kpi-untargeted kpi Rate: set kpi Rate target 10%", "map.goal-unmeasured goal Joy: set goal Joy as nps",
        "map.goal-untargeted goal Joy: set goal Joy target 30",
      ])
    let empty = MapCheck(JourneyMap(name: "new")).findings
    #expect(empty.map(\.code) == ["map.empty"])
    #expect(
      Set(MapCheck(try Self.bare()).findings.map(\.code)).union(["map.empty", "map.persona-unmet", "map.emotion-unmet"])
        == Set(MapCheck.codes))
  }

  /// A full step and more is one, anything less is none; what is better than planned never is.
  @Test func aTouchpointWhereCustomersFeelWorseThanPlanned() throws {
    let stage = Element(.stage, "S")
    let touchpoints = [("A", 1), ("B", 1), ("C", -1), ("D", 0)].map { name, emotion in
      Element(.touchpoint, name, under: stage.reference, attributes: [.emotion: [.integer(emotion)]])
    }
    let map = try JourneyMap(name: "shop", elements: [stage] + touchpoints)
    let check = MapCheck(map, felt: ["A": 0, "B": 0.001, "C": 2, "X": -2])
    let found = check.findings.filter { $0.code == "map.emotion-unmet" }
    #expect(found.map(\.element) == [ElementReference(.touchpoint, "A")])
    #expect(found.map(\.message) == ["is planned at +1, and customers feel 0.0"])
    #expect(found.map(\.mend) == ["set touchpoint A emotion 0"])
  }

  @Test func aPersonaThatNobodyIsIsFoundWhereEventsSayIt() throws {
    let map = try JourneyMap(
      name: "shop",
      elements: [Element(.persona, "Ghost", meaning: "device = fax"), Element(.persona, "Regular", meaning: "did pay")])
    let found = MapCheck(map, events: ["pay"], unmet: ["Ghost"]).findings.filter { $0.code == "map.persona-unmet" }
    #expect(found.map(\.element) == [ElementReference(.persona, "Ghost")])
    #expect(found.map(\.message) == ["is nobody in the events: device = fax"])
    #expect(found.map(\.mend) == ["set persona Ghost as did event pay"])
  }

  @Test func theNamesOfEventsCountAsLinks() throws {
    let map = try Self.bare()
    let unlinked = { (events: [String]) in
      MapCheck(map, events: events).findings.filter { $0.code == "map.touchpoint-unlinked" }
    }
    #expect(unlinked(["Pay now", "visit"]).isEmpty)
    #expect(unlinked(["pay_now", "visit"]).map(\.mend) == [#"link touchpoint "Pay now" to event pay_now"#])
  }

  @Test func aFinishedMapHasNoFindings() throws {
    var map = try Self.bare()
    try map.apply(map.edit(removing: ElementReference(.stage, "Empty")))
    let edits: [(JourneyMap) throws -> MapEdit] = [
      { try $0.edit(linking: "Pay now", to: "event pay") },
      {
        try $0.edit(
          setting: Self.touchpoint,
          [(.emotion, [.integer(0)]), (.owner, [.text("Bo")]), (.channel, [.text("web")])])
      },
      { try $0.edit(adding: .question, "Is it safe?", at: MapPlace(under: .init("Pay now"))) },
      { try $0.edit(adding: .channel, "shop floor") }, { try $0.edit(adding: .persona, "Regular", meaning: "did pay") },
      { try $0.edit(setting: ElementReference(.persona, "Newcomer"), [], meaning: "not did pay") },
      { try $0.edit(adding: .opportunity, "Faster", at: MapPlace(under: .init("Slow"))) },
      { try $0.edit(setting: ElementReference(.win, "Guest"), [(.since, [.date("2025")])], meaning: "count") },
      { try $0.edit(setting: ElementReference(.kpi, "Rate"), [(.target, [.number(1)])], meaning: "count") },
      { try $0.edit(setting: ElementReference(.goal, "Joy"), [(.target, [.number(30)])], meaning: "nps") },
    ]
    for edit in edits { try map.apply(edit(map)) }
    #expect(MapCheck(map).findings.isEmpty)
  }
}
