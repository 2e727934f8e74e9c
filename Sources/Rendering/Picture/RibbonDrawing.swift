/// Draws the stream of customers.
struct RibbonDrawing {
  let ribbon: Ribbon

  private typealias Write = SVGWriter

  private enum Ground {
    static let seen = "#8fc1de"
    static let passed = "#dcebf4"
    /// Between stages, where nobody is counted.
    static let between = "#bcdaeb"
    static let joined = "#d3e7f2"
    static let left = "#f2cdb0"
  }

  func draw(to writer: inout SVGWriter) {
    let ground = ribbon.frame
    writer.element(
      "rect",
      [
        "x": Write.number(ground.x), "y": Write.number(ground.y),
        "width": Write.number(ribbon.isVertical ? ribbon.fullWidth : ground.width),
        "height": Write.number(ribbon.isVertical ? ground.height : ribbon.fullWidth), "fill": Neutral.ghost, "rx": "4",
      ])
    drawOpening(to: &writer)
    for (reach, next) in zip(ribbon.reaches, ribbon.reaches.dropFirst()) {
      let room = next.start - reach.end
      let kept = ribbon.width(reach.whole - reach.left)
      leaf(at: reach.end, from: kept, to: ribbon.width(reach.whole), length: room * 0.45, Ground.left, to: &writer)
      leaf(at: next.start, from: kept, to: ribbon.width(next.whole), length: -room * 0.45, Ground.joined, to: &writer)
      stretch(reach.end, next.start, 0, kept, Ground.between, to: &writer)
    }
    for reach in ribbon.reaches {
      let passed = ribbon.width(reach.passed)
      stretch(reach.start, reach.end, 0, passed, Ground.passed, to: &writer)
      stretch(reach.start, reach.end, passed, max(ribbon.width(reach.whole), passed), Ground.seen, to: &writer)
    }
  }

  /// From everyone to those who are at the first stage.
  private func drawOpening(to writer: inout SVGWriter) {
    guard let opening = ribbon.opening, let first = ribbon.reaches.first else { return }
    stretch(opening.lowerBound, opening.upperBound, 0, ribbon.fullWidth, Ground.between, to: &writer)
    let (whole, middle) = (ribbon.width(first.whole), (opening.upperBound + first.start) / 2)
    let curve = [
      ribbon.point(middle, whole), ribbon.point(middle, ribbon.fullWidth),
      ribbon.point(opening.upperBound, ribbon.fullWidth),
    ]
    writer.path(
      "M" + Write.place(ribbon.point(opening.upperBound, 0)) + "L" + Write.place(ribbon.point(first.start, 0)) + "L"
        + Write.place(ribbon.point(first.start, whole)) + "C" + curve.map(Write.place).joined(separator: " ") + "Z",
      ["fill": Ground.between])
  }

  private func stretch(
    _ start: Double, _ end: Double, _ near: Double, _ far: Double, _ fill: String, to writer: inout SVGWriter
  ) {
    guard far > near, end > start else { return }
    let corners = [(start, near), (end, near), (end, far), (start, far)].map { ribbon.point($0, $1) }
    writer.path("M" + corners.map(Write.place).joined(separator: "L") + "Z", ["fill": fill])
  }

  /// People who come or go: from the side of the stream at `along`, over `length`, away from it.
  private func leaf(
    at along: Double, from near: Double, to far: Double, length: Double, _ fill: String, to writer: inout SVGWriter
  ) {
    guard far > near else { return }
    let outside = far + Ribbon.swing
    let inner = [(along + length * 0.6, near), (along + length, far), (along + length, outside)]
    let outer = [(along + length * 0.5, outside), (along + length * 0.35, far), (along, far)]
    writer.path(
      "M" + Write.place(ribbon.point(along, near)) + "C" + curve(inner) + "L"
        + Write.place(ribbon.point(along + length * 0.6, outside)) + "C" + curve(outer) + "Z", ["fill": fill])
  }

  private func curve(_ points: [(Double, Double)]) -> String {
    points.map { Write.place(ribbon.point($0, $1)) }.joined(separator: " ")
  }
}
