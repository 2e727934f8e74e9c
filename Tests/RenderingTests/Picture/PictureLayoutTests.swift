import JourneyModel
import JourneyQuery
import Testing

@testable import Rendering

@Suite struct PictureLayoutTests {
  @Test func everySampleIsTidy() throws {
    let shop = try PictureSamples.shop()
    try expectTidy(shop.map, shop.reading)
    try expectTidy(shop.map, nil)
    try expectTidy(try PictureSamples.small(), nil)
    try expectTidy(try PictureSamples.large([8, 8, 8, 8, 8]), nil)
    try expectTidy(try PictureSamples.large([1, 30, 2, 7]), nil)
    try expectTidy(try PictureSamples.large([40]), nil)
    try expectTidy(try PictureSamples.large([2, 1, 3, 1, 0, 2, 1, 2, 1]), nil)
    try expectTidy(try PictureSamples.worldly(), nil)
    try expectTidy(try PictureSamples.stagesOnly(["Aware", "Consider"]), nil)
    try expectTidy(JourneyMap(name: "empty"), nil)
  }

  @Test(arguments: 1...24) func everyRandomMapIsTidy(seed: UInt64) throws {
    var chance = Chance(seed)
    let map = try chance.map()
    try expectTidy(map, chance.isHead ? nil : chance.reading(of: map))
  }

  @Test func theChecksSeeWhatIsUntidy() {
    var card = PictureLayout.Block(role: .card, frame: Rect(x: 0, y: 0, width: 50, height: 20), label: "card")
    card.texts = [.init(text: "much too wide for this card", x: 0, baseline: 15, style: .body)]
    let layout = PictureLayout(width: 60, height: 60, blocks: [card, card.moved(x: 20, y: 10)], bands: [])
    #expect(layout.overlaps.count == 1)
    #expect(layout.strays.count == 3)
  }

  private func expectTidy(_ map: JourneyMap, _ reading: MapReading?, _ place: SourceLocation = #_sourceLocation) throws
  {
    let content = try PictureContent(map, reading, Run())
    var known: [Double: [WideLayout.StageBlocks]] = [:]
    var layouts = try [NarrowLayout.phone, NarrowLayout.tablet, NarrowLayout.broad].map {
      try NarrowLayout(content: content, width: $0).layout(Run())
    }
    layouts += try [1, 3].map { try WideLayout(content: content, cardsPerColumn: $0).layout(&known, Run()) }
    for layout in layouts {
      #expect(layout.overlaps.isEmpty, sourceLocation: place)
      #expect(layout.strays.isEmpty, sourceLocation: place)
      #expect(layout.crowdedDots.isEmpty, sourceLocation: place)
    }
  }
}

extension PictureLayout {
  /// Pairs of things that cover each other, in words.
  fileprivate var overlaps: [String] {
    var grounds = blocks.map { ($0.label, $0.frame) } + bands.map { ("emotion band", $0.frame) }
    if let ribbon { grounds.append(("ribbon", ribbon.frame)) }
    grounds.sort { $0.1.y < $1.1.y }
    var found: [String] = []
    for (index, ground) in grounds.enumerated() {
      for other in grounds[(index + 1)...].prefix(while: { $0.1.y < ground.1.maxY }) where ground.1.overlaps(other.1) {
        found.append("\(ground.0) \(ground.1) and \(other.0) \(other.1)")
      }
    }
    return found
  }

  /// Texts, glyphs and marks that leave their block, and blocks that leave the picture.
  fileprivate var strays: [String] {
    let page = Rect(x: 0, y: 0, width: width, height: height)
    var found = blocks.filter { !page.contains($0.frame) }.map { "block \($0.label) \($0.frame)" }
    found += bands.filter { !page.contains($0.frame) }.map { "band \($0.frame)" }
    for block in blocks {
      found += block.texts.filter { !block.frame.contains($0.frame) }.map { "\($0.text) \($0.frame) in \(block.frame)" }
      found += block.glyphs.filter { !block.frame.contains($0.frame) }.map { "\($0.glyph) in \(block.label)" }
      found += block.marks.filter { !block.frame.contains($0.frame) }.map { "\($0) in \(block.label)" }
      for (index, text) in block.texts.enumerated() {
        found += block.texts[(index + 1)...].filter { $0.inkFrame.overlaps(text.inkFrame) }.map {
          "\(text.text) on \($0.text)"
        }
        found += block.glyphs.filter { $0.frame.overlaps(text.inkFrame) }.map { "\(text.text) on \($0.glyph)" }
        found += block.marks.filter { $0.frame.overlaps(text.inkFrame) }.map { "\(text.text) on \($0)" }
      }
    }
    return found
  }

  /// Dots that touch, or leave their band.
  fileprivate var crowdedDots: [String] {
    bands.flatMap { band in
      let radius = EmotionBand.dotRadius
      let outside = band.dots.filter { dot in
        !band.frame.contains(
          Rect(x: dot.center.x - radius, y: dot.center.y - radius, width: 2 * radius, height: 2 * radius))
      }
      let close = zip(band.dots, band.dots.dropFirst()).filter { $1.center.x - $0.center.x < 2 * radius }
      return outside.map(\.label) + close.map { "\($0.label) and \($1.label)" }
    }
  }
}

extension PictureLayout.PlacedText {
  /// From the height of capitals to the baseline, so that close lines do not count as covering each other.
  fileprivate var inkFrame: Rect {
    Rect(x: frame.x, y: baseline - style.size * 0.72, width: frame.width, height: style.size * 0.72)
  }
}
