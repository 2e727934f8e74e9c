import SourceText

/// The designed stages as a picture: a bar each, as thick as customers were seen there; on one side of them arcs over stages that were
/// skipped, on the other the ways back, all in one scale. The same as `OrderDrawing` shows on a terminal.
///
/// Stages stand in a row, skips above and ways back below, or, for narrow windows, in a column, skips to the right and ways back to the
/// left.
struct OrderPicture {
  enum Direction: Hashable, Sendable {
    case row
    /// So wide, in the picture's units.
    case column(width: Double)
  }

  let width: Double
  let height: Double
  /// Elements, within (0, 0) … (width, height).
  let markup: String
  /// Ways back that there is no room for.
  let undrawn: Int

  /// Nil of fewer than two stages.
  init?(_ order: DesignedOrder, _ direction: Direction) {
    guard order.stages.count > 1 else { return nil }
    let frame = OrderFrame(order, direction)
    let ways = frame.ways(order.returns)
    var writer = ChartWriter()
    for (index, stage) in order.stages.enumerated() { frame.draw(stage, at: index, of: order, on: &writer) }
    for (index, stage) in order.stages.enumerated() where stage.skipped > 0 {
      frame.drawSkip(of: stage, at: index, on: &writer)
    }
    // Those further out pass behind the numbers of those within.
    for way in ways.sorted(by: { $0.level > $1.level }) { frame.draw(way, order, on: &writer) }
    (width, height) = frame.size
    var whole = ChartWriter()
    whole.part(writer.markup, at: frame.origin)
    markup = whole.markup
    undrawn = order.returns.count - ways.count
  }

  /// In a column, beyond which lines say no more.
  private static let mostColumn = 560.0

  /// In a row, or in a column where a row is wider than `width`. Nil of fewer than two stages.
  static func chart(of order: DesignedOrder, width: Double) -> Chart? {
    guard let row = OrderPicture(order, .row) else { return nil }
    return row.width <= width
      ? row.chart : OrderPicture(order, .column(width: min(width, Self.mostColumn)))?.chart
  }

  var chart: Chart {
    let more = undrawn > 0 ? AnswerNotes.count(undrawn, "way back has", "ways back have") + " no room here" : nil
    return Chart(
      width: width, height: height, markup: markup, title: "the designed stages",
      remarks: ["above or right of them who skipped one, below or left of them who came back", more])
  }
}

/// A way back where it is drawn.
struct OrderWay {
  let found: DesignedOrder.Return
  let level: Int
  /// Where it leaves and where it arrives, along the stages.
  let start: Double
  let end: Double
}

/// On which level each way back lies, so that it meets no other of its level.
struct OrderLevels {
  /// Parallel to the ways; nil where all levels are taken.
  private(set) var levels: [Int?] = []
  private(set) var count = 0

  init(_ returns: [DesignedOrder.Return], atMost most: Int) {
    var taken: [[Range<Int>]] = []
    for found in returns {
      // Ways that begin and end at one stage do so on different sides of its middle.
      let range = found.to..<found.from
      if let free = taken.firstIndex(where: { $0.allSatisfy { !$0.overlaps(range) } }) {
        taken[free].append(range)
        levels.append(free)
      } else if taken.count < most {
        taken.append([range])
        levels.append(taken.count - 1)
      } else {
        levels.append(nil)
      }
    }
    count = taken.count
  }
}
