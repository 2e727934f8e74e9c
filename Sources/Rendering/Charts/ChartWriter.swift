/// Writes what charts are made of, each with the attributes and the class of its ink.
struct ChartWriter {
  enum Anchor: String { case start, middle, end }

  private var svg = SVGWriter()

  var markup: String { svg.text }

  /// - Parameters:
  ///   - text: as it stands, see `plain`.
  ///   - place: of the anchor on the baseline.
  mutating func text(
    _ text: String, at place: Point, _ ink: ChartInk = .ink, _ style: TypeStyle = .quiet, anchor: Anchor = .start
  ) {
    guard !text.isEmpty else { return }
    svg.element(
      "text",
      [
        "class": ink.name, "x": SVGWriter.number(place.x), "y": SVGWriter.number(place.y),
        "text-anchor": anchor.rawValue, "font-size": SVGWriter.number(style.size),
        "font-weight": style.isSemibold ? "600" : "400", "fill": ink.light,
      ], content: text)
  }

  mutating func box(_ box: Rect, _ ink: ChartInk, opacity: Double = 1) {
    let (x, y) = (SVGWriter.number(box.x), SVGWriter.number(box.y))
    let (width, height) = (SVGWriter.number(max(0, box.width)), SVGWriter.number(max(0, box.height)))
    svg.element(
      "rect",
      opacity < 1
        ? [
          "class": ink.name, "x": x, "y": y, "width": width, "height": height, "fill": ink.light,
          "fill-opacity": Self.number(opacity),
        ] : ["class": ink.name, "x": x, "y": y, "width": width, "height": height, "fill": ink.light])
  }

  /// - Parameter path: in the syntax of SVG; nothing of an empty one.
  mutating func stroke(
    _ path: String, _ ink: ChartInk, width: Double = 1, isDashed: Bool = false, opacity: Double = 1
  ) {
    guard !path.isEmpty else { return }
    svg.path(
      path,
      [
        "class": ink.name, "fill": "none", "stroke": ink.light, "stroke-width": Self.number(width),
        "stroke-opacity": Self.number(opacity), "stroke-linejoin": "round",
        "stroke-dasharray": isDashed ? "5 4" : "none",
      ])
  }

  mutating func rule(from start: Point, to end: Point, _ ink: ChartInk) {
    stroke("M\(SVGWriter.place(start)) L\(SVGWriter.place(end))", ink)
  }

  mutating func area(_ path: String, _ ink: ChartInk, opacity: Double = 1) {
    svg.path(path, ["class": ink.name, "fill": ink.light, "fill-opacity": Self.number(opacity)])
  }

  /// About a point that is easily missed, what is not seen but pointed at.
  mutating func target(_ center: Point, radius: Double) {
    svg.element(
      "circle",
      [
        "cx": SVGWriter.number(center.x), "cy": SVGWriter.number(center.y), "r": SVGWriter.number(radius),
        "fill-opacity": "0",
      ])
  }

  mutating func dot(_ center: Point, radius: Double, _ ink: ChartInk) {
    svg.element(
      "circle",
      [
        "class": ink.name, "cx": SVGWriter.number(center.x), "cy": SVGWriter.number(center.y),
        "r": SVGWriter.number(radius), "fill": ink.light,
      ])
  }

  /// What `body` writes tells `title` to who points at it.
  mutating func titled(_ title: String, _ body: (inout ChartWriter) -> Void) {
    svg.group("g", [:]) { svg in
      svg.element("title", [:], content: title.cleaned)
      var inner = ChartWriter()
      body(&inner)
      for line in inner.markup.split(separator: "\n") { svg.line(String(line)) }
    }
  }

  /// What was drawn by itself, its corner at `place`.
  mutating func part(_ markup: String, at place: Point) {
    svg.group("g", ["transform": "translate(\(SVGWriter.place(place)))"]) { svg in
      for line in markup.split(separator: "\n") { svg.line(String(line)) }
    }
  }

  private static func number(_ value: Double) -> String { Figures.fixed(value, decimals: 2) }
}
