/// The emotion of touchpoints as one line of line-drawing characters across columns, a dot per touchpoint, +2 at the top.
struct EmotionCurve {
  struct Point: Hashable {
    /// Column from 0.
    let x: Int
    /// −2…+2
    let emotion: Int
  }

  /// What one persona feels at a touchpoint: a sign of its own beside the curve.
  struct Mark: Hashable {
    let x: Int
    let emotion: Int
    let sign: Character
  }

  /// A row per step of emotion from the highest drawn to the lowest, zero always among them.
  private(set) var rows: [(emotion: Int, cells: [(character: Character, ink: Ink)])]

  /// Points of ascending `x` less than `width`; the line joins neighbours that leave room for it. Marks take the place of the line, and
  /// stand beside each other and beside dots.
  init(_ points: [Point], _ marks: [Mark] = [], width: Int, style: RenderingContext.Style) {
    let strokes = Strokes.of(style)
    let emotions = points.map(\.emotion) + marks.map(\.emotion)
    let top = max(0, emotions.max() ?? 0)
    let bottom = min(0, emotions.min() ?? 0)
    rows = (bottom...top).reversed().map { emotion in
      let ground: (Character, Ink) = emotion == 0 ? (strokes.neutral, .dim) : (" ", .normal)
      return (emotion, Array(repeating: ground, count: width))
    }
    for (one, next) in zip(points, points.dropFirst()) { join(one, next, top: top, strokes) }
    for point in points {
      let ink: Ink = point.emotion > 0 ? .good : point.emotion < 0 ? .bad : .normal
      put(strokes.dot, ink, point.x, top - point.emotion)
    }
    var taken = Set(points)
    for mark in marks {
      let places = [mark.x, mark.x + 1, mark.x - 1, mark.x + 2].map { Point(x: $0, emotion: mark.emotion) }
      guard let place = places.first(where: { (0..<width).contains($0.x) && !taken.contains($0) }) else { continue }
      taken.insert(place)
      put(mark.sign, .strong, place.x, top - place.emotion)
    }
  }

  private mutating func join(_ one: Point, _ next: Point, top: Int, _ strokes: Strokes) {
    guard next.x - one.x >= 2 else { return }
    let (from, to) = (top - one.emotion, top - next.emotion)
    let middle = (one.x + next.x) / 2
    for x in one.x + 1..<next.x where x != middle {
      put(strokes.across, .normal, x, x < middle ? from : to)
    }
    guard from != to else { return put(strokes.across, .normal, middle, from) }
    let isRising = to < from
    put(isRising ? strokes.leaveUp : strokes.leaveDown, .normal, middle, from)
    put(isRising ? strokes.arriveUp : strokes.arriveDown, .normal, middle, to)
    for row in min(from, to) + 1..<max(from, to) { put(strokes.down, .normal, middle, row) }
  }

  private mutating func put(_ character: Character, _ ink: Ink, _ x: Int, _ row: Int) {
    guard rows.indices.contains(row), rows[row].cells.indices.contains(x) else { return }
    rows[row].cells[x] = (character, ink)
  }

  private struct Strokes {
    let dot: Character
    let across: Character
    let down: Character
    let leaveUp: Character
    let arriveUp: Character
    let leaveDown: Character
    let arriveDown: Character
    let neutral: Character

    static func of(_ style: RenderingContext.Style) -> Strokes {
      style == .ascii
        ? Strokes(
          dot: "o", across: "-", down: "|", leaveUp: "'", arriveUp: ".", leaveDown: ".", arriveDown: "'", neutral: " ")
        : Strokes(
          dot: "●", across: "─", down: "│", leaveUp: "╯", arriveUp: "╭", leaveDown: "╮", arriveDown: "╰", neutral: "┄")
    }
  }
}

/// How an emotion is written.
package enum EmotionText {
  /// `+2`, `0`, `-1`.
  package static func signed(_ emotion: Int) -> String { emotion > 0 ? "+\(emotion)" : String(emotion) }
}

extension EmotionCurve {
  /// `+2`, ` 0`, `-1`.
  static func axis(_ emotion: Int) -> String {
    emotion == 0 ? " 0" : EmotionText.signed(emotion)
  }
}
