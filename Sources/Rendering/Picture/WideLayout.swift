import JourneyModel
import JourneyQuery

/// The picture for a wall, a sheet or a screen: stages side by side.
struct WideLayout {
  let content: PictureContent
  /// A stage gets a column for each so many touchpoints, at least one.
  let cardsPerColumn: Int
  /// The least width of a column.
  var leastWidth = 212.0

  static let margin = 48.0
  static let columnGap = 14.0
  static let stageGap = 26.0
  private static let cellGap = 34.0
  private static let bandHeight = 190.0
  private static let ribbonWidth = 68.0
  /// Of a stage's part of the ribbon, at each end.
  private static let inset = 22.0

  /// Where one stage stands.
  private struct Place {
    var stage: PictureContent.Stage
    var x: Double
    var width: Double
    var columns: [Double]
  }

  /// The arrangement that prints largest on A3 landscape. One column per touchpoint, each right below its dot, and wide columns are
  /// preferred while they cost little.
  static func best(for content: PictureContent, _ run: Run) throws(ExecutionError) -> PictureLayout {
    let most = content.stages.map(\.touchpoints.count).max() ?? 0
    var best: (layout: PictureLayout, scale: Double)?
    var stages: [Double: [StageBlocks]] = [:]
    for cards in 1...max(1, min(most, 8)) {
      for leastWidth in [212.0, 190] {
        let layout = try WideLayout(content: content, cardsPerColumn: cards, leastWidth: leastWidth)
          .layout(&stages, run)
        let bonus = (cards == 1 ? 1.15 : 1) * (leastWidth > 200 ? 1.06 : 1)
        let scale = bonus * min(404 / layout.width, 281 / layout.height)
        if scale > best?.scale ?? 0 { best = (layout, scale) }
      }
    }
    if let best { return best.layout }
    return try WideLayout(content: content, cardsPerColumn: 1).layout(&stages, run)
  }

  /// What stands under a stage, at the origin, in columns of some width: what arrangements of that width share.
  struct StageBlocks {
    var details: [[PictureLayout.Block]]
    /// By touchpoint.
    var cells: [[PictureLayout.Block]]
    var backstage: [[PictureLayout.Block]]
  }

  private func blocks(_ cells: CellLayout, _ run: Run) throws(ExecutionError) -> [StageBlocks] {
    try run.map(content.stages) { (stage) throws(ExecutionError) in
      StageBlocks(
        details: try cells.details(stage, run), cells: try run.map(stage.touchpoints) { cells.cell($0) },
        backstage: try run.map(stage.touchpoints) { cells.backstage($0) })
    }
  }

  /// At the left of the stages: where the ribbon begins, and the faces of the emotion scale.
  private var gutter: Double { content.touchpoints.isEmpty && content.customers == nil ? 0 : 92 }

  /// - Parameter known: by width of a column, blocks that were made for other arrangements; gets those that are made.
  func layout(_ known: inout [Double: [StageBlocks]], _ run: Run) throws(ExecutionError) -> PictureLayout {
    let (places, right) = self.places()
    let columnWidth = places.first.map {
      ($0.width - Double($0.columns.count - 1) * Self.columnGap) / Double($0.columns.count)
    }
    let cells = CellLayout(width: columnWidth ?? 0, customers: content.customers)
    let stages = if let made = known[cells.width] { made } else { try blocks(cells, run) }
    known[cells.width] = stages
    var layout = PictureLayout(width: right + Self.margin, height: 0, blocks: [], bands: [])
    let inner = layout.width - 2 * Self.margin
    layout.blocks = PictureLayout.moved(
      HeaderLayout(content: content, width: inner).blocks(), x: Self.margin, y: Self.margin)
    var y = layout.blocks.height + 34
    y = addRibbon(places, at: y, to: &layout)
    y = addChevrons(places, at: y, to: &layout)
    y = try addDetails(places, stages, at: y, to: &layout, run)
    y = try addCells(places, cells, stages, at: y, to: &layout, run)
    if let cuts = FooterLayout.cuts(layout.blocks, width: inner) {
      layout.blocks.append(cuts.moved(x: Self.margin, y: y + 34))
      y = layout.blocks.height
    }
    layout.blocks += PictureLayout.moved(
      FooterLayout(content: content, width: inner).blocks(), x: Self.margin, y: y + 34)
    layout.height = layout.blocks.height + Self.margin - 12
    return layout
  }

  /// Columns of one width for all stages: wide enough to read, wider where there is room.
  private func places() -> (places: [Place], right: Double) {
    let counts = content.stages.map { max(1, ($0.touchpoints.count + cardsPerColumn - 1) / cardsPerColumn) }
    let columns = counts.reduce(0, +)
    let gaps = Double(columns - counts.count) * Self.columnGap + Double(max(0, counts.count - 1)) * Self.stageGap
    let left = Self.margin + gutter
    guard columns > 0 else { return ([], 1100) }
    let room = min(1240 - gaps, Double(columns) * 340)
    let width = max(leastWidth, (room / Double(columns)).rounded(.down))
    var x = left
    var places: [Place] = []
    for (stage, count) in zip(content.stages, counts) {
      let columns = (0..<count).map { x + Double($0) * (width + Self.columnGap) }
      let stageWidth = Double(count) * (width + Self.columnGap) - Self.columnGap
      places.append(Place(stage: stage, x: x, width: stageWidth, columns: columns))
      x += stageWidth + Self.stageGap
    }
    return (places, max(x - Self.stageGap + 18, 900))
  }

  private func addRibbon(_ places: [Place], at top: Double, to layout: inout PictureLayout) -> Double {
    guard let customers = content.customers, customers > 0, places.contains(where: { $0.stage.figures != nil })
    else { return top }
    var ribbon = Ribbon(
      opening: Self.margin..<Self.margin + gutter - 40, reaches: [], isVertical: false, edge: top + 30,
      fullWidth: Self.ribbonWidth)
    for place in places {
      let end = place.x + place.width - Self.inset
      ribbon.append(place.stage.figures, of: customers, from: place.x + Self.inset, to: end)
    }
    ribbon.reaches[places.count - 1].end += 40
    layout.ribbon = ribbon
    layout.blocks.append(
      StreamLabels.everyone(customers, in: Rect(x: Self.margin, y: top, width: gutter - 4, height: 26)))
    layout.blocks += places.compactMap { place in
      let frame = Rect(x: place.x - 4, y: top, width: place.width + 8, height: 26)
      return StreamLabels.count(place.stage, of: customers, in: frame, .middle)
    }
    addMoves(places, at: ribbon.frame.maxY + 4, to: &layout)
    var caption = BlockComposer(.text, width: min(layout.width - 2 * Self.margin, 1240) * 0.9, insets: .none)
    caption.paragraph(content.caption, .quiet, ink: .quiet, limit: 3)
    layout.blocks.append(caption.finished(label: content.caption).moved(x: Self.margin, y: ribbon.frame.maxY + 54))
    return layout.blocks.height + 18
  }

  /// Below the ribbon: who joins and who leaves at each stage, and in the gaps what share goes on.
  private func addMoves(_ places: [Place], at top: Double, to layout: inout PictureLayout) {
    let lowest = StreamLabels.lowestRate(of: content.stages)
    for (index, place) in places.enumerated() {
      let half = Rect(x: place.x + 4, y: top, width: place.width / 2 - 8, height: 22)
      if index > 0, let joined = StreamLabels.joined(place.stage, in: half) { layout.blocks.append(joined) }
      guard index + 1 < places.count else { break }
      var other = half
      other.x += place.width / 2
      if let left = StreamLabels.left(place.stage, in: other) { layout.blocks.append(left) }
      let middle = (place.x + place.width + places[index + 1].x) / 2
      let frame = Rect(x: middle - 92, y: top + 22, width: 184, height: 22)
      let rate = StreamLabels.rate(from: place.stage, in: frame, isLowest: index == lowest, .middle)
      if let rate { layout.blocks.append(rate) }
    }
  }

  private func addChevrons(_ places: [Place], at top: Double, to layout: inout PictureLayout) -> Double {
    var chevrons = places.map {
      ChevronLayout.block($0.stage, width: $0.width, downwards: false).moved(x: $0.x, y: top)
    }
    let height = chevrons.map(\.frame.height).max() ?? 0
    for index in chevrons.indices { ChevronLayout.stretch(&chevrons[index], to: height) }
    layout.blocks += chevrons
    if places.isEmpty {
      layout.blocks.append(ChevronLayout.empty(width: layout.width - 2 * Self.margin).moved(x: Self.margin, y: top))
    }
    return layout.blocks.height
  }

  private func addDetails(
    _ places: [Place], _ stages: [StageBlocks], at top: Double, to layout: inout PictureLayout, _ run: Run
  ) throws(ExecutionError) -> Double {
    var bottom = top
    for (place, stage) in zip(places, stages) {
      var ends = ColumnEnds(count: place.columns.count, at: top + 16)
      for group in stage.details {
        try run.check()
        let height = group.height
        guard let (column, end) = ends.take(height + CellLayout.factGap) else { continue }
        layout.blocks += PictureLayout.moved(group, x: place.columns[column], y: end)
        bottom = max(bottom, end + height)
      }
    }
    return bottom
  }

  private func addCells(
    _ places: [Place], _ cells: CellLayout, _ stages: [StageBlocks], at top: Double, to layout: inout PictureLayout,
    _ run: Run
  ) throws(ExecutionError) -> Double {
    let touchpoints = content.touchpoints
    let cellTop = touchpoints.isEmpty ? top + 22 : top + 22 + Self.bandHeight + 22
    var dots: [Double] = []
    var bottom = top
    // Under each column what is done for its touchpoints.
    var backstage: [(x: Double, blocks: [PictureLayout.Block])] = []
    for (place, stage) in zip(places, stages) {
      var blocks = stage.cells
      let hasDots = !blocks.isEmpty
      if blocks.isEmpty, !touchpoints.isEmpty { blocks = [[cells.vacancy()]] }
      let columns = ColumnFlow.columns(of: blocks.map(\.height), gap: Self.cellGap, count: place.columns.count)
      for (x, column) in zip(place.columns, columns) {
        var y = cellTop
        if hasDots { backstage.append((x, CellLayout.stack(column.map { stage.backstage[$0] }))) }
        for (row, cell) in column.enumerated() {
          try run.check()
          if hasDots { dots.append(x + cells.width * (Double(row) + 0.5) / Double(column.count)) }
          layout.blocks += PictureLayout.moved(blocks[cell], x: x, y: y)
          y += blocks[cell].height + Self.cellGap
        }
        bottom = max(bottom, y - Self.cellGap)
      }
    }
    if let first = places.first, let last = places.last, !touchpoints.isEmpty {
      let frame = Rect(x: first.x, y: top + 22, width: last.x + last.width - first.x, height: Self.bandHeight)
      layout.bands = [EmotionBand(touchpoints, at: dots, in: frame, feeling: content.feeling)]
      layout.blocks += ScaleLabels.blocks(layout.bands[0], left: Self.margin)
    }
    return addBackstage(backstage, at: bottom, to: &layout)
  }

  /// The line of visibility and what stands below it, where anything does.
  private func addBackstage(
    _ columns: [(x: Double, blocks: [PictureLayout.Block])], at top: Double, to layout: inout PictureLayout
  ) -> Double {
    guard columns.contains(where: { !$0.blocks.isEmpty }) else { return top }
    let line = CellLayout.lineOfVisibility(width: layout.width - 2 * Self.margin).moved(x: Self.margin, y: top + 24)
    layout.blocks.append(line)
    let start = line.frame.maxY + 12
    for column in columns { layout.blocks += PictureLayout.moved(column.blocks, x: column.x, y: start) }
    return start + (columns.map(\.blocks.height).max() ?? 0)
  }
}
