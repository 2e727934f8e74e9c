import EventStore

/// What the columns of a table of cells are for.
struct TableRoles: Sendable {
  var customer: Int
  var time: Int
  var event: Int
  var order: Int?
  /// Somebody said which column orders: what is no number there makes a bad row.
  var isOrderGiven: Bool
  /// Of each property of the builder, in its order.
  var properties: [Int]
}

extension ParsedEvents {
  /// Reads when rows of a table were and what orders them, from row `first` on up to the first that is no event: which that
  /// is, and why.
  ///
  /// - Parameters:
  ///   - line: line breaks in front of the table.
  ///   - instants: get one for each row, in microseconds since 1970 UTC.
  ///   - orders: get one for each row, nan for none; none where no column orders.
  mutating func read(
    _ table: CellTable, in bytes: Span<UInt8>, as roles: TableRoles, from first: Int, line: Int,
    _ instants: inout [Int64], _ orders: inout [Double]
  ) -> (row: Int, fault: String)? {
    if first == 0 {
      instants = Array(repeating: 0, count: table.rowCount)
      orders = roles.order == nil ? [] : Array(repeating: .nan, count: table.rowCount)
    }
    let cells = table.cells.span
    var target = instants.mutableSpan
    var place = first &* table.columnCount
    for row in first..<table.rowCount {
      let when = cells[place &+ roles.time]
      if cells[place &+ roles.customer].isEmpty { return (row, RowFault.noCustomer) }
      if cells[place &+ roles.event].isEmpty { return (row, RowFault.noEvent) }
      let breaks = line &+ Int(table.rows[row].line)
      guard let instant = times.read(bytes, Int(when.start), Int(when.end), line: breaks &+ 1) else {
        return (row, RowFault.time(bytes.extracting(when.range)))
      }
      target[row] = instant
      if let order = roles.order, !cells[place &+ order].isEmpty {
        let cell = bytes.extracting(cells[place &+ order].range)
        if let number = cell.number {
          orders[row] = number
        } else if roles.isOrderGiven {
          return (row, RowFault.order(cell))
        }
      }
      place &+= table.columnCount
    }
    return nil
  }

  /// Adds the rows of a table, all of them events.
  mutating func append(
    _ table: CellTable, in bytes: Span<UInt8>, as roles: TableRoles, _ instants: [Int64], _ orders: [Double]
  ) {
    builder.append(
      table, in: bytes, customer: roles.customer, event: roles.event, instants: instants, orders: orders,
      properties: roles.properties)
  }
}
