import Foundation
import JourneyModel
import SourceText
import Testing

@testable import Interchange

@Suite struct MapFormatTests {
  @Test(arguments: [MapFormat.yaml, .json, .csv])
  func everyMapSurvivesTheRoundTrip(format: MapFormat) throws {
    var random = RandomMap(seed: 3)
    for size in 0..<120 {
      let map = try random.map(size / 2)
      let text = format.write(map).text
      let read = try format.read(text, file: "map", name: "other")
      #expect(read.map == map && read.warnings.isEmpty)
      #expect(format.write(read.map).text == text)
      #expect(Array(read.map.elements.map(\.name.utf8.count)) == map.elements.map(\.name.utf8.count))
      // As a file, too; only a CSV cannot be told from a binary file where a name holds a NUL.
      if !text.utf8.contains(0) { #expect(try MapFile.decode(Array(text.utf8), "map") == text) }
    }
  }

  @Test func mermaidReadsBackWhatItHolds() throws {
    var random = RandomMap(seed: 8)
    for _ in 0..<80 {
      let map = try random.map(30)
      let read = try MapFormat.mermaid.read(MapFormat.mermaid.write(map).text, file: "m", name: map.name)
      #expect(read.warnings.isEmpty)
      #expect(read.map.heading == map.heading)
      #expect(read.map.all(.stage).map(\.name) == map.all(.stage).map(\.name))
      #expect(read.map.all(.touchpoint).map(\.reference) == map.all(.touchpoint).map(\.reference))
      #expect(read.map.all(.touchpoint).map(\.parent) == map.all(.touchpoint).map(\.parent))
      for touchpoint in map.all(.touchpoint) {
        let back = try #require(read.map.element(touchpoint.reference))
        #expect(back.scale(.emotion) == touchpoint.scale(.emotion) ?? 0)
        #expect(back.texts(.persona) == touchpoint.texts(.persona))
      }
    }
  }

  @Test func markdownHoldsTheDiagramOfTheMap() throws {
    var random = RandomMap(seed: 13)
    for _ in 0..<30 {
      let map = try random.map(30)
      guard !map.all(.touchpoint).isEmpty else { continue }
      let text = MapFormat.markdown.write(map).text
      let read = try MapFormat.markdown.read(text, file: "m.md", name: map.name).map
      #expect(read == (try MapFormat.mermaid.read(MapFormat.mermaid.write(map).text, file: "m", name: map.name).map))
    }
  }

  @Test func formatsAreKnownByTheirEndings() {
    let formats = ["a.yaml", "b.YML", "c.json", "d.mmd", "e.mermaid", "dir.csv/f.md", "g.csv"].map(
      MapFormat.init(fileName:))
    #expect(formats == [.yaml, .yaml, .json, .mermaid, .mermaid, .markdown, .csv])
    #expect(["plain", "map.docx", ".yaml/x", ""].compactMap(MapFormat.init(fileName:)) == [])
  }

  @Test func formatsAreKnownByTheirContent() throws {
    var random = RandomMap(seed: 1, names: ["Cart", "Mail"])
    let map = try random.map(40)
    for format in MapFormat.allCases {
      #expect(MapFormat(content: format.write(map).text) == format)
    }
    #expect(MapFormat(content: "dear diary\nhow are you") == nil)
  }
}
