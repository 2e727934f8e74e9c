/// What one persona feels along the touchpoints: a thin line beside everyone's, told apart by its dashes and its signs.
struct PersonaCurve: Hashable, Sendable {
  /// How a persona's line and signs look, by its place among those that are drawn.
  enum Look: Int, CaseIterable, Hashable, Sendable {
    case square, triangle, diamond

    var dashes: String {
      switch self {
      case .square: "9 4"
      case .triangle: "2 4"
      case .diamond: "10 4 2 4"
      }
    }

    /// The outline of a sign around a place.
    func outline(_ center: Point) -> String {
      let (x, y) = (center.x, center.y)
      let corners: [(Double, Double)] =
        switch self {
        case .square: [(-4, -4), (4, -4), (4, 4), (-4, 4)]
        case .triangle: [(0, -5), (5, 4), (-5, 4)]
        case .diamond: [(0, -5.5), (5, 0), (0, 5.5), (-5, 0)]
        }
      return "M" + corners.map { SVGWriter.place(Point(x: x + $0.0, y: y + $0.1)) }.joined(separator: "L") + "Z"
    }

    /// So that signs of several personas at one height do not cover each other, nor the dot between them.
    var shift: Double {
      switch self {
      case .square: -14
      case .triangle: 14
      case .diamond: 0
      }
    }
  }

  var persona: String
  var look: Look
  /// Through all touchpoints of which anything is known, at least two; empty where fewer are.
  var curve: MonotoneCurve
  /// Points of the curve, by index, where the persona feels something of its own; elsewhere it goes with everyone's and is not drawn.
  var own: Set<Int>
  /// Where these are marked.
  var signs: [Point]

  /// How many personas have a curve beside everyone's.
  static let most = Look.allCases.count

  /// - Parameters:
  ///   - places: the dots' x, parallel to `touchpoints` and rising.
  ///   - height: of an emotion.
  init(
    _ persona: String, _ look: Look, _ touchpoints: [PictureContent.Touchpoint], at places: [Double],
    _ height: (Double) -> Double
  ) {
    (self.persona, self.look) = (persona, look)
    let felt = zip(touchpoints, places).compactMap { touchpoint, place in
      (touchpoint.emotions[persona] ?? touchpoint.emotion).map { emotion in
        Point(x: place, y: height(Double(emotion)))
      }
    }
    curve = MonotoneCurve(felt.count > 1 ? felt : [])
    let known = touchpoints.filter { $0.emotions[persona] != nil || $0.emotion != nil }
    own = Set(known.indices.filter { known[$0].emotions[persona] != nil })
    signs = zip(touchpoints, places).compactMap { touchpoint, place in
      touchpoint.emotions[persona].map { Point(x: place + look.shift, y: height(Double($0))) }
    }
  }
}

/// Draws a persona's curve and its signs.
struct PersonaCurveDrawing {
  let curve: PersonaCurve

  func draw(to writer: inout SVGWriter) {
    let line = curve.curve
    let spans = line.points.indices.dropLast().filter { curve.own.contains($0) || curve.own.contains($0 + 1) }
    if line.points.count > 1, !spans.isEmpty {
      let path = spans.map { "M" + SVGWriter.place(line.points[$0]) + line.span($0) }
      writer.path(
        path.joined(),
        [
          "fill": "none", "stroke": Paint.quiet.color, "stroke-width": "1.6", "stroke-dasharray": curve.look.dashes,
          "stroke-linecap": "butt",
        ])
    }
    for sign in curve.signs { Self.sign(curve.look, at: sign, to: &writer) }
  }

  static func sign(_ look: PersonaCurve.Look, at place: Point, to writer: inout SVGWriter) {
    writer.path(look.outline(place), ["fill": "#ffffff", "stroke": Paint.text.color, "stroke-width": "1.6"])
  }
}
