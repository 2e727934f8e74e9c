import EventStore

/// What the columns of a table of plain objects are for.
struct PlainColumns: Sendable {
  /// The names that lead to each, and what its values may be. Behind them are columns for the roles that have several
  /// names, one for each role.
  let all: [(path: String, kinds: JSONCutter.Kinds)]
  let properties: [Int]
  let order: Int?
  private let customers: [Int]
  private let times: [Int]
  private let events: [Int]

  static let spare = 3

  init(_ plan: ColumnPlan, _ survey: RecordSurvey) {
    func columns(_ role: EventRole) -> [Int] {
      [plan.column(of: role)].compactMap(\.self) + (plan.fallbacks[role] ?? [])
    }
    let names = columns(.customer) + columns(.event)
    let roles = names + columns(.time) + [plan.column(of: .order)].compactMap(\.self)
    let used = Array(Set(roles + plan.properties)).sorted()
    let place = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
    func places(_ columns: [Int]) -> [Int] { columns.compactMap { place[$0] } }
    (customers, times, events) = (places(columns(.customer)), places(columns(.time)), places(columns(.event)))
    order = plan.column(of: .order).flatMap { place[$0] }
    properties = places(plan.properties)
    let isProperty = Set(plan.properties)
    all = used.map { index in
      let column = survey.columns[index]
      var kinds: JSONCutter.Kinds = isProperty.contains(index) ? column.plainKinds : .anything
      // Where a number becomes text, it is written the shortest way.
      if names.contains(index) { kinds.remove(.fraction) }
      if roles.contains(index) { kinds.remove(.list) }
      return (column.path, kinds)
    }
  }

  /// Columns of customer, time and event: for a role with several names a spare one, which gets the first of them that has a
  /// value in each row.
  func roles(in table: inout CellTable) -> (customer: Int, time: Int, event: Int) {
    (united(customers, in: &table, 0), united(times, in: &table, 1), united(events, in: &table, 2))
  }

  private func united(_ columns: [Int], in table: inout CellTable, _ index: Int) -> Int {
    let spare = all.count + index
    guard columns.count > 1 else { return columns.first ?? spare }
    for row in 0..<table.rowCount {
      let best = columns.first { !table.cell(row, $0).isEmpty } ?? spare
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

  /// Adds the rows of a table of plain objects, whose line breaks are counted from line `line` of the part on; how many of
  /// them, up to the first that is no event.
  mutating func add(_ table: inout CellTable, in bytes: Span<UInt8>, line: Int) -> Int {
    let roles = plain.roles(in: &table)
    let count = table.rowCount
    var (instants, orders): ([Int64], [Double]) = ([], [])
    instants.reserveCapacity(count)
    while instants.count < count {
      let row = instants.count
      let when = table.cell(row, roles.time)
      guard !table.cell(row, roles.customer).isEmpty, !table.cell(row, roles.event).isEmpty, !when.isEmpty,
        let instant = times.read(bytes, Int(when.start), Int(when.end), line: line + Int(table.rows[row].line))
      else { break }
      if let order = plain.order {
        let cell = table.cell(row, order)
        let number = cell.isEmpty ? nil : bytes.extracting(cell.range).number
        if number == nil, !cell.isEmpty, isOrderGiven { break }
        orders.append(number ?? .nan)
      }
      instants.append(instant)
    }
    table.rowCount = instants.count
    builder.append(
      table, in: bytes, customer: roles.customer, event: roles.event, instants: instants, orders: orders,
      properties: plain.properties)
    table.rowCount = count
    return instants.count
  }
}
