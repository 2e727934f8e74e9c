/// The strip with the emotion curve: +2 at its top line, −2 at its bottom line, a dot per touchpoint.
struct EmotionBand: Hashable, Sendable {
  struct Dot: Hashable, Sendable {
    var center: Point
    var number: Int
    /// Nil is drawn open: it lies on the curve between its neighbours, or on the neutral line where the curve does not reach.
    var emotion: Int?
    /// A small win stands here.
    var hasFlag: Bool
    /// Says the dot in words.
    var label: String
  }

  /// What the band takes up, with room for dots and flags.
  var frame: Rect
  var dots: [Dot]
  /// From the first to the last known emotion, at least two; empty where fewer are known.
  var curve: MonotoneCurve
  /// Spans of the curve, by index of their first point, that bridge a touchpoint without an emotion.
  var bridged: Set<Int>
  /// Of the first personas that feel something of their own anywhere.
  var personas: [PersonaCurve]
  /// What customers said they felt.
  var felt: FeltCurve

  static let dotRadius = 10.0
  /// From the band's edge to the line of ±2: room for a dot, above also for a flag.
  static let headroom = 34.0
  static let footroom = 16.0

  /// Height of an emotion in the band.
  func y(of emotion: Double) -> Double { Self.y(of: emotion, in: frame) }

  private static func y(of emotion: Double, in frame: Rect) -> Double {
    let height = frame.height - headroom - footroom
    return frame.y + headroom + height * (2 - emotion) / 4
  }

  /// `places` are the dots' x, parallel to `touchpoints` and rising.
  /// `before` and `after` are the nearest known emotions outside the band: the curve then runs to its edges, half way to them.
  init(
    _ touchpoints: [PictureContent.Touchpoint], at places: [Double], in frame: Rect, before: Int? = nil,
    after: Int? = nil, feeling: [String] = []
  ) {
    self.frame = frame
    personas = zip(feeling, PersonaCurve.Look.allCases).map { persona, look in
      PersonaCurve(persona, look, touchpoints, at: places) { Self.y(of: $0, in: frame) }
    }
    felt = FeltCurve(touchpoints, at: places) { Self.y(of: $0, in: frame) }
    var known: [(place: Double, emotion: Double)] = []
    var gaps: Set<Int> = []
    for (touchpoint, place) in zip(touchpoints, places) {
      if let emotion = touchpoint.emotion {
        known.append((place, Double(emotion)))
      } else if !known.isEmpty {
        gaps.insert(known.count - 1)
      }
    }
    if let first = known.first, let before {
      known.insert((frame.x, (first.emotion + Double(before)) / 2), at: 0)
      gaps = Set(gaps.map { $0 + 1 })
      if touchpoints.first?.emotion == nil { gaps.insert(0) }
    }
    if let last = known.last, let after { known.append((frame.maxX, (last.emotion + Double(after)) / 2)) }
    if known.count < 2 { known = [] }
    let curve = MonotoneCurve(known.map { Point(x: $0.place, y: Self.y(of: $0.emotion, in: frame)) })
    self.curve = curve
    bridged = gaps.filter { $0 + 1 < known.count }
    dots = zip(touchpoints, places).map { touchpoint, place in
      let neutral = Self.y(of: 0, in: frame)
      let height = touchpoint.emotion.map { Self.y(of: Double($0), in: frame) } ?? curve.y(at: place) ?? neutral
      return Dot(
        center: Point(x: place, y: height), number: touchpoint.number, emotion: touchpoint.emotion,
        hasFlag: touchpoint.hasWin, label: touchpoint.spokenEmotion)
    }
  }
}

extension PictureContent.Touchpoint {
  /// `3 Product page: emotion +1`.
  var spokenEmotion: String {
    let felt = emotions.sorted { $0.key < $1.key }.map { ", \(Self.signed($0.value)) for \($0.key)" }.joined()
    let measured = self.felt.map { ", customers \($0.text)" } ?? ""
    return "\(number) \(name): " + (emotion.map { "emotion " + Self.signed($0) } ?? "emotion not recorded") + felt
      + measured
  }

  static func signed(_ emotion: Int) -> String {
    emotion > 0 ? "+\(emotion)" : emotion < 0 ? "−\(emotion.magnitude)" : "0"
  }
}

/// A smooth curve through points that never leaves the range of two neighbours: cubic pieces with Steffen's tangents
/// (Astronomy & Astrophysics 239, 1990).
struct MonotoneCurve: Hashable, Sendable {
  /// With strictly rising x.
  let points: [Point]
  /// Slopes at the points, parallel to them.
  let slopes: [Double]

  init(_ points: [Point]) {
    self.points = points
    guard points.count > 1 else {
      slopes = points.map { _ in 0 }
      return
    }
    let widths = zip(points, points.dropFirst()).map { max($1.x - $0.x, 1e-6) }
    let secants = zip(zip(points, points.dropFirst()), widths).map { ($0.1.y - $0.0.y) / $1 }
    var slopes = [secants[0]]
    for index in 1..<max(points.count - 1, 1) {
      let (left, right) = (secants[index - 1], secants[index])
      let blend = (left * widths[index] + right * widths[index - 1]) / (widths[index - 1] + widths[index])
      let sign = (left < 0 ? -1.0 : 1) + (right < 0 ? -1.0 : 1)
      slopes.append(sign * min(abs(left), abs(right), 0.5 * abs(blend)))
    }
    slopes.append(secants[secants.count - 1])
    // A curve that sets out level reads as calm.
    slopes[0] *= 0.5
    slopes[slopes.count - 1] *= 0.5
    self.slopes = slopes
  }

  /// The two control points of the span that begins at point `index`.
  func controls(_ index: Int) -> (Point, Point) {
    let (start, end) = (points[index], points[index + 1])
    let third = (end.x - start.x) / 3
    return (
      Point(x: start.x + third, y: start.y + third * slopes[index]),
      Point(x: end.x - third, y: end.y - third * slopes[index + 1])
    )
  }

  /// Nil outside the points.
  func y(at x: Double) -> Double? {
    guard let first = points.first, let last = points.last, points.count > 1, first.x <= x, x <= last.x else {
      return nil
    }
    // The first span that ends no earlier.
    var (index, end) = (0, points.count - 2)
    while index < end {
      let middle = (index + end) / 2
      if points[middle + 1].x < x { index = middle + 1 } else { end = middle }
    }
    let (start, stop) = (points[index], points[index + 1])
    let (leaving, arriving) = controls(index)
    let t = (x - start.x) / max(stop.x - start.x, 1e-6)
    let s = 1 - t
    return s * s * s * start.y + 3 * s * s * t * leaving.y + 3 * s * t * t * arriving.y + t * t * t * stop.y
  }
}
