import JourneyQuery

/// Ways that part from each other as the branches of a tree, with customers, shares and bars.
struct TreeDrawing {
  private let tree: Tree
  private let context: RenderingContext

  init(_ tree: Tree, in context: RenderingContext) {
    self.tree = tree
    self.context = context
  }

  var text: [StyledLine] {
    get throws(ExecutionError) { try TableDrawing(table, in: context).lines }
  }

  private var table: Table {
    var rows: [[Cell]] = []
    for branch in tree.rooted { add(branch, opening: "", before: "", to: &rows) }
    if tree.others > 0, !tree.isRooted { rows.append(row(Mark.other, tree.others)) }
    return Table(
      columns: [
        Table.Column(tree.goesBack ? "path, read back" : "path"), Table.Column("customers"),
        Table.Column("share", isBar: true, priority: 1),
      ], rows: rows)
  }

  /// - Parameters:
  ///   - opening: what stands before the branch's name.
  ///   - before: what stands before the lines of its own branches.
  private func add(_ branch: Tree.Branch, opening: String, before: String, to rows: inout [[Cell]]) {
    rows.append(row(opening + branch.steps.joined(separator: signs.arrow), branch.customers))
    for (index, inner) in branch.branches.enumerated() {
      let isLast = index == branch.branches.count - 1
      add(
        inner, opening: before + (isLast ? signs.last : signs.fork),
        before: before + (isLast ? "   " : signs.past), to: &rows)
    }
  }

  private func row(_ name: String, _ customers: Int) -> [Cell] {
    [.text(name), .integer(customers), .quotient(customers, tree.customers)]
  }

  private var signs: (fork: String, last: String, past: String, arrow: String) {
    switch (context.style == .ascii, tree.goesBack) {
    case (true, false): ("|- ", "`- ", "|  ", " > ")
    case (true, true): ("|- ", "`- ", "|  ", " < ")
    case (false, false): ("├─ ", "└─ ", "│  ", " → ")
    case (false, true): ("├─ ", "└─ ", "│  ", " ← ")
    }
  }
}

extension Tree {
  /// The branches; all ways out of the one root under it, where there is one.
  var rooted: [Branch] {
    guard isRooted, let root = branches.first, let name = root.steps.first else { return branches }
    let rest = Array(root.steps.dropFirst())
    let inner = rest.isEmpty ? root.branches : [Branch(rest, customers: root.customers, branches: root.branches)]
    let more = others > 0 ? [Branch([Mark.other], customers: others)] : []
    return [Branch([name], customers: customers, branches: inner + more)]
  }
}
