import JourneyModel
import Testing

@Suite struct MapDiffTests {
  private func shop() throws -> JourneyMap {
    try JourneyMap(
      name: "shop",
      elements: [
        Element(.stage, "Awareness"), Element(.stage, "Purchase"), Element(.stage, "Loyalty"),
        Element(.touchpoint, "Cart", under: ElementReference(.stage, "Purchase")),
        Element(
          .touchpoint, "Payment", under: ElementReference(.stage, "Purchase"),
          attributes: [.emotion: [.integer(-2)], .channel: [.text("web")]], links: ["event pay"]),
        Element(.pain, "Late costs", under: ElementReference(.touchpoint, "Payment")),
        Element(.channel, "web"), Element(.kpi, "Rate"),
      ])
  }

  /// What the edits change, by the maps and the edits between them.
  private func lines(_ make: ((JourneyMap) throws -> MapEdit)..., known: Bool = true) throws -> [String] {
    let old = try shop()
    var (new, edits): (JourneyMap, [MapEdit]) = (old, [])
    for make in make {
      edits.append(try make(new))
      try new.apply(edits[edits.count - 1])
    }
    return MapDiff(from: old, to: new, through: known ? edits : []).lines
  }

  @Test func nothingChanged() throws {
    #expect(try lines() == [])
  }

  @Test func whatWasAddedAndRemoved() throws {
    #expect(
      try lines(
        {
          try $0.edit(
            adding: .touchpoint, "Thank you", at: MapPlace(.after, .init("Cart")), settings: [(.emotion, [.integer(1)])]
          )
        },
        { try $0.edit(removing: ElementReference(.touchpoint, "Payment")) }, { try $0.edit(noting: "ask Legal") })
        == [
          #"noted "ask Legal""#, #"added touchpoint "Thank you" to stage Purchase emotion 1"#,
          "removed touchpoint Payment of stage Purchase", #"removed pain "Late costs" of touchpoint Payment"#,
        ])
  }

  @Test func attributesMeaningsAndLinks() throws {
    #expect(
      try lines(
        {
          try $0.edit(
            setting: ElementReference(.touchpoint, "Payment"), [(.emotion, [.integer(1)]), (.owner, [.text("Ada L")])])
        },
        { try $0.edit(setting: ElementReference(.kpi, "Rate"), [(.target, [.share(0.4)])], meaning: "count") },
        { try $0.edit(linking: "Payment", to: "event paid") }, { try $0.edit(unlinking: "Payment", from: "pay") },
        { $0.edit(retitling: "The shop") })
        == [
          #"title (none) → "The shop""#, #"touchpoint Payment owner (none) → "Ada L""#,
          "touchpoint Payment emotion -2 → 1",
          "linked touchpoint Payment to event paid", "unlinked touchpoint Payment from event pay",
          "kpi Rate target (none) → 40%", "kpi Rate as (none) → count",
        ])
  }

  @Test func movesAreTheFewest() throws {
    #expect(
      try lines({ try $0.edit(moving: ElementReference(.stage, "Awareness"), to: MapPlace(.after, .init("Loyalty"))) })
        == ["moved stage Awareness after Loyalty"])
    #expect(
      try lines(
        { try $0.edit(moving: ElementReference(.touchpoint, "Payment"), to: MapPlace(.before, .init("Cart"))) },
        { try $0.edit(moving: ElementReference(.touchpoint, "Cart"), to: MapPlace(under: .init("Loyalty"))) })
        == ["moved touchpoint Cart from stage Purchase to stage Loyalty"])
  }

  @Test func aRenameIsToldFromALossWhereEditsAreKnown() throws {
    let rename = { (map: JourneyMap) in try map.edit(renaming: ElementReference(.stage, "Purchase"), to: "Buy it") }
    #expect(try lines(rename) == [#"renamed stage Purchase to "Buy it""#])
    #expect(
      try lines(rename, known: false) == [
        #"added stage "Buy it""#, #"moved touchpoint Cart from stage Purchase to stage "Buy it""#,
        #"moved touchpoint Payment from stage Purchase to stage "Buy it""#, "removed stage Purchase",
      ])
    #expect(
      try lines({ try $0.edit(renaming: ElementReference(.channel, "web"), to: "shop.example") })
        == ["renamed channel web to shop.example"])
  }

  @Test func namesThatChangeHandsAreFollowed() throws {
    #expect(
      try lines(
        { try $0.edit(removing: ElementReference(.stage, "Loyalty")) },
        { try $0.edit(renaming: ElementReference(.stage, "Purchase"), to: "Loyalty") },
        { try $0.edit(adding: .stage, "Purchase") })
        == ["renamed stage Purchase to Loyalty", "added stage Purchase", "removed stage Loyalty"])
  }

  @Test func aDiffIsEmptyExactlyForEqualMaps() {
    var random = RandomEdits(seed: 21)
    for _ in 0..<300 {
      let (old, new) = (random.map(steps: 12), random.map(steps: 12))
      #expect(MapDiff(from: old, to: new).changes.isEmpty == (old == new))
      #expect(MapDiff(from: old, to: old).changes.isEmpty)
      let edit = old.edit(replacingBy: new)
      #expect(MapDiff(from: old, to: new, through: [edit]) == MapDiff(from: old, to: new))
    }
  }
}
