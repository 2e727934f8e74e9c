import JourneyModel
import JourneyQuery

/// A journey map as a team would put it on a wall: stages, emotions, touchpoints and what was learnt about them, and with a
/// reading of events the customers who were there. A pure function of its input: the same map gives the same bytes.
///
/// All that takes long throws `cancelled` if `run` is.
package struct MapPicture: Sendable {
  private let content: PictureContent
  private let run: Run

  package init(_ map: JourneyMap, reading: MapReading? = nil, _ run: Run = Run()) throws(ExecutionError) {
    content = try PictureContent(map, reading, run)
    self.run = run
  }

  /// As it is.
  var title: String { content.title.isEmpty ? "Journey map" : content.title }

  /// One SVG document, sides near those of A3 landscape. Needs no font, script or file from elsewhere.
  package var svg: String {
    get throws(ExecutionError) {
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + (try drawing(WideLayout.best(for: content, run), "map-"))
    }
  }

  /// One page: the picture, laid out anew for tablets and phones, and fitted to A3 landscape in print, and all that it says as tables.
  package var html: String {
    get throws(ExecutionError) {
      try PicturePage(title: title, drawings: drawings(), tables: tables).html
    }
  }

  /// Of every window's width.
  ///
  /// - Parameter place: begins every id, so that several maps can stand in one page.
  func drawings(in place: String = "") throws(ExecutionError) -> MapDrawings {
    let wide = try WideLayout.best(for: content, run)
    let leastWidth = wide.width * 0.76
    let hasBroad = leastWidth > NarrowLayout.broad
    return try MapDrawings(
      wide: drawing(wide, place + "wide-"),
      broad: hasBroad
        ? drawing(NarrowLayout(content: content, width: NarrowLayout.broad).layout(run), place + "broad-") : nil,
      middle: drawing(NarrowLayout(content: content, width: NarrowLayout.tablet).layout(run), place + "middle-"),
      narrow: drawing(NarrowLayout(content: content).layout(run), place + "narrow-"),
      leastWidth: leastWidth)
  }

  /// All that the picture says, as tables; empty of an empty map.
  var tables: String {
    get throws(ExecutionError) { try PictureTables(content: content).html(run) }
  }

  private func drawing(_ layout: PictureLayout, _ prefix: String) throws(ExecutionError) -> String {
    try PictureDrawing(layout: layout, title: title, description: content.spoken(run), prefix: prefix).svg(run)
  }
}

extension PictureContent {
  /// The whole picture in a few sentences.
  fileprivate func spoken(_ run: Run) throws(ExecutionError) -> String {
    var sentences = ["Journey map with \(summary.replacing(" · ", with: ", "))."]
    for stage in stages {
      let names = try run.map(stage.touchpoints) { touchpoint in
        touchpoint.name + (touchpoint.emotion.map { " (\(Touchpoint.signed($0)))" } ?? "")
      }
      let customers = stage.figures.map { ", \(Figures.count($0.seen)) customers" } ?? ""
      sentences.append(
        "\(stage.name)\(customers): \(names.isEmpty ? "no touchpoints" : names.joined(separator: ", ")).")
    }
    return (sentences + [caption].filter { !$0.isEmpty }).joined(separator: " ")
  }
}
