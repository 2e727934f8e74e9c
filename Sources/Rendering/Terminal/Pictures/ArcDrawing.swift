import JourneyQuery
import SourceText

/// Steps and what comes after each: an arc a line under the step it leaves, the commonest first and drawn the heavier the commoner;
/// then the same as a matrix.
struct ArcDrawing {
  /// Arcs that are rarer, as shares of their step, are gathered in one line.
  static let leastShare = 0.02

  private let arcs: Arcs
  private let context: RenderingContext
  /// By node, the arcs that leave it, in their order.
  private let leaving: [[Arcs.Arc]]

  init(_ arcs: Arcs, in context: RenderingContext) {
    self.arcs = arcs
    self.context = context
    var leaving = [[Arcs.Arc]](repeating: [], count: arcs.nodes.count)
    for arc in arcs.arcs where leaving.indices.contains(arc.from) { leaving[arc.from].append(arc) }
    self.leaving = leaving
  }

  var text: [StyledLine] {
    get throws(ExecutionError) {
      var lines = try TableDrawing(try list, in: context).lines
      if arcs.nodes.count > 1, !arcs.isPartial { lines += [StyledLine()] + matrix }
      return lines
    }
  }

  // MARK: List

  private var list: Table {
    get throws(ExecutionError) {
      Table(
        columns: [
          Table.Column("step"), Table.Column("then"), Table.Column("times"),
          Table.Column("of step", isBar: true), Table.Column("customers", priority: 2),
          Table.Column("median time", isDuration: true, priority: 1),
        ], rows: try context.run.map(arcs.nodes.indices, rows).flatMap(\.self))
    }
  }

  private func rows(ofNode index: Int) -> [[Cell]] {
    let node = arcs.nodes[index]
    let leaving = leaving[index]
    let shown = leaving.filter { share($0.times, of: node) >= Self.leastShare }
    let rare = leaving.filter { share($0.times, of: node) < Self.leastShare }
    var rows = shown.map { arc in
      row(to: arcs.nodes[arc.to].name, arc.times, of: node, [.integer(arc.customers), arc.median])
    }
    if node.ends > 0 {
      let end = row(to: Mark.end, node.ends, of: node, [.integer(node.ends), .missing])
      rows.insert(end, at: shown.firstIndex { $0.times < node.ends } ?? rows.count)
    }
    if !rare.isEmpty {
      let times = rare.reduce(0) { $0 + $1.times }
      rows.append(row(to: "(\(HumanText.integer(rare.count)) rarer)", times, of: node, [.missing, .missing]))
    }
    return rows.enumerated().map { [.text($0 == 0 ? node.name : "")] + $1 }
  }

  private func row(to name: String, _ times: Int, of node: Arcs.Node, _ more: [Cell]) -> [Cell] {
    let share = share(times, of: node)
    return [.text(arrow(share) + " " + name), .integer(times), .share(share)] + more
  }

  private func share(_ times: Int, of node: Arcs.Node) -> Double {
    node.times > 0 ? Double(times) / Double(node.times) : 0
  }

  private func arrow(_ share: Double) -> String {
    if context.style == .ascii { return share >= 0.4 ? "==>" : share >= 0.1 ? "-->" : "..>" }
    return share >= 0.4 ? "━━▶" : share >= 0.1 ? "──▶" : "┄┄▶"
  }

  // MARK: Matrix

  private static let cellWidth = 4

  /// Row by row what came after a step, in percent of it, as many steps as there is room for.
  private var matrix: [StyledLine] {
    // No more rows than columns, and one column at least is left to names.
    let most = min(arcs.nodes.count, context.rowLimit ?? .max, max(0, context.width / Self.cellWidth - 1))
    let number = String(arcs.nodes.count).count
    let names = arcs.nodes.prefix(most).enumerated().map { index, node in
      String(index + 1).padded(to: number, right: true) + " " + node.name.withVisibleControls()
    }
    let nameWidth = min(context.width / 3, names.map(\.displayWidth).max() ?? 0)
    let count = min(most, max(0, (context.width - nameWidth) / Self.cellWidth - 1))
    guard count > 1 else { return [] }
    var head = StyledLine("% of step, then".fitted(to: nameWidth, ellipsis: "").padded(to: nameWidth), .strong)
    for index in 0..<count { head.append(String(index + 1).padded(to: Self.cellWidth, right: true), .strong) }
    head.append("end".padded(to: Self.cellWidth, right: true), .strong)
    let rule = StyledLine(
      String(repeating: context.glyphs.rule, count: nameWidth + Self.cellWidth * (count + 1)), .dim)
    let lines = arcs.nodes.indices.prefix(count).map { index -> StyledLine in
      let node = arcs.nodes[index]
      var shares = Array(repeating: 0.0, count: count)
      for arc in leaving[index] where arc.to < count { shares[arc.to] = share(arc.times, of: node) }
      var line = StyledLine(names[index].fitted(to: nameWidth, ellipsis: context.glyphs.ellipsis).padded(to: nameWidth))
      for share in shares + [share(node.ends, of: node)] { line.append(cell(share)) }
      return line
    }
    let left = arcs.nodes.count - count
    let more = left > 0 ? [StyledLine("\(left) rarer \(left == 1 ? "step" : "steps") not in the matrix", .dim)] : []
    return [head, rule] + lines + more
  }

  private func cell(_ share: Double) -> StyledLine {
    var line = StyledLine(" ")
    let text = share == 0 ? context.glyphs.dot : share < 0.005 ? "<1" : HumanText.integer(Int((share * 100).rounded()))
    line.append(
      text.padded(to: Self.cellWidth - 1, right: true), share == 0 ? .dim : Shade(share, of: 1).ink(in: context))
    return line
  }
}
