import EventStore

/// What is wrong with rows of one table, and with rows that did not get into it.
struct TableFaults {
  /// Line breaks of the file in front of the table.
  let firstLine: Int
  private(set) var count = 0
  /// Rows of the table.
  private var rows: [(row: Int, reason: String)] = []
  private var noted: Set<Int> = []
  /// Rows beside it, the first of them.
  private var others: [BadRow] = []

  init(firstLine: Int) { self.firstLine = firstLine }

  var isEmpty: Bool { count == 0 }

  /// Notes a row that did not get into the table, `line` line breaks behind the start of the file.
  mutating func note(_ reason: String, line: Int, _ text: Span<UInt8>) {
    count += 1
    guard others.count < BadRows.kept else { return }
    others.append(BadRow(line: line + 1, reason: reason, excerpt: RowFault.excerpt(of: text, 60)))
  }

  /// Notes a row of the table; the first reason stands.
  mutating func note(_ reason: String, row: Int) {
    guard noted.insert(row).inserted else { return }
    count += 1
    rows.append((row, reason))
  }

  /// Notes those of the rows that are no UTF-8. Each ends where the next one begins, the last at `end`.
  mutating func checkEncoding(_ table: CellTable, _ some: Range<Int>, _ bytes: Span<UInt8>, end: Int) {
    guard let first = some.first else { return }
    if (try? UTF8Span(validating: bytes.extracting(Int(table.rows[first].start)..<end))) != nil { return }
    for row in some {
      let next = row + 1 < some.upperBound ? Int(table.rows[row + 1].start) : end
      if let fault = RowFault.encoding(bytes.extracting(Int(table.rows[row].start)..<next)) { note(fault, row: row) }
    }
  }

  /// The first of all, in any order.
  func described(_ table: CellTable, _ bytes: Span<UInt8>, _ scanner: DelimitedScanner, isLast: Bool) -> [BadRow] {
    var row = DelimitedRow()
    return others
      + rows.sorted { $0.row < $1.row }.prefix(BadRows.kept).map { fault in
        let place = table.rows[fault.row]
        let end = scanner.scan(bytes, from: Int(place.start), isLast: isLast, into: &row) ?? Int(place.start)
        return BadRow(
          line: firstLine + Int(place.line) + 1, reason: fault.reason,
          excerpt: RowFault.excerpt(of: bytes.extracting(Int(place.start)..<max(end, Int(place.start))), 60))
      }
  }

  /// Takes the rows noted out of the table and of what is parallel to it.
  func remove(from table: inout CellTable, _ instants: inout [Int64], _ orders: inout [Double]) {
    guard !rows.isEmpty else { return }
    var isBad = [Bool](repeating: false, count: table.rowCount)
    for (row, _) in rows { isBad[row] = true }
    instants = zip(instants, isBad).filter { !$0.1 }.map(\.0)
    orders = zip(orders, isBad).filter { !$0.1 }.map(\.0)
    table.remove(isBad)
  }
}
