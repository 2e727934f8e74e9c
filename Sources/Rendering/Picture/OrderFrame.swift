/// Where what an `OrderPicture` shows lies. `along` runs from the first stage to the last, `across` from 0 at the stages to the ways back;
/// skips are on the other side, below 0.
struct OrderFrame {
  private let direction: OrderPicture.Direction
  /// From stage to stage.
  private let pitch: Double
  /// Half of what stages take across: bars, and names in a column.
  private let half: Double
  /// From level to level of the ways back.
  private let levelPitch: Double
  private let count: Int
  private let hasSkips: Bool
  private let levels: OrderLevels
  private let labelWidth: Double
  /// Units across for a customer.
  private let scale: Double

  static let style = TypeStyle.body
  private static let margin = 16.0
  private static let crest = 33.0
  /// Of a bar in a row, across.
  private static let thickness = 64.0
  private static let mostThickness = 12.0
  private static let mostLevels = 8

  init(_ order: DesignedOrder, _ direction: OrderPicture.Direction) {
    self.direction = direction
    count = order.stages.count
    hasSkips = order.stages.contains { $0.skipped > 0 }
    let arcs = order.stages.map(\.skipped) + order.returns.map(\.customers)
    labelWidth = (arcs.map { TextWidth.of(HumanText.integer($0), Self.style) }.max() ?? 0) + 10
    let most = Double(max(1, order.stages.map(\.seen).max() ?? 1))
    let names = order.stages.map { TextWidth.of(ChartText.plain($0.name), .name) }.max() ?? 0
    switch direction {
    case .row:
      pitch = min(200, max(112, names + 28, labelWidth + 44))
      half = Self.thickness / 2
      levelPitch = 30
      levels = OrderLevels(order.returns, atMost: Self.mostLevels)
    case .column(let width):
      pitch = 78
      levelPitch = labelWidth + 4
      let room = width - (hasSkips ? Self.crest + labelWidth / 2 + 8 : 0)
      let most = max(1, min(Self.mostLevels, Int(((room - 140) / levelPitch).rounded(.down))))
      levels = OrderLevels(order.returns, atMost: most)
      half = max(40, (room - Double(levels.count) * levelPitch - (levels.count > 0 ? 12 : 0) - 8) / 2)
    }
    scale = (direction == .row ? Self.thickness : 2 * half) / most
  }

  /// How far from a stage's middle a way may begin or end.
  private var portRoom: Double { direction == .row ? pitch / 2 - 16 : 22 }

  func middle(_ stage: Int) -> Double { pitch * (Double(stage) + 0.5) }

  /// Where ways back begin, across.
  private var sideOfWays: Double { direction == .row ? half + 50 : half + 6 }
  private func depth(of level: Int) -> Double {
    direction == .row ? 24 + levelPitch * Double(level) : 6 + levelPitch * (Double(level) + 0.5)
  }

  private var above: Double {
    hasSkips ? half + 8 + Self.crest + (direction == .row ? 12 : labelWidth / 2) : half + 8
  }
  private var below: Double {
    guard levels.count > 0 else { return direction == .row ? half + 44 : half + 4 }
    return sideOfWays + depth(of: levels.count - 1) + (direction == .row ? 16 : levelPitch / 2)
  }

  var size: (width: Double, height: Double) {
    let (long, broad) = (pitch * Double(count), above + below)
    guard case .column(let width) = direction else { return (long + 2 * Self.margin, broad) }
    return (max(width, broad), long)
  }

  /// Where (0, 0) lies in the picture.
  var origin: Point {
    direction == .row ? Point(x: Self.margin, y: above) : Point(x: size.width - above, y: 0)
  }

  /// Those for which there is a level; ways that begin or end at one stage do so side by side.
  func ways(_ returns: [DesignedOrder.Return]) -> [OrderWay] {
    var ports = [Double](repeating: 0, count: count)
    func port(_ stage: Int, _ side: Double) -> Double {
      defer { ports[stage] += 1 }
      return middle(stage) + side * min(portRoom, 5 + 9 * ports[stage])
    }
    return zip(returns, levels.levels).compactMap { found, level in
      level.map { OrderWay(found: found, level: $0, start: port(found.from, -1), end: port(found.to, 1)) }
    }
  }

  func point(_ along: Double, _ across: Double) -> Point {
    direction == .row ? Point(x: along, y: across) : Point(x: -across, y: along)
  }

  private func place(_ along: Double, _ across: Double) -> String { SVGWriter.place(point(along, across)) }

  // MARK: Stages

  func draw(_ stage: DesignedOrder.Stage, at index: Int, of order: DesignedOrder, on writer: inout ChartWriter) {
    let (middle, isRow) = (middle(index), direction == .row)
    let thickness = max(2, Double(stage.seen) * scale)
    let length = isRow ? pitch - 44 : 16
    let title =
      "\(ChartText.brief(stage.name)): \(HumanText.integer(stage.seen)) \(AnswerNotes.customers(stage.seen)) seen"
    writer.titled(title) { writer in
      if index + 1 < order.stages.count { drawArrow(behind: index, length: length, on: &writer) }
      let corners = [point(middle - length / 2, -thickness / 2), point(middle + length / 2, thickness / 2)]
      let (left, right) = (corners.map(\.x).min() ?? 0, corners.map(\.x).max() ?? 0)
      let (top, bottom) = (corners.map(\.y).min() ?? 0, corners.map(\.y).max() ?? 0)
      writer.box(Rect(x: left, y: top, width: right - left, height: bottom - top), .bar)
      let number = HumanText.integer(stage.seen)
      if isRow {
        text(fitted(stage.name, to: pitch - 12, .name), Point(x: middle, y: half + 20), .name, on: &writer)
        text(number, Point(x: middle, y: half + 38), Self.style, isSoft: true, on: &writer)
      } else {
        let name = fitted(stage.name, to: 2 * half - TextWidth.of(number, Self.style) - 12, .name)
        let baseline = middle - length / 2 - 7
        text(name, Point(x: -half, y: baseline), .name, anchor: .start, on: &writer)
        text(number, Point(x: half, y: baseline), Self.style, isSoft: true, anchor: .end, on: &writer)
      }
    }
  }

  /// On to the next stage.
  private func drawArrow(behind index: Int, length: Double, on writer: inout ChartWriter) {
    let start = middle(index) + length / 2 + 4
    let end = middle(index + 1) - length / 2 - (direction == .row ? 4 : 26)
    guard end - start > 8 else { return }
    writer.stroke(
      "M\(place(start, 0)) L\(place(end, 0)) M\(place(end - 5, -4)) L\(place(end, 0)) L\(place(end - 5, 4))", .line,
      width: 1.5)
  }

  // MARK: Skips and ways back

  func drawSkip(of stage: DesignedOrder.Stage, at index: Int, on writer: inout ChartWriter) {
    let (start, end) = (middle(index) - pitch / 2 + 8, middle(index) + pitch / 2 - 8)
    let side = -half - 8
    let path = bend(from: start, to: end, at: side, by: side - Self.crest)
    way(
      path, stage.skipped, tip: end, at: side, from: -1, label: point(middle(index), side - Self.crest),
      "\(HumanText.integer(stage.skipped)) \(AnswerNotes.customers(stage.skipped)) skipped \(ChartText.brief(stage.name))",
      on: &writer)
  }

  func draw(_ placed: OrderWay, _ order: DesignedOrder, on writer: inout ChartWriter) {
    let (start, end, side) = (placed.start, placed.end, sideOfWays)
    let bottom = side + depth(of: placed.level)
    let path = bend(from: start, to: end, at: side, by: bottom)
    let (from, to) = (
      ChartText.brief(order.stages[placed.found.from].name), ChartText.brief(order.stages[placed.found.to].name)
    )
    let count = placed.found.customers
    way(
      path, count, tip: end, at: side, from: 1, label: point((start + end) / 2, bottom),
      "\(HumanText.integer(count)) \(AnswerNotes.customers(count)) came back to \(to) from \(from)", on: &writer)
  }

  /// Out from `side` across to `bottom`, along, and back, round at its corners.
  private func bend(from start: Double, to end: Double, at side: Double, by bottom: Double) -> String {
    let round = min(8, abs(start - end) / 2, abs(bottom - side))
    let turn = start > end ? -round : round
    let before = bottom > side ? bottom - round : bottom + round
    return
      "M\(place(start, side)) L\(place(start, before)) Q\(place(start, bottom)) \(place(start + turn, bottom))"
      + " L\(place(end - turn, bottom)) Q\(place(end, bottom)) \(place(end, before)) L\(place(end, side))"
  }

  /// - Parameters:
  ///   - tip: where along its arrow ends, at `side` across, coming from below 0 (−1) or above (1).
  ///   - label: the middle of its number.
  private func way(
    _ path: String, _ customers: Int, tip: Double, at side: Double, from: Double, label: Point, _ title: String,
    on writer: inout ChartWriter
  ) {
    let thickness = min(Self.mostThickness, max(1.5, Double(customers) * scale * (direction == .row ? 1 : 0.3)))
    let head = 4 + thickness / 2
    writer.titled(title) { writer in
      writer.stroke(path, .way, width: thickness, opacity: 0.55)
      writer.area(
        "M\(place(tip - head, side)) L\(place(tip + head, side)) L\(place(tip, side - from * head)) Z", .bar)
      let number = HumanText.integer(customers)
      let width = TextWidth.of(number, Self.style) + 6
      writer.box(Rect(x: label.x - width / 2, y: label.y - 9, width: width, height: 18), .ground)
      text(number, Point(x: label.x, y: label.y + 4.5), Self.style, on: &writer)
    }
  }

  // MARK: Texts

  private func text(
    _ text: String, _ place: Point, _ style: TypeStyle, isSoft: Bool = false, anchor: ChartWriter.Anchor = .middle,
    on writer: inout ChartWriter
  ) {
    writer.text(text, at: place, isSoft ? .soft : .ink, style, anchor: anchor)
  }

  private func fitted(_ name: String, to width: Double, _ style: TypeStyle) -> String {
    ChartText.fitted(name, style, width: width)
  }
}
