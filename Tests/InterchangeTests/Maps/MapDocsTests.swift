import Foundation
import JourneyModel
import Testing

@testable import Interchange

/// The examples of docs/MAPS.md are what the formats write.
@Suite struct MapDocsTests {
  private static func example(_ language: String) throws -> String {
    let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../docs/MAPS.md").standardized
    let text = try String(contentsOf: root, encoding: .utf8)
    let block = try #require(text.components(separatedBy: "```\(language)\n").dropFirst().first)
    return try #require(block.components(separatedBy: "```\n").first)
  }

  @Test(arguments: [MapFormat.yaml, .json, .csv, .mermaid])
  func theExampleIsWhatIsWritten(format: MapFormat) throws {
    let text = try Self.example(format.rawValue)
    let reading = try format.read(text, file: "docs", name: "shop")
    #expect(format.write(reading.map).text == text)
    #expect(reading.warnings.isEmpty)
    #expect(MapFormat(content: text) == format)
  }

  @Test func theYAMLExampleShowsEveryKindOfValue() throws {
    let map = try MapFormat.yaml.read(Self.example("yaml"), file: "docs", name: "").map
    let checkout = try #require(map.element(ElementReference(.touchpoint, "Checkout")))
    #expect(checkout.parent == ElementReference(.stage, "Purchase"))
    #expect(checkout.scale(.emotion) == -2 && checkout.emotions == ["Newcomer": -1])
    #expect(checkout.texts(.note) == ["Legal has read the terms.\nThe button moved in June."])
    #expect(checkout.links == ["event checkout_started(version >= 2)", #"{pay | event "Pay now"}"#])
    #expect(map.element(ElementReference(.touchpoint, "Advert"))?.texts(.channel) == ["web", "social"])
    #expect(map.all(.kpi).map(\.attributes) == [[.target: [.share(0.4)]]])
    #expect(map.all(.win).map(\.meaning) == ["funnel checkout -> purchase within 1d"])
    #expect(map.element(ElementReference(.opportunity, "Show it early"))?.parent?.kind == .pain)
    #expect(map.notes == ["ask Legal about the new terms"])
  }
}
