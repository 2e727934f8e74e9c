import EventStore

/// What the columns of a table of cells are for.
struct TableRoles: Sendable {
  let kind: RowKind
  /// Nil where rows do not have it, as for the others.
  var key: Int?
  /// The best column that stands in where it has no value.
  var keyFallback: Int?
  var time: Int?
  var event: Int?
  var figure: Int?
  /// Whether what is no number there makes a bad row.
  var isFigureChecked: Bool
  /// What the figures of answers may be.
  var scores: ClosedRange<Int>
  /// Of each property of the builder, in its order.
  var properties: [Int]
  /// Where rows say that two ids are one person's.
  var joints: [IdentityJoint]
}

extension TableRoles {
  /// The figure of a row as it is written; nil for what is none.
  func figure(_ cell: Span<UInt8>) -> Double? {
    guard !cell.isEmpty, let number = cell.number, number.isFinite || kind == .events else { return nil }
    // Sums of so many stay finite and exact to the cent.
    if kind == .spend, number.magnitude > 1e12 { return nil }
    guard kind == .survey else { return number }
    return Int(exactly: number).flatMap { scores.contains($0) ? number : nil }
  }
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
      orders = roles.figure == nil ? [] : Array(repeating: .nan, count: table.rowCount)
    }
    let cells = table.cells.span
    var target = instants.mutableSpan
    var place = first &* table.columnCount
    let needed = roles.kind.needsKey ? roles.key : nil
    for row in first..<table.rowCount {
      if let needed, cells[place &+ needed].isEmpty { return (row, RowFault.noKey(of: roles.kind)) }
      if let event = roles.event, cells[place &+ event].isEmpty { return (row, RowFault.noEvent) }
      if let time = roles.time {
        let when = cells[place &+ time]
        let breaks = line &+ Int(table.rows[row].line)
        guard let instant = times.read(bytes, Int(when.start), Int(when.end), line: breaks &+ 1) else {
          return (row, RowFault.time(bytes.extracting(when.range)))
        }
        target[row] = instant
      }
      if let figure = roles.figure, !cells[place &+ figure].isEmpty || roles.kind.needsFigure {
        let cell = bytes.extracting(cells[place &+ figure].range)
        if let number = roles.figure(cell) {
          orders[row] = number
        } else if roles.isFigureChecked {
          return (row, RowFault.figure(cell, roles))
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
      table, in: bytes, customer: roles.key, event: roles.event, instants: instants, orders: orders,
      properties: roles.properties)
    if !roles.joints.isEmpty { join(table, in: bytes, as: roles) }
  }

  private mutating func join(_ table: CellTable, in bytes: Span<UInt8>, as roles: TableRoles) {
    for row in 0..<table.rowCount {
      for (number, joint) in roles.joints.enumerated() {
        let (id, person) = (table.cell(row, joint.id), table.cell(row, joint.person))
        guard !id.isEmpty, !person.isEmpty,
          joint.holds(of: bytes.extracting(roles.event.map { table.cell(row, $0).range } ?? 0..<0))
        else { continue }
        pairs.add(bytes.extracting(id.range), bytes.extracting(person.range), rule: number)
      }
    }
  }
}
