import Foundation
import FoundationXML
import Testing

@testable import Rendering

/// What stands in the markup of a chart, and where.
final class ChartReading: NSObject, XMLParserDelegate {
  struct Text {
    let text: String
    let box: Rect
  }

  private(set) var texts: [Text] = []
  /// What is told to who points.
  private(set) var titles: [String] = []
  /// Of boxes, dots and paths.
  private(set) var places: [Point] = []
  private(set) var ids: [String] = []
  private var text = ""
  private var attributes: [String: String] = [:]

  /// Throws where it is not well formed.
  init(_ markup: String) throws {
    super.init()
    let parser = XMLParser(data: Data("<svg>\(markup)</svg>".utf8))
    parser.delegate = self
    guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    (text, self.attributes) = ("", attributes)
    if let id = attributes["id"] { ids.append(id) }
    switch name {
    case "rect" where attributes["width"] != "100%":
      let (x, y) = (number("x"), number("y"))
      places += [Point(x: x, y: y), Point(x: x + number("width"), y: y + number("height"))]
    case "circle":
      let (x, y, radius) = (number("cx"), number("cy"), number("r"))
      places += [Point(x: x - radius, y: y - radius), Point(x: x + radius, y: y + radius)]
    case "path":
      let numbers = (attributes["d"] ?? "").split { !"-.0123456789".contains($0) }.map { Double($0) ?? .nan }
      #expect(numbers.count % 2 == 0)
      places += stride(from: 0, to: numbers.count - 1, by: 2).map { Point(x: numbers[$0], y: numbers[$0 + 1]) }
    default: break
    }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    if name == "title" { titles.append(text) }
    guard name == "text" else { return }
    let style = TypeStyle.allCases.first {
      SVGWriter.number($0.size) == attributes["font-size"] && $0.isSemibold == (attributes["font-weight"] == "600")
    }
    guard let style else { return #expect(Bool(false), "\(text): in no style of the house") }
    let (x, width) = (number("x"), TextWidth.of(text, style))
    let start =
      attributes["text-anchor"] == "end" ? x - width : attributes["text-anchor"] == "middle" ? x - width / 2 : x
    // Letters stand on the baseline; what hangs below it may come close to the next line.
    let height = style.size * 0.75
    texts.append(Text(text: text, box: Rect(x: start, y: number("y") - height, width: width, height: height)))
  }

  private func number(_ name: String) -> Double { attributes[name].flatMap(Double.init) ?? .nan }
}

/// Of a chart of at most `width`: it is well formed, all that is drawn lies in it, no text lies on another, and all texts are large enough to
/// be read.
@discardableResult
func expectSound(
  _ chart: Chart, width: Double, _ what: String = "", at location: SourceLocation = #_sourceLocation
) throws -> ChartReading {
  let reading = try ChartReading(chart.markup)
  #expect(chart.width <= width && chart.height < 20_000, "\(what)", sourceLocation: location)
  let whole = Rect(x: -0.1, y: -0.1, width: chart.width + 0.2, height: chart.height + 0.2)
  let outside = reading.places.first {
    !whole.contains(Rect(x: $0.x, y: $0.y, width: 0, height: 0))
  }
  #expect(outside == nil, "\(what): drawn outside of \(chart.width) × \(chart.height)", sourceLocation: location)
  let clipped = reading.texts.first { !whole.contains($0.box) }
  #expect(clipped == nil, "\(what): '\(clipped?.text ?? "")' is clipped", sourceLocation: location)
  let covering = reading.texts.indices.first { index in
    reading.texts[..<index].contains { $0.box.overlaps(reading.texts[index].box) }
  }
  #expect(
    covering == nil, "\(what): '\(covering.map { reading.texts[$0].text } ?? "")' lies on another text",
    sourceLocation: location)
  return reading
}
