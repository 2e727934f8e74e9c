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
      if let ribbon = layout.ribbon { draw(ribbon, to: &writer) }
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

  private func draw(_ ribbon: Ribbon, to writer: inout SVGWriter) {
    let ground = ribbon.frame
    writer.element(
      "rect",
      [
        "x": Write.number(ground.x), "y": Write.number(ground.y), "width": Write.number(ground.width),
        "height": Write.number(ground.height), "fill": Neutral.ghost, "rx": "4",
      ])
    writer.path(outline(of: ribbon), ["fill": "#8fc1de"])
  }

  /// One side of the stream there, the other back.
  private func outline(of ribbon: Ribbon) -> String {
    guard let first = ribbon.reaches.first else { return "" }
    var path = "M" + Write.place(ribbon.point(along: first.start, across: -ribbon.half(first)))
    path += side(of: ribbon, ribbon.reaches, sign: -1)
    if let last = ribbon.reaches.last {
      path += "L" + Write.place(ribbon.point(along: last.end, across: ribbon.half(last)))
    }
    let back = ribbon.reaches.reversed().map { Ribbon.Reach(start: $0.end, end: $0.start, share: $0.share) }
    return path + side(of: ribbon, back, sign: 1) + "Z"
  }

  private func side(of ribbon: Ribbon, _ reaches: [Ribbon.Reach], sign: Double) -> String {
    var path = ""
    for (index, reach) in reaches.enumerated() {
      let across = sign * ribbon.half(reach)
      if index > 0 {
        let before = reaches[index - 1]
        let middle = (before.end + reach.start) / 2
        let controls = [
          ribbon.point(along: middle, across: sign * ribbon.half(before)), ribbon.point(along: middle, across: across),
          ribbon.point(along: reach.start, across: across),
        ]
        path += "C" + controls.map(Write.place).joined(separator: " ")
      }
      path += "L" + Write.place(ribbon.point(along: reach.end, across: across))
    }
    return path
  }
}
