import Foundation
import JourneyModel
import JourneyQuery
import Testing

@testable import Rendering

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct MapPictureTests {
  @Test func theSameMapGivesTheSameBytes() throws {
    let (first, second) = (try PictureSamples.shop(), try PictureSamples.shop())
    let one = try MapPicture(first.map, reading: first.reading)
    let other = try MapPicture(second.map, reading: second.reading)
    let (svg, html) = try (one.svg, one.html)
    let (otherSVG, otherHTML) = try (other.svg, other.html)
    #expect(svg == otherSVG && html == otherHTML)
  }

  @Test func svgHoldsWhatTheMapSays() throws {
    let shop = try PictureSamples.shop()
    let texts = try texts(of: MapPicture(shop.map, reading: shop.reading).svg)
    for element in shop.map.elements where element.kind != .channel {
      let words = element.kind == .quote ? "“\(element.name)”" : element.name
      #expect(texts.contains(words), "\(element.name)")
    }
    for figure in [
      "16,240 81\u{A0}%", "14,480 72\u{A0}% · 2,050 pass by", "+2,300 join", "−7,120 leave", "88\u{A0}% go on · 7m",
      "60\u{A0}% · 11,904 · 39\u{A0}%\u{A0}go\u{A0}on",
    ] {
      #expect(texts.contains(figure), "\(figure)")
    }
  }

  @Test func whatIsDoneBackstageStandsBelowTheLineOfVisibility() throws {
    let shop = try PictureSamples.shop()
    let content = try PictureContent(shop.map, nil, Run())
    for layout in [try WideLayout.best(for: content, Run()), try NarrowLayout(content: content).layout(Run())] {
      let line = try #require(layout.blocks.first { $0.role == .divider })
      let backstage = try #require(layout.blocks.first { $0.role == .backstage })
      #expect(backstage.frame.y >= line.frame.maxY)
      #expect(backstage.texts.map(\.text).contains("owner\u{A0}Logistics"))
      let card = try #require(layout.blocks.first { $0.role == .card && $0.label.contains("Checkout") })
      #expect(card.frame.maxY <= line.frame.y && card.texts.contains { $0.style == .quote })
    }
  }

  @Test func whatIsCutStandsInFullAtTheFoot() throws {
    var builder = PictureSamples.Builder("m")
    let stage = try builder.add(.stage, "Stage")
    let touchpoint = try builder.touchpoint("Checkout", stage, [], 0)
    let long = (1...150).map { "word\($0)" }.joined(separator: " ")
    _ = try builder.add(.pain, long, under: touchpoint, [.persona: [.text("Newcomer")], .owner: [.text("Ana")]])
    let texts = try texts(of: MapPicture(builder.map).svg)
    #expect(texts.contains(long))
    #expect(texts.contains("for Newcomer · owner\u{A0}Ana"))
    #expect(texts.contains { $0.hasPrefix("In full word1 ") && $0.contains("word150") })
  }

  @Test func personasHaveACurveOfTheirOwnWhereTheyFeelOtherwise() throws {
    var builder = PictureSamples.Builder("m")
    let stage = try builder.add(.stage, "Stage")
    let people = ["A", "B", "C", "D"]
    for persona in people { _ = try builder.add(.persona, persona) }
    for index in 0..<4 {
      let touchpoint = try builder.touchpoint("T\(index)", stage, [], 0)
      let edit = try builder.map.edit(setting: touchpoint, [], emotions: [(people[index], [.integer(-2)])])
      try builder.map.apply(edit)
    }
    let content = try PictureContent(builder.map, nil, Run())
    let layout = try WideLayout.best(for: content, Run())
    let curves = try #require(layout.bands.first).personas
    #expect(curves.map(\.persona) == ["A", "B", "C"] && curves.map(\.own) == [[0], [1], [2]])
    #expect(Set(curves.map(\.look.dashes)).count == 3)
    #expect(layout.blocks.contains { $0.label == "Without a curve: D" })
  }

  /// Ten stages: below its least width the wall's picture gives way to another, and nothing is panned.
  @Test func noWindowIsTooNarrowForItsPicture() throws {
    for (map, hasBroad) in [
      (try PictureSamples.large(Array(repeating: 1, count: 10)), true), (try PictureSamples.small(), false),
    ] {
      let html = try MapPicture(map).html
      let least = try WideLayout.best(for: PictureContent(map, nil, Run()), Run()).width * 0.76
      let limit = "@media (max-width: \(SVGWriter.number(least.rounded(.down)))px)"
      let first = try #require(html.range(of: limit)).upperBound
      #expect(
        html[first...].prefix(120).contains(hasBroad ? ".broad { display: block }" : ".middle { display: block }"))
      #expect(html.contains("<figure class=\"broad\">") == hasBroad && !html.contains("min-width: var("))
    }
  }

  @Test func aPersonaIsTold() throws {
    let map = try JourneyMap(
      name: "m",
      elements: [
        Element(.persona, "Anxious", meaning: "segment = anxious"),
        Element(.persona, "Regular", attributes: [.note: [.text("Comes twice a year")]], meaning: "did visit 2 times"),
      ])
    let picture = try MapPicture(map)
    let texts = try texts(of: picture.svg)
    #expect(texts.contains("In the events: segment = anxious") && texts.contains("Comes twice a year"))
    #expect(!texts.contains("segment = anxious") && !texts.contains("In the events: did visit 2 times"))
    #expect(try picture.html.contains("<td data-head=\"In the events\">did visit 2 times</td>"))
  }

  @Test func htmlTellsEveryElementInATable() throws {
    let shop = try PictureSamples.shop()
    let html = try MapPicture(shop.map, reading: shop.reading).html
    let tables = html.split(separator: "<section").last.map(String.init) ?? ""
    for element in shop.map.elements where element.kind != .stage && element.kind != .channel {
      let words = element.kind == .quote ? "“\(element.name)”" : element.name
      #expect(tables.contains("<th scope=\"row\">\(words)</th>"), "\(element.name)")
    }
    #expect(!html.contains("<script") && !html.contains("http://www.example") && !html.contains("src="))
  }

  @Test func hostileNamesAreTextInWellFormedXML() throws {
    var builder = PictureSamples.Builder("m", title: "</title><script>alert('1 & 2')</script>")
    let stage = try builder.add(.stage, "a\u{1}b\u{FFFE}c\u{202E}d\n\"e\"")
    let touchpoint = try builder.touchpoint(
      "]]><b>", stage, ["<img>"], 1, owner: "O'Neill & \"Co\"", question: "--><!--")
    _ = try builder.add(.pain, String(repeating: "&", count: 500), under: touchpoint)
    let picture = try MapPicture(builder.map)
    let texts = try texts(of: picture.svg)
    #expect(texts.contains("</title><script>alert('1 & 2')</script>"))
    #expect(texts.contains("]]><b>"))
    #expect(texts.contains { $0.hasPrefix("a\\u{1}b\u{FFFD}c\\u{202E}d") })
    let html = try picture.html
    #expect(!html.contains("<script>") && !html.contains("<img>"))
  }

  @Test(arguments: 1...4) func randomMapsGiveWellFormedXML(seed: UInt64) throws {
    var chance = Chance(seed)
    let map = try chance.map()
    #expect(try !texts(of: MapPicture(map, reading: chance.reading(of: map)).svg).isEmpty)
  }

  @Test func openDotsLieOnTheCurveOrOnNeutral() throws {
    var builder = PictureSamples.Builder("m")
    let stage = try builder.add(.stage, "Stage")
    for (index, emotion) in [nil, 2, nil, -2, nil].enumerated() {
      _ = try builder.touchpoint("T\(index)", stage, [], emotion)
    }
    let content = try PictureContent(builder.map, nil, Run())
    var known: [Double: [WideLayout.StageBlocks]] = [:]
    let layout = try WideLayout(content: content, cardsPerColumn: 1).layout(&known, Run())
    let band = try #require(layout.bands.first)
    #expect(band.dots.map(\.emotion) == [nil, 2, nil, -2, nil])
    let heights = band.dots.map(\.center.y)
    #expect(heights[0] == band.y(of: 0) && heights[4] == band.y(of: 0))
    #expect(abs(heights[2] - band.y(of: 0)) < 1e-9)
    #expect(band.curve.points.count == 2 && band.bridged == [0])
  }

  /// Texts of all `text` elements, and the title; throws where the XML is not well formed.
  private func texts(of svg: String) throws -> [String] {
    let reader = TextReader()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = reader
    guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
    return reader.texts + [reader.lines.joined(separator: " ")] + reader.blocks
  }

  private final class TextReader: NSObject, XMLParserDelegate {
    var texts: [String] = []
    /// The lines of each group, joined: what was wrapped.
    var blocks: [String] = []
    var lines: [String] = []
    private var text = ""

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      if name != "tspan" { text = "" }
      if name == "g" { lines = [] }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
      if name == "text" || name == "title" {
        texts.append(text)
        for start in lines.indices where name == "text" {
          blocks.append((lines[start...] + [text]).joined(separator: " "))
        }
        if name == "text" { lines.append(text) }
      }
      if name != "tspan" { text = "" }
    }
  }
}
