import JourneyModel
import JourneyQuery

/// A journey map as a team would put it on a wall: stages, emotions, touchpoints and what was learnt about them, and with `metrics`
/// the customers who came so far. A pure function of its input: the same map gives the same bytes.
package struct MapPicture: Sendable {
  private let content: PictureContent

  package init(_ map: JourneyMap, metrics: MapMetrics? = nil) {
    content = PictureContent(map, metrics)
  }

  /// One SVG document, sides near those of A3 landscape. Needs no font, script or file from elsewhere.
  package var svg: String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + drawing(WideLayout.best(for: content), "map-")
  }

  /// One page: the picture, laid out anew for phones and fitted to A3 landscape in print, and all that it says as tables.
  package var html: String {
    let wide = WideLayout.best(for: content)
    return PicturePage(
      content: content, wide: drawing(wide, "wide-"),
      narrow: drawing(NarrowLayout(content: content).layout(), "narrow-"),
      leastWidth: wide.width * 0.76
    ).html
  }

  private func drawing(_ layout: PictureLayout, _ prefix: String) -> String {
    let title = content.title.isEmpty ? "Journey map" : content.title
    return PictureDrawing(layout: layout, title: title, description: content.spoken, prefix: prefix).svg
  }
}

extension PictureContent {
  /// The whole picture in a few sentences.
  fileprivate var spoken: String {
    var sentences = ["Journey map with \(summary.replacing(" · ", with: ", "))."]
    for stage in stages {
      let names = stage.touchpoints.map { touchpoint in
        touchpoint.name + (touchpoint.emotion.map { " (\(Touchpoint.signed($0)))" } ?? "")
      }
      let customers = stage.customers.map { ", \(Figures.count($0)) customers" } ?? ""
      sentences.append(
        "\(stage.name)\(customers): \(names.isEmpty ? "no touchpoints" : names.joined(separator: ", ")).")
    }
    return sentences.joined(separator: " ")
  }
}
