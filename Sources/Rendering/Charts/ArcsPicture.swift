import SourceText

/// Steps and what comes after each as a chart: arcs as broad as they were taken often, those to later steps at the right, those back at the
/// left; the same as `ArcDrawing` shows on a terminal.
struct ArcsPicture {
  /// Arcs beyond which eyes do not follow them; the table has the others.
  private static let mostArcs = 30

  private let frame: ArcsFrame
  private let nodes: [Arcs.Node]
  private let hidden: Int

  /// Nil of fewer than two steps, or without arcs.
  init?(_ arcs: Arcs, width: Double) {
    let known = arcs.arcs.filter { arcs.nodes.indices.contains($0.from) && arcs.nodes.indices.contains($0.to) }
    let drawn = known.prefix(Self.mostArcs)
    let used = Set(drawn.flatMap { [$0.from, $0.to] }).sorted()
    guard used.count > 1 else { return nil }
    var places: [Int: Int] = [:]
    for (place, node) in used.enumerated() { places[node] = place }
    nodes = used.map { arcs.nodes[$0] }
    hidden = arcs.arcs.count - drawn.count
    frame = ArcsFrame(
      nodes,
      drawn.compactMap { arc in
        guard let from = places[arc.from], let to = places[arc.to] else { return nil }
        return Arcs.Arc(from: from, to: to, times: arc.times, customers: arc.customers, median: arc.median)
      }, width: width)
  }

  var chart: Chart {
    var writer = ChartWriter()
    for way in frame.ways { draw(way, on: &writer) }
    for (card, node) in zip(frame.cards, nodes) { draw(card, node, on: &writer) }
    let unsaid = drawNumbers(on: &writer)
    return Chart(
      width: frame.width, height: frame.height, markup: writer.markup,
      title: "steps and what comes right after them",
      remarks: [
        "on at the right, back at the left; the broader the more often",
        hidden > 0 ? "not drawn: \(AnswerNotes.count(hidden, "rarer arc", "rarer arcs"))" : nil,
        unsaid > 0 ? "no room for \(AnswerNotes.count(unsaid, "number", "numbers")), which the table has" : nil,
      ])
  }

  // MARK: Steps

  private func draw(_ card: ArcsFrame.Card, _ node: Arcs.Node, on writer: inout ChartWriter) {
    let times = AnswerNotes.count(node.times, "time", "times")
    writer.titled("\(ChartText.brief(node.name)): \(times), \(HumanText.integer(node.ends)) of these the last") {
      writer in
      writer.box(card.box, .card)
      let text = Double(card.lines.count + 1) * 16
      var y = card.box.midY - text / 2 + 12
      for line in card.lines {
        writer.text(line, at: Point(x: card.box.midX, y: y), .ink, ArcsFrame.nameStyle, anchor: .middle)
        y += 16
      }
      writer.text(
        ChartText.figure(HumanText.integer(node.times), ArcsFrame.figureStyle, width: card.box.width - 8),
        at: Point(x: card.box.midX, y: y), .soft, ArcsFrame.figureStyle, anchor: .middle)
    }
  }

  // MARK: Arcs

  private func draw(_ way: ArcsFrame.Way, on writer: inout ChartWriter) {
    let (from, to) = (ChartText.brief(nodes[way.arc.from].name), ChartText.brief(nodes[way.arc.to].name))
    let share = Double(way.arc.times) / Double(max(1, nodes[way.arc.from].times))
    let customers = AnswerNotes.count(way.arc.customers, "customer", "customers")
    let title =
      "\(from) → \(to): \(AnswerNotes.count(way.arc.times, "time", "times")), \(HumanText.share(share)) of the step, "
      + "\(customers), median \(way.arc.median.text())"
    writer.titled(title) { writer in
      let steps = (0...24).map { SVGWriter.place(way.point(Double($0) / 24)) }
      writer.stroke(
        "M" + steps.joined(separator: " L"), way.isBack ? .back : .way, width: way.thickness, opacity: 0.5)
      let tip = Point(x: way.end.x + (way.isBack ? ArcsFrame.head : -ArcsFrame.head), y: way.end.y)
      let half = way.thickness / 2 + 2
      let corners = [
        tip, Point(x: way.end.x, y: way.end.y - half), Point(x: way.end.x, y: way.end.y + half),
      ]
      writer.area("M" + corners.map(SVGWriter.place).joined(separator: " L") + " Z", way.isBack ? .backHead : .bar)
    }
  }

  /// How often arcs were taken, the most frequent first, where no other number is; returns how many have no room.
  private func drawNumbers(on writer: inout ChartWriter) -> Int {
    var taken: [Rect] = []
    var unsaid = 0
    let whole = Rect(x: 0, y: 0, width: frame.width, height: frame.height)
    for way in frame.ways {
      let text = HumanText.integer(way.arc.times)
      let width = TextWidth.of(text, ArcsFrame.figureStyle) + 4
      let places = [0.5, 0.4, 0.6, 0.3, 0.7].map { way.point($0) }.map {
        Rect(x: $0.x - width / 2, y: $0.y - 8, width: width, height: 16)
      }
      let free = places.first { place in
        whole.contains(place) && !taken.contains { $0.overlaps(place) }
          && !frame.cards.contains { $0.box.overlaps(place) }
      }
      guard let free else {
        unsaid += 1
        continue
      }
      taken.append(free)
      writer.box(free, .ground, opacity: 0.8)
      writer.text(
        text, at: Point(x: free.midX, y: free.midY + 4), .ink, ArcsFrame.figureStyle, anchor: .middle)
    }
    return unsaid
  }
}
