import JourneyQuery
import JourneyStatistics

extension Answer {
  /// All rows in one table, for formats that hold one a file: where there are several, a first column `table` has the title of each, and a
  /// row is empty where its table has no such column. Columns with figures stand behind those without.
  var united: Table {
    let tables = tables.map(\.plain)
    guard tables.count > 1 else { return tables.first ?? Table(columns: [], rows: []) }
    var columns: [Table.Column] = []
    var places: [ColumnKey: Int] = [:]
    var hasFigures: [Bool] = []
    let targets = tables.map { table in
      var met: [String: Int] = [:]
      return table.columns.enumerated().map { index, column -> Int in
        let key = ColumnKey(name: column.name, isDuration: column.isDuration, occurrence: met[column.name, default: 0])
        met[column.name, default: 0] += 1
        let isFigure = column.isFigure || table.rows.contains { $0.cell(index).isFigure }
        if let place = places[key] {
          hasFigures[place] = hasFigures[place] || isFigure
          return place
        }
        places[key] = columns.count
        columns.append(column)
        hasFigures.append(isFigure)
        return columns.count - 1
      }
    }
    let order = columns.indices.filter { !hasFigures[$0] } + columns.indices.filter { hasFigures[$0] }
    var united = Table(columns: [Table.Column("table")] + order.map { columns[$0] }, rows: [])
    for (title, (table, targets)) in zip(tableNames, zip(tables, targets)) {
      for row in table.rows {
        var cells = [Cell](repeating: .missing, count: columns.count)
        for (index, target) in targets.enumerated() { cells[target] = row.cell(index) }
        united.rows.append([.text(title)] + order.map { cells[$0] })
      }
    }
    return united
  }

  /// What programs call the tables: each by its title, and once.
  var tableNames: [String] { ExactText.unique(tables.map { $0.title ?? "rows" }) }

  private struct ColumnKey: Hashable {
    var name: String
    var isDuration: Bool
    /// Of the name within its table.
    var occurrence: Int
  }
}

extension Answer {
  /// As people look at them, by rank: of several, those with nothing in them say nothing.
  var shown: [Table] {
    let first = tables.filter { $0.rank == .first }
    let ranked = first.isEmpty ? tables : first + tables.filter { $0.rank == .usual }
    let shown = ranked.map(\.shown).filter { !$0.columns.isEmpty }
    return shown.contains { !$0.rows.isEmpty } ? shown.filter { !$0.rows.isEmpty } : shown
  }
}

extension Cell {
  fileprivate var isFigure: Bool {
    amount != nil
  }
}

extension Answer {
  /// The same with the ends of its interval beside every rate, for programs; people are shown them behind the rate.
  var withIntervals: Answer {
    var answer = self
    for index in tables.indices { answer.tables[index] = tables[index].withIntervals }
    return answer
  }
}

extension Table {
  fileprivate var withIntervals: Table {
    guard columns.contains(where: \.isRate) else { return self }
    var table = self
    table.columns = columns.flatMap { column in
      column.isRate ? [column, Column(column.name + " low"), Column(column.name + " high")] : [column]
    }
    table.rows = rows.map { row in
      zip(columns, row).flatMap { column, cell -> [Cell] in
        guard column.isRate else { return [cell] }
        guard case .rate(let count, let whole) = cell else { return [cell, .missing, .missing] }
        let ends = ScoreInterval(count, of: whole)
        return [cell, .share(ends.low), .share(ends.high)]
      }
    }
    return table
  }
}

extension Table {
  /// As programs read it: names of steps as they are, and the ends of estimates in columns of their own.
  var plain: Table { withPlainSteps.withEnds }

  private var withPlainSteps: Table {
    let steps = columns.indices.filter { columns[$0].holdsSteps }
    guard !steps.isEmpty else { return self }
    var plain = self
    for row in rows.indices {
      for column in steps where rows[row].indices.contains(column) {
        if case .text(let step) = rows[row][column] { plain.rows[row][column] = .text(step.withoutQuotes) }
      }
    }
    return plain
  }

  /// As people look at it: a matrix in place of its rows, if there is one.
  var shown: Table {
    guard case .matrix(let matrix) = picture else { return self }
    return Table(title: title, columns: matrix.columns, rows: matrix.rows, picture: matrix.trend.map(Picture.trend))
  }
}
