import JourneyModel
import JourneyQuery
import SourceText
import Testing

@testable import Rendering

@Suite struct MapMatrixTests {
  @Test(arguments: [30, 80, 120, 200]) func wholeTexts(_ width: Int) throws {
    let map = try Samples.map
    let context = RenderingContext(width: width)
    try expectGolden(MapMatrix(map).text(in: context).forTerminal, "map.\(width)")
    try expectGolden(MapMatrix(map, reading: Samples.reading).text(in: context).forTerminal, "map.metrics.\(width)")
  }

  @Test func asciiStyleDrawsInASCII() throws {
    let text = try MapMatrix(try Samples.map, reading: Samples.reading).text(
      in: RenderingContext(width: 80, style: .ascii)
    )
    .forTerminal
    try expectGolden(text, "map.ascii")
    let data = Set("商品比較ページ📏".unicodeScalars)
    #expect(text.unicodeScalars.allSatisfy { $0.isASCII || data.contains($0) })
  }

  @Test func colourStyleOnlyAddsColour() throws {
    let map = try Samples.map
    let plain = try MapMatrix(map, reading: Samples.reading).text(in: RenderingContext(width: 80)).forTerminal
    let colour = try MapMatrix(map, reading: Samples.reading).text(in: RenderingContext(width: 80, style: .colour))
      .forTerminal
    try expectGolden(colour, "map.colour")
    #expect(colour.replacing(/\u{1B}\[[0-9]*m/, with: "") == plain)
  }

  @Test func noLineIsWiderThanTheWidth() throws {
    let map = try Samples.map
    for width in Array(10...34) + [47, 80, 131, 200] {
      for style in [RenderingContext.Style.plain, .ascii] {
        let context = RenderingContext(width: width, style: style)
        let text = try MapMatrix(map, reading: Samples.reading).text(in: context).forTerminal
        for line in text.split(separator: "\n") { #expect(line.displayWidth <= width, "\(width): \(line)") }
        for element in map.elements {
          let card = try #require(ElementCard(element.reference, on: map)).text(in: context)
            .forTerminal
          for line in card.split(separator: "\n") { #expect(line.displayWidth <= width, "\(width): \(line)") }
        }
      }
    }
  }

  @Test func theCurveHoldsEveryDot() throws {
    let points = [2, -2, 0, 0, 1, -1].enumerated().map { EmotionCurve.Point(x: $0 * 6, emotion: $1) }
    let curve = EmotionCurve(points, width: 31, style: .plain)
    try expectGolden(
      curve.rows.map { EmotionCurve.axis($0.emotion) + " " + String($0.cells.map(\.character)) + "\n" }.joined(),
      "curve")
    for point in points {
      #expect(curve.rows[2 - point.emotion].cells[point.x].character == "●")
    }
  }

  @Test func aCrowdedMapStaysInItsColumns() throws {
    let stages = (0..<3).map { Element(.stage, "Stage \($0)") }
    let touchpoints = (0..<42).map { number in
      Element(
        .touchpoint, "Touchpoint \(number)", under: stages[number / 14].reference,
        attributes: [.emotion: [.integer(number * 7 % 5 - 2)]])
    }
    let map = try JourneyMap(name: "crowded", elements: stages + touchpoints)
    try expectGolden(MapMatrix(map).text(in: RenderingContext(width: 80)).forTerminal, "map.crowded")
    let dots = try MapMatrix(map).text(in: RenderingContext(width: 80)).forTerminal.count { $0 == "●" }
    #expect(dots == 42)
  }

  @Test func anEmptyMapSaysSo() throws {
    #expect(try MapMatrix(JourneyMap(name: "draft")).text(in: RenderingContext()).forTerminal == "draft\n(no stages)\n")
  }

  @Test func aCardTellsAllOfATouchpoint() throws {
    let card = try #require(
      ElementCard(ElementReference(.touchpoint, "Checkout"), on: try Samples.map))
    try expectGolden(card.text(in: RenderingContext(width: 80)).forTerminal, "card.80")
    try expectGolden(card.text(in: RenderingContext(width: 30)).forTerminal, "card.30")
    #expect(ElementCard(ElementReference(.touchpoint, "Nowhere"), on: try Samples.map) == nil)
  }
}
