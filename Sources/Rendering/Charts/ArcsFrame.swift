import SourceText

/// Where what an `ArcsPicture` shows lies: steps as cards in a column; arcs to later steps, and to the same, at the right of them, arcs back
/// at the left.
struct ArcsFrame {
  struct Card {
    let box: Rect
    let lines: [String]
  }

  struct Way {
    let arc: Arcs.Arc
    let isBack: Bool
    let thickness: Double
    let start: Point
    let end: Point
    /// How far it leads away from the cards, in the direction of x.
    let reach: Double

    /// A place along it, from 0 at its start to 1.
    func point(_ t: Double) -> Point {
      let bend = 4 * t * (1 - t) * reach
      let along = t * t * (3 - 2 * t)
      return Point(x: start.x + (end.x - start.x) * along + bend, y: start.y + (end.y - start.y) * along)
    }
  }

  static let nameStyle = TypeStyle.label
  static let figureStyle = TypeStyle.quiet
  /// Of all arcs at one side of a step, at most.
  private static let broadest = 56.0
  private static let thinnest = 1.25
  private static let space = 16.0
  /// Of a head.
  static let head = 7.0

  let cards: [Card]
  /// Parallel to the arcs.
  let ways: [Way]
  let width: Double
  let height: Double

  /// - Parameter arcs: between the nodes, the most frequent first.
  init(_ nodes: [Arcs.Node], _ arcs: [Arcs.Arc], width: Double) {
    let hasBack = arcs.contains { $0.from > $0.to }
    let widest = nodes.map { TextWidth.of(ChartText.plain($0.name), Self.nameStyle) }.max() ?? 0
    let cardWidth = min(max(widest + 16, 70), width * 0.36, 220)
    let arcRoom = min(width - cardWidth, hasBack ? 480 : 280)
    let left = hasBack ? arcRoom * 0.45 : 0
    self.width = cardWidth + arcRoom
    let ends = Ends(nodes.count, arcs)
    let scale = Self.broadest / max(1, ends.most)
    func thickness(_ arc: Arcs.Arc) -> Double { max(Self.thinnest, Double(max(0, arc.times)) * scale) }

    var cards: [Card] = []
    var y = 2.0
    for (index, node) in nodes.enumerated() {
      let lines = ChartText.lines(node.name, Self.nameStyle, width: cardWidth - 16, atMost: 2)
      let text = Double(lines.count + 1) * 16 + 8
      let stack = ends.sides[index].map { $0.reduce(0) { $0 + thickness(arcs[$1.arc]) + 2 } }.max() ?? 0
      let box = Rect(x: left, y: y, width: cardWidth, height: max(text, stack + 6))
      cards.append(Card(box: box, lines: lines))
      y = box.maxY + Self.space
    }
    self.cards = cards
    height = max(40, y - Self.space + 4)

    // Where each arc leaves and arrives, those of one side below each other about the middle of the card.
    var starts = [Double](repeating: 0, count: arcs.count)
    var stops = starts
    for index in nodes.indices {
      for side in ends.sides[index] {
        var y = cards[index].box.midY - side.reduce(0) { $0 + thickness(arcs[$1.arc]) + 2 } / 2
        for end in side {
          let middle = y + thickness(arcs[end.arc]) / 2 + 1
          if end.isStart { starts[end.arc] = middle } else { stops[end.arc] = middle }
          y += thickness(arcs[end.arc]) + 2
        }
      }
    }
    let longest = max(1, zip(starts, stops).map { abs($0 - $1) }.max() ?? 1)
    let rooms = (back: max(20, left - 40), on: max(20, arcRoom - left - 40))
    ways = arcs.enumerated().map { index, arc in
      let isBack = arc.from > arc.to
      let edge = isBack ? left : left + cardWidth
      let thickness = thickness(arc)
      let room = (isBack ? rooms.back : rooms.on) - thickness / 2
      let reach = max(8, room) * (0.2 + 0.8 * min(1, abs(starts[index] - stops[index]) / longest))
      return Way(
        arc: arc, isBack: isBack, thickness: thickness, start: Point(x: edge, y: starts[index]),
        end: Point(x: isBack ? edge - Self.head : edge + Self.head, y: stops[index]), reach: isBack ? -reach : reach)
    }
  }

  /// Which arcs begin and end at each side of each step, from the top in an order in which arcs of one step do not cross.
  private struct Ends {
    struct End {
      let arc: Int
      let isStart: Bool
    }

    /// By node: at the right, at the left.
    let sides: [[[End]]]
    /// The most times at a side of a step.
    let most: Double

    init(_ count: Int, _ arcs: [Arcs.Arc]) {
      var sides = [[[(key: Double, end: End)]]](repeating: [[], []], count: count)
      for (index, arc) in arcs.enumerated() where sides.indices.contains(arc.from) && sides.indices.contains(arc.to) {
        let side = arc.from > arc.to ? 1 : 0
        // Ends of arcs to steps above: the nearest on top; of those to steps below: the farthest on top; between them an arc to itself.
        let nearness = arc.from == arc.to ? 0.001 : 1 / Double(arc.to - arc.from)
        sides[arc.from][side].append((nearness, End(arc: index, isStart: true)))
        sides[arc.to][side].append((-nearness, End(arc: index, isStart: false)))
      }
      self.sides = sides.map { $0.map { $0.sorted { $0.key < $1.key }.map(\.end) } }
      most = self.sides.joined().map { $0.reduce(0.0) { $0 + Double(max(0, arcs[$1.arc].times)) } }.max() ?? 1
    }
  }
}
