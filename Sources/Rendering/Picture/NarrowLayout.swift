import JourneyModel
import JourneyQuery

/// The picture for a phone or a tablet: stages one below the other, each with its own piece of the curve and its cards.
struct NarrowLayout {
  private let content: PictureContent
  private let width: Double
  /// By number, from 1; nil where not recorded.
  private let emotions: [Int?]
  /// The stage that the smallest share leaves for the next.
  private let lowestRate: Int?

  init(content: PictureContent, width: Double = phone) {
    (self.content, self.width) = (content, width)
    emotions = content.touchpoints.map(\.emotion)
    lowestRate = StreamLabels.lowestRate(of: content.stages)
  }

  static let phone = 390.0
  static let tablet = 760.0
  /// For windows that are wide, and not wide enough for the wall's picture.
  static let broad = 1150.0
  /// A card has at least about this width.
  private static let cardWidth = 300.0
  private static let columnGap = 14.0
  private static let margin = 16.0
  private static let ribbonWidth = 22.0
  /// Dots of one piece of the curve.
  private static let dotsPerBand = 10
  private static let bandHeight = 132.0
  private static let cellGap = 26.0

  private var hasRibbon: Bool {
    (content.customers ?? 0) > 0 && content.stages.contains { $0.figures != nil }
  }
  private var left: Double { Self.margin + (hasRibbon ? Self.ribbonWidth + Ribbon.swing + 4 : 0) }
  private var inner: Double { width - left - Self.margin }
  private var columns: Int { max(1, Int((inner + Self.columnGap) / (Self.cardWidth + Self.columnGap))) }

  func layout(_ run: Run) throws(ExecutionError) -> PictureLayout {
    var layout = PictureLayout(width: width, height: 0, blocks: [], bands: [])
    let full = width - 2 * Self.margin
    layout.blocks = PictureLayout.moved(HeaderLayout(content: content, width: full).blocks(), x: Self.margin, y: 24)
    var y = layout.blocks.height + 28
    if content.stages.isEmpty {
      layout.blocks.append(ChevronLayout.empty(width: full).moved(x: Self.margin, y: y))
    }
    if hasRibbon {
      var caption = BlockComposer(.text, width: full * 0.9, insets: .none)
      caption.paragraph(content.caption, .quiet, ink: .quiet, limit: 16)
      layout.blocks.append(caption.finished(label: content.caption).moved(x: Self.margin, y: y))
      y = layout.blocks.height + 20
    }
    var ribbon = Ribbon(reaches: [], isVertical: true, edge: Self.margin, fullWidth: Self.ribbonWidth)
    for index in content.stages.indices {
      let top = y
      y = try add(index, at: y, to: &layout, run)
      ribbon.append(content.stages[index].figures, of: content.customers ?? 0, from: top, to: y)
      y = addRate(after: index, at: y, to: &layout)
    }
    if hasRibbon { layout.ribbon = ribbon }
    layout.blocks += PictureLayout.moved(
      FooterLayout(content: content, width: full).blocks(), x: Self.margin, y: layout.blocks.height + 28)
    layout.height = layout.blocks.height + 24
    return layout
  }

  /// One stage from `top` down; gives where it ends.
  private func add(
    _ index: Int, at top: Double, to layout: inout PictureLayout, _ run: Run
  ) throws(ExecutionError) -> Double {
    let stage = content.stages[index]
    let gaps = Self.columnGap * Double(columns - 1)
    let cells = CellLayout(width: (inner - gaps) / Double(columns), customers: content.customers)
    let chevron = ChevronLayout.block(stage, width: inner, downwards: true)
    layout.blocks.append(chevron.moved(x: left, y: top))
    var y = top + chevron.frame.height + ChevronLayout.tip + 8
    let frame = Rect(x: left, y: y, width: inner, height: 26)
    if let count = StreamLabels.count(stage, of: content.customers ?? 0, in: frame, .start) {
      layout.blocks.append(count)
      y += 34
      y = addMoves(index, at: y - 8, to: &layout)
    }
    for group in try cells.details(stage, run) {
      layout.blocks += PictureLayout.moved(group, x: left, y: y)
      y += group.height + CellLayout.factGap
    }
    for start in stride(from: 0, to: stage.touchpoints.count, by: Self.dotsPerBand) {
      try run.check()
      let end = min(start + Self.dotsPerBand, stage.touchpoints.count)
      y = add(Array(stage.touchpoints[start..<end]), cells, at: y, to: &layout)
    }
    let backstage = CellLayout.stack(try run.map(stage.touchpoints) { cells.backstage($0) })
    if !backstage.isEmpty {
      let line = CellLayout.lineOfVisibility(width: inner).moved(x: left, y: y)
      layout.blocks.append(line)
      layout.blocks += PictureLayout.moved(backstage, x: left, y: line.frame.maxY + 10)
      y = line.frame.maxY + 10 + backstage.height + Self.cellGap
    }
    return max(
      top + chevron.frame.height + ChevronLayout.tip,
      y - (stage.touchpoints.isEmpty ? CellLayout.factGap : Self.cellGap))
  }

  /// A piece of the curve and its cards.
  private func add(
    _ touchpoints: [PictureContent.Touchpoint], _ cells: CellLayout, at top: Double, to layout: inout PictureLayout
  ) -> Double {
    let frame = Rect(x: left, y: top, width: inner, height: Self.bandHeight)
    let places = touchpoints.indices.map { left + inner * (Double($0) + 0.5) / Double(touchpoints.count) }
    let first = touchpoints.first?.number ?? 1
    let last = touchpoints.last?.number ?? 1
    let before = emotions.prefix(first - 1).last { $0 != nil } ?? nil
    let after = emotions.dropFirst(last).first { $0 != nil } ?? nil
    layout.bands.append(
      EmotionBand(touchpoints, at: places, in: frame, before: before, after: after, feeling: content.feeling))
    let blocks = touchpoints.map { cells.cell($0) }
    var bottom = top + Self.bandHeight + 12
    let flow = ColumnFlow.columns(of: blocks.map(\.height), gap: Self.cellGap, count: columns)
    for (column, range) in flow.enumerated() {
      var y = top + Self.bandHeight + 12
      for cell in blocks[range] {
        layout.blocks += PictureLayout.moved(cell, x: left + Double(column) * (cells.width + Self.columnGap), y: y)
        y += cell.height + Self.cellGap
      }
      bottom = max(bottom, y)
    }
    return bottom
  }

  /// Who joins and who leaves; gives where that ends.
  private func addMoves(_ index: Int, at y: Double, to layout: inout PictureLayout) -> Double {
    let stage = content.stages[index]
    let half = Rect(x: left, y: y, width: inner / 2 - 4, height: 22)
    var other = half
    other.x += inner / 2 + 4
    let joined = index > 0 ? StreamLabels.joined(stage, in: half) : nil
    let left = index + 1 < content.stages.count ? StreamLabels.left(stage, in: other) : nil
    let blocks = [joined, left].compactMap(\.self)
    layout.blocks += blocks
    return blocks.isEmpty ? y + 8 : y + 30
  }

  /// The share that goes on, in the gap below a stage; gives where the next one begins.
  private func addRate(after index: Int, at y: Double, to layout: inout PictureLayout) -> Double {
    guard index + 1 < content.stages.count else { return y }
    guard hasRibbon else { return y + 30 }
    let frame = Rect(x: left, y: y + 14, width: inner, height: 22)
    let rate = StreamLabels.rate(
      from: content.stages[index], in: frame, isLowest: index == lowestRate, .start)
    if let rate { layout.blocks.append(rate) }
    return y + 52
  }
}
