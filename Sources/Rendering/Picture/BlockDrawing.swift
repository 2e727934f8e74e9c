/// Draws one block: its ground, glyphs, marks and texts.
struct BlockDrawing {
  let block: PictureLayout.Block

  private typealias Write = SVGWriter

  func draw(to writer: inout SVGWriter) {
    writer.group("g", [:]) { writer in
      if !block.label.isEmpty { writer.element("title", [:], content: block.label) }
      drawGround(to: &writer)
      for glyph in block.glyphs { draw(glyph, to: &writer) }
      for mark in block.marks { draw(mark, to: &writer) }
      for text in block.texts { draw(text, to: &writer) }
    }
  }

  private func drawGround(to writer: inout SVGWriter) {
    let frame = block.frame
    switch block.role {
    case .text, .fact: break
    case .persona: rectangle(frame, radius: 8, ["fill": Hue.journey.tint], to: &writer)
    case .aim: rectangle(inset(frame), radius: 8, ["fill": "#ffffff", "stroke": Neutral.line], to: &writer)
    case .card: rectangle(inset(frame), radius: 8, ["fill": "#ffffff", "stroke": Neutral.line], to: &writer)
    case .backstage: rectangle(frame, radius: 5, ["fill": Neutral.ghost], to: &writer)
    case .divider:
      let start = (block.texts.map(\.frame.maxX).max() ?? frame.x) + 10
      writer.path(
        "M\(Write.number(min(start, frame.maxX))) \(Write.number(frame.midY))H\(Write.number(frame.maxX))",
        ["stroke": Neutral.unknown, "stroke-width": "1.4", "stroke-dasharray": "7 5"])
    case .empty:
      rectangle(
        inset(frame), radius: 8, ["fill": "#ffffff", "stroke": Neutral.line, "stroke-dasharray": "5 5"], to: &writer)
    case .chevron(let downwards):
      writer.path(downwards ? Self.down(frame) : Self.right(frame), ["fill": Hue.journey.solid])
    case .note(let hue, let isAnswer):
      if isAnswer {
        let start = "M\(Write.number(frame.x - 8)) \(Write.number(frame.y - CellLayout.noteGap))"
        writer.path(
          "\(start)V\(Write.number(frame.y + 18))h8", ["fill": "none", "stroke": hue.solid, "stroke-width": "1.5"])
      }
      rectangle(frame, radius: 5, ["fill": hue.tint], to: &writer)
      let bar = Rect(x: frame.x, y: frame.y, width: 3.5, height: frame.height)
      rectangle(bar, radius: 1.7, ["fill": hue.solid], to: &writer)
    }
  }

  /// By half a line, so that a stroke stays inside.
  private func inset(_ frame: Rect) -> Rect {
    Rect(x: frame.x + 0.5, y: frame.y + 0.5, width: frame.width - 1, height: frame.height - 1)
  }

  private func rectangle(_ frame: Rect, radius: Double, _ attributes: SVGWriter.Attributes, to writer: inout SVGWriter)
  {
    let paint = attributes.map { " \($0.key)=\"\($0.value)\"" }.joined()
    writer.line(
      "<rect x=\"\(Write.number(frame.x))\" y=\"\(Write.number(frame.y))\" width=\"\(Write.number(frame.width))\" "
        + "height=\"\(Write.number(frame.height))\" rx=\"\(Write.number(radius))\"\(paint)/>")
  }

  private static func right(_ frame: Rect) -> String {
    let (tip, over) = (ChevronLayout.tip, ChevronLayout.overhang)
    let points = [
      Point(x: frame.x, y: frame.y), Point(x: frame.maxX + over - tip + 0, y: frame.y),
      Point(x: frame.maxX + over, y: frame.midY),
      Point(x: frame.maxX + over - tip, y: frame.maxY), Point(x: frame.x, y: frame.maxY),
      Point(x: frame.x + tip, y: frame.midY),
    ]
    return "M" + points.map(Write.place).joined(separator: "L") + "Z"
  }

  private static func down(_ frame: Rect) -> String {
    let points = [
      Point(x: frame.x, y: frame.y), Point(x: frame.maxX, y: frame.y), Point(x: frame.maxX, y: frame.maxY),
      Point(x: frame.midX, y: frame.maxY + ChevronLayout.tip), Point(x: frame.x, y: frame.maxY),
    ]
    return "M" + points.map(Write.place).joined(separator: "L") + "Z"
  }

  private func draw(_ placed: PictureLayout.PlacedGlyph, to writer: inout SVGWriter) {
    let scale = placed.size == 16 ? "" : " scale(\(Figures.fixed(placed.size / 16, decimals: 3)))"
    let place = "translate(\(Write.place(placed.origin)))\(scale)"
    let color = placed.ink.color
    if let fills = placed.glyph.fills { writer.path(fills, ["transform": place, "fill": color]) }
    writer.path(
      placed.glyph.strokes,
      [
        "transform": place, "fill": "none", "stroke": color, "stroke-width": "1.4", "stroke-linecap": "round",
        "stroke-linejoin": "round",
      ])
  }

  private func draw(_ mark: PictureLayout.Mark, to writer: inout SVGWriter) {
    switch mark {
    case .badge(let number, let center, let emotion):
      Badge(number: number, center: center, emotion: emotion).draw(to: &writer)
    case .bar(let frame, let share):
      rectangle(frame, radius: frame.height / 2, ["fill": Neutral.faint], to: &writer)
      var filled = frame
      filled.width *= min(max(share, 0), 1)
      if filled.width > 0 {
        rectangle(filled, radius: min(frame.height, filled.width) / 2, ["fill": Hue.journey.solid], to: &writer)
      }
    case .felt(let frame): FeltCurveDrawing.sample(frame, to: &writer)
    case .line(let look, let frame):
      writer.path(
        "M\(Write.number(frame.x)) \(Write.number(frame.midY))H\(Write.number(frame.maxX))",
        ["stroke": Paint.quiet.color, "stroke-width": "1.6", "stroke-dasharray": look.dashes])
      PersonaCurveDrawing.sign(look, at: Point(x: frame.midX, y: frame.midY), to: &writer)
    case .pips(let count, let start, let hue):
      for index in 0..<5 {
        let place = Point(x: start.x + 3 + Double(index) * 8, y: start.y)
        writer.element(
          "circle",
          [
            "cx": Write.number(place.x), "cy": Write.number(place.y), "r": "2.4",
            "fill": index < count ? hue.deep : "#ffffff",
            "stroke": hue.deep, "stroke-width": "0.9",
          ])
      }
    }
  }

  private func draw(_ text: PictureLayout.PlacedText, to writer: inout SVGWriter) {
    let weight = text.style.isSemibold ? " font-weight=\"600\"" : ""
    let slant = text.style.isItalic ? " font-style=\"italic\"" : ""
    let anchor = text.anchor == .start ? "" : " text-anchor=\"\(text.anchor.rawValue)\""
    let fill = text.ink == .text ? "" : " fill=\"\(text.ink.color)\""
    writer.line(
      "<text x=\"\(Write.number(text.x))\" y=\"\(Write.number(text.baseline))\" font-size=\"\(Write.number(text.style.size))\""
        + "\(weight)\(slant)\(anchor)\(fill)>\(text.text.markupEscaped)\(text.tail.map(Self.span) ?? "")</text>")
  }

  private static func span(_ tail: PictureLayout.PlacedText.Tail) -> String {
    let weight = tail.style.isSemibold ? "600" : "400"
    return " <tspan font-size=\"\(Write.number(tail.style.size))\" "
      + "font-weight=\"\(weight)\" fill=\"\(tail.ink.color)\">\(tail.text.markupEscaped)</tspan>"
  }
}
