import JourneyQuery

/// Turns a layout into SVG 1.1: real text, no scripts, nothing fetched.
struct PictureDrawing {
  let layout: PictureLayout
  let title: String
  /// Tells in words what the picture shows.
  let description: String
  /// Begins every id, so that two drawings can stand in one page.
  let prefix: String

  private typealias Write = SVGWriter

  func svg(_ run: Run) throws(ExecutionError) -> String {
    var writer = SVGWriter()
    let (width, height) = (Write.number(layout.width), Write.number(layout.height))
    try writer.group(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(width) \(height)", "width": "100%",
        "style": "max-width:\(width)px",
        "role": "img", "aria-labelledby": "\(prefix)title \(prefix)desc", "class": "journey",
        "font-family": TypeStyle.family, "fill": Paint.text.color,
      ]
    ) { (writer) throws(ExecutionError) in
      writer.element("title", ["id": "\(prefix)title"], content: title)
      writer.element("desc", ["id": "\(prefix)desc"], content: description)
      writer.element("rect", ["width": "100%", "height": "100%", "fill": "#ffffff"])
      if let ribbon = layout.ribbon { RibbonDrawing(ribbon: ribbon).draw(to: &writer) }
      for (index, band) in layout.bands.enumerated() {
        try EmotionDrawing(band: band, id: "\(prefix)feeling\(index)").draw(to: &writer, run)
      }
      for block in layout.blocks {
        try run.check()
        BlockDrawing(block: block).draw(to: &writer)
      }
    }
    return writer.text
  }
}
