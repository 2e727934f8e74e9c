import JourneyQuery

extension Answer {
  /// Names of the columns by which some table can be sorted, each once.
  package var sortableColumns: [String] {
    var seen: Set<String> = []
    return tables.filter { $0.sortableRows != nil }.flatMap(\.shown.columns).map(\.plainName).filter {
      seen.insert($0).inserted
    }
  }

  /// The same with every table that has the column sorted by it: missing values last, equal ones as they stand. What is drawn in the
  /// order of the rows is left out.
  package func sorted(by column: String, isDescending: Bool) -> Answer {
    var answer = self
    for (index, table) in tables.enumerated() {
      guard let sortableRows = table.sortableRows else { continue }
      let shown = table.shown
      guard let place = shown.columns.firstIndex(where: { $0.plainName == column }) else { continue }
      let order =
        shown.rows.indices.prefix(sortableRows).sorted { left, right in
          let order = shown.rows[left][place].order(to: shown.rows[right][place], isDescending: isDescending)
          return order == 0 ? left < right : order < 0
        } + shown.rows.indices.dropFirst(sortableRows)
      answer.tables[index].rows = table.blocks(of: shown.rows.count, in: order)
      switch table.picture {
      case .tree, .arcs: answer.tables[index].picture = nil
      case .matrix(var matrix):
        matrix.rows = order.map { matrix.rows[$0] }
        answer.tables[index].picture = .matrix(matrix)
      case .trend, .plot, .order, .histogram, nil: break
      }
    }
    return answer
  }
}

extension Table.Column {
  /// What it is called where it is no step's name in quotes.
  fileprivate var plainName: String { name.withoutQuotes }
}

extension Table {
  /// The rows as so many blocks of equal length, in another order: what is one row of a matrix is a block of rows.
  fileprivate func blocks(of count: Int, in order: [Int]) -> [[Cell]] {
    guard count > 0, rows.count % count == 0 else { return rows }
    let length = rows.count / count
    return order.flatMap { rows[$0 * length..<($0 + 1) * length] }
  }
}

extension Cell {
  /// Negative, zero or positive as this one comes before, beside or after the other.
  fileprivate func order(to other: Cell, isDescending: Bool) -> Int {
    let sign = isDescending ? -1 : 1
    switch (text, other.text) {
    case (let left?, let right?):
      return sign * (left == right ? 0 : left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1)
    default:
      switch (size, other.size) {
      case (nil, nil): return 0
      case (nil, _?): return 1
      case (_?, nil): return -1
      case (let left?, let right?): return sign * (left < right ? -1 : left > right ? 1 : 0)
      }
    }
  }

  private var text: String? {
    switch self {
    case .text(let text), .unfinished(let text): text
    default: nil
    }
  }

  private var size: Double? {
    switch self {
    case .instant(let value): Double(value.microseconds)
    case .truth(let value): value ? 1 : 0
    default: amount
    }
  }
}
