import GRDB
import JourneyQuery
import JourneyTime

/// What channels cost.
extension Workspace {
  /// Whether any are known.
  package func hasSpend() throws(WorkspaceError) -> Bool { try read(hasSpend) }

  private func hasSpend(_ database: Database) throws -> Bool {
    try hasPeople(database) && SummedTable.cost.count(database) > 0
  }

  /// In the order of their load; nil where none are known.
  package func spend() throws(WorkspaceError) -> Spend? {
    try read { database in
      guard try hasSpend(database) else { return nil }
      var costs: [ChannelCost] = []
      let isWhole = try SummedTable.cost.each(database, interruption) { cells in
        guard let channel = Self.text(cells[1]), let first = Self.text(cells[2]).flatMap({ Instant(cellText: $0) }),
          let last = Self.text(cells[3]).flatMap({ Instant(cellText: $0) }), first <= last,
          let cost = Double.fromDatabaseValue(cells[4]), cost.isFinite
        else { throw damage(of: .cost) }
        costs.append(ChannelCost(channel: channel, dates: first..<last, cost: cost))
      }
      if !isWhole { note(.rows(table: "cost"), state: costs.count) }
      return Spend(costs)
    }
  }

  package func addCosts(_ rows: some Sequence<ChannelCost>, from source: LoadedSource) throws(WorkspaceError) {
    try write { database in
      var number = try SummedTable.cost.lastNumber(database)
      try SummedTable.cost.change(database, interruption) { change in
        for row in rows {
          number &+= 1
          try change.add([
            number.databaseValue, row.channel.cell, row.dates.lowerBound.cellText.databaseValue,
            row.dates.upperBound.cellText.databaseValue, row.cost.databaseValue,
          ])
        }
      }
      try insert(source, database)
    }
  }

  package func forgetCosts() throws(WorkspaceError) {
    try write { database in
      try SummedTable.cost.clear(database)
      try SealedTable.source.delete(from: database, "WHERE kind = 'spend'", [])
    }
  }
}
