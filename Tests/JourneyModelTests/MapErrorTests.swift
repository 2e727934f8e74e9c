import JourneyModel
import Testing

@Suite struct MapErrorTests {
  private let map: JourneyMap

  init() throws {
    map = try JourneyMap(
      name: "shop",
      elements: [
        Element(.stage, "Awareness"), Element(.stage, "Purchase"),
        Element(.touchpoint, "Advert", under: ElementReference(.stage, "Awareness")),
        Element(.touchpoint, "Purchase", under: ElementReference(.stage, "Purchase")),
        Element(.touchpoint, "Checkout", under: ElementReference(.stage, "Purchase"), links: ["event checkout"]),
        Element(.persona, "Newcomer"),
      ])
  }

  /// `code: message (suggestion)` of the error that `make` throws, if it does.
  private func said(_ make: (JourneyMap) throws -> MapEdit) -> String {
    do {
      return "no error: \(try map.applying(make(map)).name)"
    } catch let error as MapError {
      return "\(error.code): \(error.message)" + (error.suggestion.map { " (\($0))" } ?? "")
    } catch {
      return "\(error)"
    }
  }

  @Test func namesThatAreNotThereOrTaken() {
    #expect(
      said { try $0.edit(removing: ElementReference(.touchpoint, "Chekout")) }
        == "map.element-unknown: 'Chekout' is not a touchpoint of the map (Checkout)")
    #expect(
      said { try $0.edit(adding: .pain, "Slow", at: MapPlace(under: .init("Advrt"))) }
        == "map.element-unknown: nothing on the map is called 'Advrt' (touchpoint Advert)")
    #expect(
      said { try $0.edit(adding: .stage, "Purchase") } == "map.name-taken: the map has a stage 'Purchase' already")
    #expect(
      said { try $0.edit(renaming: ElementReference(.stage, "Awareness"), to: "Purchase") }
        == "map.name-taken: the map has a stage 'Purchase' already")
    #expect(said { try $0.edit(adding: .action, " ") } == "map.name-blank: the name of an action is blank")
    #expect(said { _ in .renameMap(from: "shop", to: "") } == "map.name-blank: the name of the map is blank")
  }

  @Test func placesThatDoNotFit() {
    #expect(
      said { try $0.edit(adding: .touchpoint, "Mail") }
        == "map.parent-needed: a touchpoint hangs under a stage (to Purchase)")
    #expect(
      said { try $0.edit(adding: .pain, "Slow", at: MapPlace(under: .init("Newcomer"))) }
        == "map.parent-unfit: a pain hangs under a touchpoint or a stage, not under persona 'Newcomer'")
    #expect(
      said { try $0.edit(adding: .stage, "Loyalty", at: MapPlace(under: .init(.stage, "Purchase"))) }
        == "map.parent-unfit: a stage hangs under the map itself, not under stage 'Purchase'")
    #expect(
      said { try $0.edit(adding: .pain, "Slow", at: MapPlace(under: .init("Purchase"))) }
        == "map.parent-ambiguous: 'Purchase' is a touchpoint and a stage (touchpoint Purchase)")
    #expect(
      said { try $0.edit(adding: .stage, "Loyalty", at: MapPlace(.after, .init("Advert"))) }
        == "map.sibling-unfit: a stage stands after or before a stage, and 'Advert' is a touchpoint")
    #expect(
      said {
        try $0.edit(adding: .touchpoint, "Mail", at: MapPlace(under: .init("Awareness"), .after, .init("Checkout")))
      }
        == "map.sibling-elsewhere: touchpoint 'Checkout' does not hang under stage 'Awareness'")
    let advert = ElementReference(.touchpoint, "Advert")
    #expect(
      said { try $0.edit(moving: advert, to: MapPlace(.after, .init("Advert"))) }
        == "map.sibling-itself: touchpoint 'Advert' cannot stand after or before itself")
    #expect(
      said { try $0.edit(moving: advert, to: MapPlace()) }
        == "map.place-needed: no new place of touchpoint 'Advert' is given")
  }

  @Test func valuesThatDoNotFit() {
    let set = { (attribute: Attribute, values: [AttributeValue]) in
      self.said { try $0.edit(setting: ElementReference(.touchpoint, "Advert"), [(attribute, values)]) }
    }
    #expect(set(.emotion, [.integer(3)]) == "map.value-unfit: emotion takes a whole number from -2 to 2, not 3")
    #expect(set(.severity, [.number(2.5)]) == "map.value-unfit: severity takes a whole number from 1 to 5, not 2.5")
    #expect(set(.owner, [.number(12)]) == "map.value-unfit: owner takes text, not 12")
    #expect(
      set(.target, [.text("high")])
        == "map.value-unfit: target takes a number, a share like 12% or a duration like 7d, not high")
    #expect(set(.due, [.date("2025-02-30")]) == "map.value-unfit: due takes a date like 2025-07-01, not 2025-02-30")
    #expect(set(.owner, [.text("Ada"), .text("Bo")]) == "map.values-many: owner takes one value")
    #expect(
      said { try $0.edit(adding: .stage, "S", settings: [(.impact, [.integer(1)]), (.impact, [.integer(2)])]) }
        == "map.attribute-repeated: impact is set twice")
    #expect(throws: MapError.attributeUnknown("emotoin", nearest: .emotion)) { try Attribute(named: "emotoin") }
    #expect(MapError.attributeUnknown("emotoin", nearest: .emotion).suggestion == "emotion")
    #expect(MapError.attributeUnknown("emotoin", nearest: .emotion).code == "map.attribute-unknown")
  }

  @Test func meaningsLinksNotesAndTemplates() {
    #expect(
      said { try $0.edit(adding: .stage, "S", meaning: "count") }
        == "map.meaning-unfit: only a persona, win, kpi or goal has a question or people after 'as', not a stage")
    #expect(
      said { try $0.edit(linking: "Checkout", to: "event checkout") }
        == "map.link-taken: touchpoint 'Checkout' is linked to event checkout already")
    #expect(
      said { try $0.edit(unlinking: "Checkout", from: "event pay") }
        == "map.link-unknown: touchpoint 'Checkout' is not linked to event pay (event checkout)")
    #expect(said { try $0.edit(noting: "\n") } == "map.note-blank: the note is blank")
    #expect(
      said { _ in .insert(element: Element(.stage, "S", links: ["event a"]), position: 0) }
        == "map.link-unfit: only touchpoints are linked, not a stage")
    #expect(
      said { _ in .insert(element: Element(.stage, "S"), position: 9) }
        == "map.edit-stale: the map is not as the change found it: place 9 of stage 'S' is past the end")
    #expect(throws: MapError.templateUnknown("retial", nearest: .retail)) { try MapTemplate(named: "retial") }
    #expect(
      MapError.templateUnknown("x", nearest: nil).suggestion
        == "small-wins, acquisition, small-business, retail, classic")
  }

  @Test func valuesTakeTheirUsualForm() throws {
    #expect(try Attribute.emotion.values([.number(-1)]) == [.integer(-1)])
    #expect(try Attribute.target.values([.integer(30)]) == [.number(30)])
    #expect(try Attribute.due.values([.number(2025)]) == [.date("2025")])
    #expect(try Attribute.channel.values([.text("a"), .text("b"), .text("a")]) == [.text("a"), .text("b")])
    #expect(try Attribute.owner.values([.text("")]) == [])
    let map = try map.applying(map.edit(setting: ElementReference(.stage, "Purchase"), [(.owner, [.text("Ada")])]))
    let bare = try map.applying(map.edit(setting: ElementReference(.stage, "Purchase"), [(.owner, [.text("")])]))
    #expect(bare == self.map)
  }

  @Test func figuresAreWrittenAsTheyAreRead() throws {
    for text in ["30", "-0.5", "12%", "7%", "12.5%", "0.1%", "140%", "0.07", "1d12h", "500ms", "0s", "123456789012"] {
      let values = try Attribute.target.values(reading: [text])
      #expect(values.map(\.text) == [text])
    }
    for share in [0.07, 0.29, 1.0 / 3, 1e-9, 1e21, .leastNonzeroMagnitude, -0.015] {
      let text = AttributeValue.share(share).text
      #expect(try Attribute.target.values(reading: [text]) == [.share(share)])
    }
    for text in ["", "%", "1e3", "12 %", "0x1", "1d1d", "1h1d", "99999999999999999w", "nan", "1.", ".5"] {
      #expect(throws: MapError.self) { try Attribute.target.values(reading: [text]) }
    }
  }

  @Test func namesAreQuotedWhereTheyMustBe() {
    let typed = [
      "Cart", "add-to-cart", "_x.1", "購入", "Thank-you email", "-x", "a.", "stage", "True", "a\"b\\c\n\u{7}", "",
    ]
    .map { AttributeValue.text($0).typed }
    #expect(
      typed == [
        "Cart", "add-to-cart", "_x.1", "購入", #""Thank-you email""#, #""-x""#, #""a.""#, #""stage""#, #""True""#,
        #""a\"b\\c\n\u{7}""#, #""""#,
      ])
  }
}
