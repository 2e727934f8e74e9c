import SourceText

/// The designed stages in a row, with how many customers were seen at each: above them who skipped one, below who came back.
struct OrderDrawing {
  /// Narrower screens show the tables alone.
  private static let leastWidth = 61
  private static let leastCell = 8
  private static let gap = 4
  private static let margin = 2
  private static let mostReturns = 3

  private let order: DesignedOrder
  private let context: RenderingContext
  private let cell: Int

  /// Nil where there is no room for it.
  init?(_ order: DesignedOrder, in context: RenderingContext) {
    let count = order.stages.count
    guard context.width >= Self.leastWidth, count > 1 else { return nil }
    let room = (context.width - 2 * Self.margin - Self.gap * (count - 1)) / count
    let widest = order.stages.map { $0.name.withVisibleControls().displayWidth }.max() ?? 0
    let figures = order.stages.flatMap { [Self.label($0.seen), Self.label($0.skipped)] } + order.returns.map(\.label)
    // An arc between two stages is at least one column wider than a cell, and has a corner and a blank on both sides of its figure.
    let least = max(Self.leastCell, 3 + (figures.map(\.displayWidth).max() ?? 0))
    cell = min(room, max(widest, least))
    guard cell >= least else { return nil }
    (self.order, self.context) = (order, context)
  }

  var text: [StyledLine] {
    var names = StyledLine(String(repeating: " ", count: Self.margin))
    var figures = names
    for (index, stage) in order.stages.enumerated() {
      names.pad(to: start(of: index))
      figures.pad(to: start(of: index))
      names.append(fitted(stage.name), .strong)
      figures.append(Self.label(stage.seen))
      guard index + 1 < order.stages.count else { continue }
      let rest = start(of: index + 1) - names.width - 3
      let head = context.style == .ascii ? "> " : "▶ "
      names.append(" " + String(repeating: context.glyphs.rule, count: rest) + head, .dim)
    }
    return (order.stages.contains { $0.skipped > 0 } ? [skips] : []) + [names, figures] + returns
  }

  private func start(of stage: Int) -> Int { Self.margin + stage * (cell + Self.gap) }

  private func fitted(_ name: String) -> String {
    name.withVisibleControls().fitted(to: cell, ellipsis: context.glyphs.ellipsis)
  }

  private static func label(_ count: Int) -> String { HumanText.integer(count) }

  // MARK: Skipped

  /// An arc above each stage that somebody skipped, from the stage before to the one behind.
  private var skips: StyledLine {
    var line = StyledLine()
    for (index, stage) in order.stages.enumerated() where stage.skipped > 0 {
      line.pad(to: start(of: index) - 2)
      let label = Self.label(stage.skipped)
      arc(context.style == .ascii ? "." : "╭", label, "skip", context.style == .ascii ? "." : "╮", cell + 4, on: &line)
    }
    return line
  }

  /// So many columns wide, with its number and, where there is room, a word in its middle.
  private func arc(
    _ left: String, _ label: String, _ word: String, _ right: String, _ width: Int, on line: inout StyledLine
  ) {
    let whole = label + " " + word
    let text = " " + (whole.displayWidth + 6 <= width ? whole : label) + " "
    let rest = max(0, width - 2 - text.displayWidth)
    line.append(left + String(repeating: context.glyphs.rule, count: rest / 2), .dim)
    line.append(text)
    line.append(String(repeating: context.glyphs.rule, count: rest - rest / 2) + right, .dim)
  }

  // MARK: Returned to

  private typealias Placed = (columns: ClosedRange<Int>, label: String)

  /// The commonest ways back, those that do not meet on one line.
  private var returns: [StyledLine] {
    var lines: [[Placed]] = []
    for found in order.returns {
      let placed: Placed = (middle(of: found.to)...middle(of: found.from), found.label)
      if let line = lines.firstIndex(where: { $0.allSatisfy { !$0.columns.overlaps(placed.columns) } }) {
        lines[line].append(placed)
      } else if lines.count < Self.mostReturns {
        lines.append([placed])
      }
    }
    return lines.map { arcs in
      var line = StyledLine()
      for (columns, label) in arcs.sorted(by: { $0.columns.lowerBound < $1.columns.lowerBound }) {
        line.pad(to: columns.lowerBound)
        arc(
          context.style == .ascii ? "^" : "▲", label, "back", context.style == .ascii ? "'" : "╯", columns.count,
          on: &line)
      }
      return line
    }
  }

  /// A column under a stage's name, not far from where that begins.
  private func middle(of stage: Int) -> Int {
    start(of: stage) + min(Self.leastCell, fitted(order.stages[stage].name).displayWidth) / 2
  }
}

extension DesignedOrder.Return {
  fileprivate var label: String { HumanText.integer(customers) }
}
