import EventStore

/// What the columns of a table of plain objects are for.
struct PlainColumns: Sendable {
  /// The names that lead to each, and what its values may be. Behind them are columns for the roles that have several
  /// names, one for each role.
  let all: [(path: String, kinds: JSONCutter.Kinds)]
  /// The first column of each role.
  private let firsts: TableRoles
  /// All columns of key, time and event, best first.
  private let columns: [[Int]]

  static let spare = 3

  init(_ plan: ColumnPlan, _ survey: RecordSurvey) {
    let names =
      plan.columns(of: .key) + plan.columns(of: .event) + plan.properties.filter { plan.isText($0) }
      + plan.joints.flatMap { [$0.id, $0.person] }
    let roles = names + plan.columns(of: .time) + plan.columns(of: .figure)
    let used = Array(Set(roles + plan.properties)).sorted()
    let place = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
    columns = [RowKind.Slot.key, .time, .event].map { plan.columns(of: $0).compactMap { place[$0] } }
    firsts = plan.tableRoles { place[$0] ?? used.count }
    let isProperty = Set(plan.properties.filter { !plan.isText($0) })
    all = used.map { index in
      let column = survey.columns[index]
      var kinds: JSONCutter.Kinds = isProperty.contains(index) ? column.plainKinds : .anything
      // Where a number becomes text, it is written the shortest way.
      if names.contains(index) { kinds.remove(.fraction) }
      if roles.contains(index) { kinds.remove(.list) }
      return (column.path, kinds)
    }
  }

  /// What the columns are for. The column of a role with several names is a spare one, which gets the first of them that has
  /// a value in each row.
  func roles(in table: inout CellTable) -> TableRoles {
    var roles = firsts
    if let spare = united(0, in: &table) { roles.key = spare }
    if let spare = united(1, in: &table) { roles.time = spare }
    if let spare = united(2, in: &table) { roles.event = spare }
    return roles
  }

  private func united(_ role: Int, in table: inout CellTable) -> Int? {
    guard columns[role].count > 1 else { return nil }
    let spare = all.count + role
    for row in 0..<table.rowCount {
      let best = columns[role].first { !table.cell(row, $0).isEmpty } ?? spare
      table.cells[row * table.columnCount + spare] = table.cell(row, best)
    }
    return spare
  }
}

extension RecordSurvey.Column {
  /// What a plain value may be so that the column stays what it is.
  fileprivate var plainKinds: JSONCutter.Kinds {
    if isUndecided { return [] }
    return switch kind {
    case .text: [.text, .whole, .truth, .list]
    case .number: [.whole, .fraction]
    case .truth: .truth
    case .time: .text
    }
  }
}

extension RecordEventParser {
  /// What takes plain objects for this parser; nil if memory does not suffice.
  func plainObjects(areLines: Bool) -> PlainObjects? {
    PlainObjects(plain.all, spare: PlainColumns.spare, areLines: areLines)
  }

  /// Adds the rows of a table of plain objects, `line` line breaks behind the start of the part; how many of them, up to the
  /// first that is no event.
  mutating func add(_ table: inout CellTable, in bytes: Span<UInt8>, line: Int) -> Int {
    let roles = plain.roles(in: &table)
    let count = table.rowCount
    defer { table.rowCount = count }
    var (instants, orders): ([Int64], [Double]) = ([], [])
    if let (row, _) = parsed.read(table, in: bytes, as: roles, from: 0, line: line, &instants, &orders) {
      table.rowCount = row
      (instants, orders) = (Array(instants.prefix(row)), Array(orders.prefix(row)))
    }
    parsed.append(table, in: bytes, as: roles, instants, orders)
    return table.rowCount
  }
}
