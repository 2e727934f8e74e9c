import Foundation
import JourneyModel
import Testing

@Suite struct MapEditTests {
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func everyEditHasAnExactInverse(seed: UInt64) throws {
    var random = RandomEdits(seed: seed)
    var map = JourneyMap(name: "shop")
    var (made, refused) = (0, 0)
    var history: [MapEdit] = []
    let first = map
    for _ in 0..<1_500 {
      do {
        let edit = try random.edit(map)
        let changed = try map.applying(edit)
        #expect(try changed.applying(edit.inverse) == map)
        #expect(edit.inverse.inverse == edit)
        #expect((changed == map) == edit.isEmpty)
        map = changed
        history.append(edit)
        made += 1
      } catch {
        refused += 1
      }
    }
    #expect(made > 300 && refused > 100)
    for edit in history.reversed() { try map.apply(edit.inverse) }
    #expect(map == first)
  }

  @Test func elementsStayInCanonicalOrder() throws {
    var random = RandomEdits(seed: 11)
    for _ in 0..<100 {
      let map = random.map(steps: 60)
      // Built anew from its elements in any order of parents, a map is the same.
      let groups = Dictionary(grouping: map.elements) { $0.parent }
      let shuffled = groups.keys.shuffled(using: &random).flatMap { groups[$0] ?? [] }
      let rebuilt = try JourneyMap(name: map.name, title: map.title, notes: map.notes, elements: shuffled)
      #expect(rebuilt == map)
    }
  }

  @Test func oneMapBecomesAnyOther() throws {
    var random = RandomEdits(seed: 5)
    for _ in 0..<100 {
      let (from, to) = (random.map(steps: 30), random.map(steps: 30))
      let edit = from.edit(replacingBy: to)
      #expect(try from.applying(edit) == to)
      #expect(try to.applying(edit.inverse) == from)
    }
  }

  @Test func editsSurviveJSON() throws {
    var random = RandomEdits(seed: 9)
    let encoder = JSONEncoder()
    var map = JourneyMap(name: "shop")
    for _ in 0..<600 {
      guard let edit = try? random.edit(map), (try? map.apply(edit)) != nil else { continue }
      #expect(try JSONDecoder().decode(MapEdit.self, from: encoder.encode(edit)) == edit)
    }
    #expect(map.elements.count > 5)
    encoder.outputFormatting = .sortedKeys
    let edit = try JourneyMap(name: "m").edit(
      adding: .kpi, "Rate", settings: [(.target, [.share(0.4)]), (.channel, [.text("web")])])
    #expect(
      String(decoding: try encoder.encode(edit), as: UTF8.self) == """
        {"insert":{"element":{"attributes":{"channel":[{"text":"web"}],"target":[{"share":0.4}]},"kind":"kpi",\
        "name":"Rate"},"position":0}}
        """)
  }

  @Test func anEditMadeForAnotherMapIsRefusedWhole() throws {
    let map = JourneyMap(name: "shop", template: .retail)
    let removal = try map.edit(removing: ElementReference(.stage, "Interest"))
    var changed = map
    try changed.apply(map.edit(setting: ElementReference(.stage, "Interest"), [(.owner, [.text("Ada")])]))
    let before = changed
    #expect(throws: MapError.editStale("stage 'Interest' has changed")) { try changed.apply(removal) }
    let group = MapEdit.group(edits: [.retitleMap(from: "", to: "New"), removal])
    #expect(throws: MapError.self) { try changed.apply(group) }
    #expect(changed == before)
  }

  @Test func childrenAndReferencesFollowARename() throws {
    var map = JourneyMap(name: "shop", template: .retail)
    try map.apply(map.edit(adding: .touchpoint, "Cart", at: MapPlace(under: .init("Purchase"))))
    try map.apply(map.edit(adding: .channel, "email"))
    let cart = ElementReference(.touchpoint, "Cart")
    try map.apply(map.edit(setting: cart, [(.channel, [.text("mail"), .text("email")])]))
    try map.apply(map.edit(renaming: ElementReference(.stage, "Purchase"), to: "Buy it"))
    try map.apply(map.edit(renaming: ElementReference(.channel, "email"), to: "mail"))
    #expect(map.element(cart)?.parent == ElementReference(.stage, "Buy it"))
    #expect(map.element(cart)?.texts(.channel) == ["mail"])
    #expect(map.all(.stage).map(\.name) == ["Awareness", "Interest", "Consideration", "Buy it", "Post-purchase"])
  }

  @Test func placesResolveAsStatementsMeanThem() throws {
    var map = JourneyMap(name: "shop", template: .retail)
    try map.apply(map.edit(adding: .touchpoint, "Pay", at: MapPlace(under: .init("Purchase"))))
    try map.apply(map.edit(adding: .touchpoint, "Mail", at: MapPlace(.after, .init("Pay"))))
    try map.apply(map.edit(adding: .touchpoint, "Cart", at: MapPlace(.before, .init("Pay"))))
    let purchase = ElementReference(.stage, "Purchase")
    #expect(map.children(of: purchase).map(\.name) == ["Cart", "Pay", "Mail"])
    try map.apply(map.edit(moving: ElementReference(.touchpoint, "Cart"), to: MapPlace(.after, .init("Mail"))))
    #expect(map.children(of: purchase).map(\.name) == ["Pay", "Mail", "Cart"])
    try map.apply(map.edit(adding: .pain, "Slow", at: MapPlace(under: .init("Pay"))))
    try map.apply(map.edit(adding: .opportunity, "Faster", at: MapPlace(under: .init("Slow"))))
    let away = MapPlace(under: .init("Interest"))
    try map.apply(map.edit(moving: ElementReference(.touchpoint, "Pay"), to: away))
    #expect(map.all(.touchpoint).map(\.name) == ["Pay", "Mail", "Cart"])
    try map.apply(map.edit(removing: ElementReference(.touchpoint, "Pay")))
    #expect(map.all(.pain).isEmpty && map.all(.opportunity).isEmpty && map.elements.count == 7)
  }
}
