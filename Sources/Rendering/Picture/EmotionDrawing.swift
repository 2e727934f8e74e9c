import JourneyQuery

/// Draws one piece of the emotion curve with its scale and dots.
struct EmotionDrawing {
  let band: EmotionBand
  let id: String

  private typealias Write = SVGWriter

  func draw(to writer: inout SVGWriter, _ run: Run) throws(ExecutionError) {
    let (left, right) = (Write.number(band.frame.x), Write.number(band.frame.maxX))
    for emotion in [2.0, 1, -1, -2] {
      let y = Write.number(band.y(of: emotion))
      writer.path(
        "M\(left) \(y)H\(right)",
        ["stroke": Neutral.faint, "stroke-dasharray": "1 5", "stroke-linecap": "round", "stroke-width": "1.5"])
    }
    let neutral = Write.number(band.y(of: 0))
    writer.path("M\(left) \(neutral)H\(right)", ["stroke": Neutral.line, "stroke-width": "1.5"])
    try drawCurve(to: &writer, run)
    FeltCurveDrawing(felt: band.felt, planned: band.curve).draw(to: &writer)
    for curve in band.personas { PersonaCurveDrawing(curve: curve).draw(to: &writer) }
    for dot in band.dots {
      try run.check()
      draw(dot, to: &writer)
    }
  }

  private func drawCurve(to writer: inout SVGWriter, _ run: Run) throws(ExecutionError) {
    guard let first = band.curve.points.first, let last = band.curve.points.last, band.curve.points.count > 1 else {
      return
    }
    let middle = Write.number(band.y(of: 0))
    gradient("\(id)-area", outer: "0.30", inner: "0.04", to: &writer)
    gradient("\(id)-line", outer: "1", inner: "1", to: &writer)
    let spans = band.curve.points.indices.dropLast()
    let whole = "M" + Write.place(first) + (try run.map(spans, band.curve.span)).joined()
    writer.path(
      "\(whole)L\(Write.number(last.x)) \(middle)L\(Write.number(first.x)) \(middle)Z", ["fill": "url(#\(id)-area)"])
    let color = "url(#\(id)-line)"
    for isBridge in [false, true] {
      let chosen = spans.filter { band.bridged.contains($0) == isBridge }
      guard !chosen.isEmpty else { continue }
      let path = try run.map(chosen) { "M" + Write.place(band.curve.points[$0]) + band.curve.span($0) }.joined()
      let line: SVGWriter.Attributes =
        isBridge
        ? [
          "fill": "none", "stroke": color, "stroke-width": "2.5", "stroke-dasharray": "2 6", "stroke-linecap": "round",
        ]
        : ["fill": "none", "stroke": color, "stroke-width": "3", "stroke-linecap": "round"]
      writer.path(path, line)
    }
  }

  /// Blue above the neutral line, vermillion below it.
  private func gradient(_ name: String, outer: String, inner: String, to writer: inout SVGWriter) {
    let (top, bottom) = (Write.number(band.y(of: 2)), Write.number(band.y(of: -2)))
    writer.group(
      "linearGradient", ["id": name, "gradientUnits": "userSpaceOnUse", "x1": "0", "x2": "0", "y1": top, "y2": bottom]
    ) {
      let stops = [("0", Hue.journey, outer), ("0.5", .journey, inner), ("0.5", .pain, inner), ("1", .pain, outer)]
      for (offset, hue, opacity) in stops {
        $0.element("stop", ["offset": offset, "stop-color": hue.solid, "stop-opacity": opacity])
      }
    }
  }

  private func draw(_ dot: EmotionBand.Dot, to writer: inout SVGWriter) {
    writer.group("g", [:]) { writer in
      writer.element("title", [:], content: dot.label)
      if dot.hasFlag {
        let top = dot.center.y - EmotionBand.dotRadius
        let pole = "M\(Write.number(dot.center.x)) \(Write.number(top))v-20"
        writer.path(pole, ["stroke": Hue.win.deep, "stroke-width": "1.6"])
        writer.path("\(pole)h13l-3.5 4.5 3.5 4.5H\(Write.number(dot.center.x))z", ["fill": Hue.win.solid])
      }
      Badge(number: dot.number, center: dot.center, emotion: dot.emotion).draw(to: &writer)
    }
  }
}

/// The numbered dot of a touchpoint, on the curve and on its card: blue above neutral, vermillion below, dark at neutral, open where
/// the emotion is not recorded.
struct Badge {
  let number: Int
  let center: Point
  let emotion: Int?

  func draw(to writer: inout SVGWriter) {
    let (x, y) = (SVGWriter.number(center.x), SVGWriter.number(center.y))
    let isOpen = emotion == nil
    let color =
      switch emotion {
      case nil: Neutral.unknown
      case .some(1...): Hue.journey.solid
      case .some(..<0): Hue.pain.deep
      default: Paint.quiet.color
      }
    let radius = SVGWriter.number(isOpen ? EmotionBand.dotRadius - 0.8 : EmotionBand.dotRadius)
    writer.element(
      "circle",
      [
        "cx": x, "cy": y, "r": radius, "fill": isOpen ? "#ffffff" : color, "stroke": isOpen ? color : "#ffffff",
        "stroke-width": isOpen ? "1.6" : "2", "stroke-dasharray": isOpen ? "3 2" : "none",
      ])
    let size = number < 100 ? TypeStyle.number.size : number < 1000 ? 9 : 7
    writer.element(
      "text",
      [
        "x": x, "y": SVGWriter.number(center.y + size * 0.36), "text-anchor": "middle",
        "font-size": SVGWriter.number(size),
        "font-weight": "600", "fill": isOpen ? Paint.quiet.color : "#ffffff",
      ], content: String(number))
  }
}

extension MonotoneCurve {
  /// How a path goes on from a point of the curve to the next one.
  func span(_ index: Int) -> String {
    let (leaving, arriving) = controls(index)
    return "C" + [leaving, arriving, points[index + 1]].map(SVGWriter.place).joined(separator: " ")
  }
}
