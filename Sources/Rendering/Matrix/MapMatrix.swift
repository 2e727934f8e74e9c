import JourneyModel
import JourneyQuery
import JourneyTime
import SourceText

/// `show map`: stages across, lanes down. Stages that do not fit beside each other follow below in groups of equal size, at the
/// narrowest one by one; lanes with nothing in them are left out.
package struct MapMatrix: Sendable {
  private let map: JourneyMap
  private let reading: MapReading?

  /// Columns before the first stage: the axis of the emotion curve.
  private static let margin = 3
  private static let gap = 2
  private static let cellRange = 13...40
  /// From this width on cells tell owners too.
  private static let roomyCell = 20

  package init(_ map: JourneyMap, reading: MapReading? = nil) {
    self.map = map
    self.reading = reading
  }

  /// No line is wider than the context's width. Throws `cancelled` if the context's run is.
  package func text(in context: RenderingContext) throws(ExecutionError) -> PaintedText {
    let lanes = try MapLanes(map, reading, context.run)
    var lines = head(lanes, context)
    for group in Self.groups(lanes.stages.count, context) {
      lines.append(StyledLine())
      lines += try MatrixGroup(group, cell: Self.cellWidth(group.count, context), lanes, reading, context).lines
    }
    lines += try foot(lanes, context)
    return try context.run.map(lines) { $0.fitted(to: context.width, ellipsis: context.glyphs.ellipsis) }
      .painted(in: context)
  }

  private func head(_ lanes: MapLanes, _ context: RenderingContext) -> [StyledLine] {
    var lines: [StyledLine] = .sentence(map.title.isEmpty ? map.name : map.title, .strong, width: context.width)
    let personas = map.all(.persona).map(\.name)
    if !personas.isEmpty {
      lines += .sentence("personas: " + personas.joined(separator: ", "), .dim, width: context.width)
    }
    if let reading { lines += .sentence(reading.sentence, .dim, width: context.width) }
    if lanes.stages.isEmpty { lines.append(StyledLine("(no stages)", .dim)) }
    return lines
  }

  private func foot(_ lanes: MapLanes, _ context: RenderingContext) throws(ExecutionError) -> [StyledLine] {
    var lines: [StyledLine] = []
    for element in lanes.wholeMap {
      try context.run.check()
      let target = element.attributeText(.target).map { ", target \($0)" } ?? ""
      let measured = reading?.measures[element.reference].map { ", \($0.text)" } ?? ""
      lines += .sentence(
        "\(element.kind.rawValue) \(element.name)\(target)\(measured)", .normal, width: context.width)
    }
    for note in map.notes {
      try context.run.check()
      lines += .sentence("note: " + note, .dim, width: context.width)
    }
    if let reading {
      for explanation in reading.explanations(of: map, in: MapTree(map)) {
        lines += .sentence(explanation, .dim, width: context.width)
      }
    }
    return lines.isEmpty ? [] : [StyledLine()] + lines
  }

  /// As many stages beside each other as fit, evenly over the groups.
  private static func groups(_ count: Int, _ context: RenderingContext) -> [Range<Int>] {
    guard count > 0 else { return [] }
    let room = context.width - margin + gap
    let most = max(1, room / (cellRange.lowerBound + gap))
    let groupCount = (count + most - 1) / most
    return (0..<groupCount).map { count * $0 / groupCount..<count * ($0 + 1) / groupCount }
  }

  private static func cellWidth(_ count: Int, _ context: RenderingContext) -> Int {
    let room = context.width - margin - gap * (count - 1)
    return max(2, min(room / max(1, count), cellRange.upperBound))
  }

  /// Some stages side by side, all their lanes.
  private struct MatrixGroup {
    private(set) var lines: [StyledLine] = []
    private let group: Range<Int>
    private let cell: Int
    private let context: RenderingContext

    init(
      _ group: Range<Int>, cell: Int, _ lanes: MapLanes, _ reading: MapReading?, _ context: RenderingContext
    ) throws(ExecutionError) {
      self.group = group
      self.cell = cell
      self.context = context
      try addRow(group.map { [MapLanes.Item(name: lanes.stages[$0].name)] }, .strong)
      var rule = margin
      for index in group.indices {
        if index > group.lowerBound { rule.append(String(repeating: " ", count: MapMatrix.gap)) }
        rule.append(String(repeating: context.glyphs.rule, count: cell), .dim)
      }
      lines.append(rule)
      if let reading { try addFigures(reading, lanes) }
      for lane in lanes.lanes {
        let cells = group.map { lane.cells[$0] }
        if cells.contains(where: { !$0.isEmpty }) {
          let isMeasured = lane.kind == .touchpoint && reading != nil
          addHeading(lane.kind.plural, isMeasured ? "channel\(separator)customers\(separator)who go on" : nil)
          try addRow(cells, .normal, sign: lane.kind == .win ? context.glyphs.flag + " " : "")
        }
        if lane.kind == .touchpoint { addEmotions(lanes) }
      }
    }

    private var margin: StyledLine { StyledLine(String(repeating: " ", count: MapMatrix.margin)) }

    private var separator: String { " \(context.glyphs.dot == "." ? "|" : context.glyphs.dot) " }

    /// The lane's name, on a line across all stages, and what its figures are.
    private mutating func addHeading(_ name: String, _ legend: String? = nil) {
      var line = StyledLine(name + " ", .bar)
      if let legend { line.append("(\(legend)) ", .dim) }
      let whole = MapMatrix.margin + group.count * (cell + MapMatrix.gap) - MapMatrix.gap
      line.append(String(repeating: context.style == .ascii ? "." : "┈", count: max(0, whole - line.width)), .dim)
      lines.append(line)
    }

    /// Cells side by side, each as high as the highest; names wrap, what is said of them stands dim and indented below.
    private mutating func addRow(
      _ cells: [[MapLanes.Item]], _ ink: Ink, sign: String = ""
    ) throws(ExecutionError) {
      let columns = try context.run.map(cells) { (items) throws(ExecutionError) in
        try context.run.map(items) { entry($0, ink, sign) }.flatMap(\.self)
      }
      for row in 0..<(columns.map(\.count).max() ?? 0) {
        try context.run.check()
        var line = margin
        for (index, column) in columns.enumerated() {
          line.pad(to: MapMatrix.margin + index * (cell + MapMatrix.gap))
          if row < column.count { line.append(column[row]) }
        }
        lines.append(line)
      }
    }

    private func entry(_ item: MapLanes.Item, _ ink: Ink, _ sign: String) -> [StyledLine] {
      let name = (sign + item.name.withVisibleControls()).wrapped(to: cell, indent: 1).map { StyledLine($0, ink) }
      let details = item.details + (cell >= MapMatrix.roomyCell ? item.more : [])
      // A word that fits the cell only without the indent goes without it.
      let isTight = details.contains { $0.split(separator: " ").contains { $0.displayWidth == cell } }
      return name
        + details.map { $0.withVisibleControls() }.packed(to: isTight ? cell : cell - 1, separator: separator)
        .map { StyledLine($0.displayWidth < cell ? " " + $0 : $0, .dim) }
    }

    /// Per stage: a bar of all customers' share and how many were seen, then where they came from and went.
    private mutating func addFigures(_ reading: MapReading, _ lanes: MapLanes) throws(ExecutionError) {
      let figures = lanes.stages.map { reading.stage($0.name) }
      guard figures[group].contains(where: { $0 != nil }) else { return }
      addHeading("seen", "customers, and the median time to a later stage")
      var bars = margin
      for index in group {
        bars.pad(to: MapMatrix.margin + (index - group.lowerBound) * (cell + MapMatrix.gap))
        guard let stage = figures[index], reading.metrics.customers > 0 else { continue }
        let bar = Bar(share: Double(stage.seen) / Double(reading.metrics.customers), before: nil)
        bars.append(bar.line(columns: cell, style: context.style))
      }
      if reading.metrics.onMap > 0 { lines.append(bars) }
      try addRow(
        group.map { index in
          figures[index].map { [Self.item($0, isFirst: index == 0, isLast: index == figures.count - 1)] } ?? []
        }, .normal)
    }

    /// At the first stage everyone joins, and at the last all leave: that is not said.
    private static func item(_ stage: MapMetrics.Stage, isFirst: Bool, isLast: Bool) -> MapLanes.Item {
      var item = MapLanes.Item(name: HumanText.integer(stage.seen))
      if !isFirst, stage.joined > 0 { item.details.append("\(HumanText.integer(stage.joined)) join") }
      if stage.passed > 0 { item.details.append("\(HumanText.integer(stage.passed)) pass by") }
      if !isLast, stage.left > 0 { item.details.append("\(HumanText.integer(stage.left)) leave") }
      if let median = stage.medianToNext { item.details.append(HumanText.duration(median)) }
      return item
    }

    private mutating func addEmotions(_ lanes: MapLanes) {
      var points: [EmotionCurve.Point] = []
      var marks: [EmotionCurve.Mark] = []
      let signs = Array(zip(lanes.feeling, "123456789"))
      for index in group {
        let touchpoints = lanes.touchpoints[index]
        let left = (index - group.lowerBound) * (cell + MapMatrix.gap)
        for (place, touchpoint) in touchpoints.enumerated() {
          let x = left + (2 * place + 1) * cell / (2 * touchpoints.count)
          if let emotion = touchpoint.emotion { points.append(EmotionCurve.Point(x: x, emotion: emotion)) }
          marks += signs.compactMap { persona, sign in
            touchpoint.emotions[persona].map { EmotionCurve.Mark(x: x, emotion: $0, sign: sign) }
          }
        }
      }
      guard !points.isEmpty || !marks.isEmpty else { return }
      let legend = signs.map { "\($1) \($0)" }.joined(separator: separator)
      addHeading("emotion", legend.isEmpty ? nil : legend.withVisibleControls())
      let width = group.count * (cell + MapMatrix.gap) - MapMatrix.gap
      for row in EmotionCurve(points, marks, width: width, style: context.style).rows {
        var line = StyledLine(EmotionCurve.axis(row.emotion) + " ", .dim)
        // Runs of one ink, so that a line is a few pieces and not a piece a column.
        var run = (text: "", ink: Ink.normal)
        for cell in row.cells {
          if cell.ink != run.ink {
            line.append(run.text, run.ink)
            run = ("", cell.ink)
          }
          run.text.append(cell.character)
        }
        line.append(run.text, run.ink)
        lines.append(line)
      }
    }
  }
}
