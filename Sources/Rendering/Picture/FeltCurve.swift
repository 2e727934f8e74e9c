/// What customers said they felt along the touchpoints: a dashed line with small rings, the gap to what was planned shaded.
struct FeltCurve: Hashable, Sendable {
  struct Ring: Hashable, Sendable {
    var center: Point
    /// Says it in words.
    var label: String
  }

  /// Through the touchpoints where enough answered, at least two; empty where fewer are.
  var curve: MonotoneCurve
  var rings: [Ring]

  /// - Parameters:
  ///   - places: the dots' x, parallel to `touchpoints` and rising.
  ///   - height: of an emotion.
  init(_ touchpoints: [PictureContent.Touchpoint], at places: [Double], _ height: (Double) -> Double) {
    rings = zip(touchpoints, places).compactMap { touchpoint, place in
      touchpoint.felt.map { felt in
        Ring(
          center: Point(x: place, y: height(felt.mean)),
          label: "\(touchpoint.number) \(touchpoint.name): customers \(felt.text)")
      }
    }
    curve = MonotoneCurve(rings.count > 1 ? rings.map(\.center) : [])
  }

  /// The ground between this curve and another, as far as both reach: corners along this one, then back along the other. Empty where they
  /// do not meet.
  func gap(to other: MonotoneCurve) -> [Point] {
    guard let first = curve.points.first, let last = curve.points.last, let start = other.points.first,
      let end = other.points.last
    else { return [] }
    let (left, right) = (max(first.x, start.x), min(last.x, end.x))
    guard left < right else { return [] }
    let steps = max(2, Int((right - left) / 6))
    let places = (0...steps).map { left + (right - left) * Double($0) / Double(steps) }
    func corners(_ curve: MonotoneCurve) -> [Point] {
      places.compactMap { x in curve.y(at: x).map { Point(x: x, y: $0) } }
    }
    return corners(curve) + corners(other).reversed()
  }
}

/// Draws it.
struct FeltCurveDrawing {
  let felt: FeltCurve
  let planned: MonotoneCurve

  static let color = "#5b3a86"
  private static let line: SVGWriter.Attributes = [
    "fill": "none", "stroke": color, "stroke-width": "2.2", "stroke-dasharray": "7 5", "stroke-linecap": "round",
  ]

  func draw(to writer: inout SVGWriter) {
    let gap = felt.gap(to: planned)
    if !gap.isEmpty {
      writer.path(
        "M" + gap.map(SVGWriter.place).joined(separator: "L") + "Z", ["fill": Self.color, "fill-opacity": "0.12"])
    }
    if let first = felt.curve.points.first, felt.curve.points.count > 1 {
      let spans = felt.curve.points.indices.dropLast().map(felt.curve.span)
      writer.path("M" + SVGWriter.place(first) + spans.joined(), Self.line)
    }
    for ring in felt.rings {
      writer.group("g", [:]) { writer in
        writer.element("title", [:], content: ring.label)
        Self.ring(at: ring.center, to: &writer)
      }
    }
  }

  private static func ring(at center: Point, to writer: inout SVGWriter) {
    writer.element(
      "circle",
      [
        "cx": SVGWriter.number(center.x), "cy": SVGWriter.number(center.y), "r": "4.5", "fill": "#ffffff",
        "stroke": color, "stroke-width": "2.2",
      ])
  }

  /// A piece of it, for the legend.
  static func sample(_ frame: Rect, to writer: inout SVGWriter) {
    let middle = frame.y + frame.height / 2
    writer.path("M\(SVGWriter.number(frame.x)) \(SVGWriter.number(middle))h\(SVGWriter.number(frame.width))", line)
    ring(at: Point(x: frame.x + frame.width / 2, y: middle), to: &writer)
  }
}
