import Foundation
import Interchange
import JourneyModel
import Rendering
import SourceText
import Statements

extension FuzzTarget {
  /// Map files: what is read in a format that holds all of a map, and written, reads as the same map.
  package static let maps = FuzzTarget(
    "maps", longest: 8_192,
    words: MapReadings.words,
    example: { random in
      let shop = MapFormat.allCases.randomElement(using: &random) ?? .yaml
      return MapReadings.maps.randomElement(using: &random).map { Array(shop.write($0).text.utf8) } ?? []
    },
    read: { bytes in
      guard let text = String(validating: bytes, as: UTF8.self) else { return }
      for format in MapFormat.allCases { try MapReadings.check(text, as: format) }
      _ = MapFormat(content: text)
    })
}

private enum MapReadings {
  static let words: [String] = {
    let kinds = ElementKind.allCases.flatMap { ["\($0.rawValue),", $0.plural + ":"] }
    let attributes = Attribute.allCases.map { $0.rawValue + ": " }
    return kinds + attributes + SmallWorld.oddNames + signs
  }()

  private static let signs = [
    "map: ", "title: ", "notes:", "links: [", "  - name: ", "as: funnel a -> b", "&a", "*a", "<<: ", "|-", ">",
    "!!str ",
    "---\n", "...", "{", "}", "[", "]", "\"", "journey\n", "section ", ": 3: Me", "%%", "```mermaid\n",
    "kind,name,parent\n", "touchpoint,",
  ]

  static let maps: [JourneyMap] = [
    try? MapFormat.yaml.read(shopMap, file: "shop.yaml", name: "shop").map,
    try? MapFormat.json.read(SmallWorld.oddMap, file: "odd.json", name: "odd").map,
  ].compactMap(\.self)

  static func check(_ text: String, as format: MapFormat) throws {
    let map: JourneyMap
    do throws(Diagnostic) {
      map = try format.read(text, file: "map.txt", name: "map").map
    } catch {
      return try ReplyReading.look(at: error, in: "")
    }
    try ReplyReading.look(at: .map(map, nil), in: .utc, turn: text.utf8.count)
    for lossless in [MapFormat.yaml, .json, .csv] {
      let written = lossless.write(map).text
      do {
        let again = try lossless.read(written, file: "map.txt", name: "map").map
        if again != map { throw Contradiction("another map after \(format) and \(lossless):\n\(written)") }
      } catch let error as Diagnostic {
        throw Contradiction("\(error.message) at \(error.place ?? "") after \(format) and \(lossless):\n\(written)")
      }
    }
    for drawn in [MapFormat.mermaid, .markdown] {
      _ = try? drawn.read(drawn.write(map).text, file: "map.txt", name: "map")
    }
  }
}
