import Foundation
import GRDB
import JourneyTime

/// A row whose cells are checked when they are read: a file is not to be trusted to hold what we wrote.
struct CheckedRow {
  private let row: Row
  /// Where the columns are; found once for all rows of a query.
  private let columns: [String: Int]
  /// What is said to be damaged when a cell is not as it should be: `table touchpoint`.
  private let place: String
  /// Whether it was changed by anything but us, as far as its table is sealed, and what its seal should be.
  var isAltered = false
  var foundSeal = 0

  private init(row: Row, columns: [String: Int], place: String) {
    (self.row, self.columns, self.place) = (row, columns, place)
  }

  /// The first row of a statement, for its columns by number.
  static func one(_ database: Database, _ sql: String) throws -> CheckedRow? {
    try Row.fetchOne(database, sql: sql).map { CheckedRow(row: $0, columns: [:], place: sql) }
  }

  /// Rows of a table; `rest` is SQL from WHERE on.
  static func all(
    _ database: Database, _ columns: String = "*", in table: String, _ rest: String = "",
    _ arguments: StatementArguments = []
  ) throws -> [CheckedRow] {
    let statement = try database.cachedStatement(sql: "SELECT \(columns) FROM \"\(table)\" \(rest)")
    let indices = Dictionary(
      statement.columnNames.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    let found = try Row.fetchCursor(statement, arguments: arguments)
    var (rows, limit) = ([CheckedRow](), checkedAnyway)
    while let row = try found.next() {
      if rows.count == limit {
        // A file whose pages lead in circles has no end of rows. One takes eight bytes at least.
        limit =
          try Int.fetchOne(database, sql: "SELECT page_count * page_size / 8 FROM pragma_page_count, pragma_page_size")
          ?? 0
        guard rows.count < limit else { throw WorkspaceError(.damaged(what: "table \(table) has no end"), file: nil) }
      }
      rows.append(CheckedRow(row: row.copy(), columns: indices, place: "table \(table)"))
    }
    return rows
  }

  /// So many rows any file may have.
  private static let checkedAnyway = 4096

  func integer(_ index: Int) throws -> Int {
    guard row.count > index, let value = Int.fromDatabaseValue(row[index] as DatabaseValue) else {
      throw damage("\(index)")
    }
    return value
  }

  func integer(_ name: String) throws -> Int {
    guard case .int64(let value) = try cell(name).storage else { throw damage(name) }
    return Int(value)
  }

  /// Not negative, and so small that a file's worth of counts can be added up.
  func count(_ name: String) throws -> Int {
    let value = try integer(name)
    guard 0...mostCounted ~= value else { throw damage(name) }
    return value
  }

  private var mostCounted: Int { 1 << 48 }

  func text(_ name: String) throws -> String {
    guard let text = try optionalText(name) else { throw damage(name) }
    return text
  }

  func optionalText(_ name: String) throws -> String? {
    switch try cell(name).storage {
    case .null: return nil
    case .string(let text): return text
    case .blob(let data): return String(decoding: data, as: UTF8.self)
    case .int64, .double: throw damage(name)
    }
  }

  func instant(_ name: String) throws -> Instant {
    guard let instant = Instant(cellText: try text(name)) else { throw damage(name) }
    return instant
  }

  func optionalInstant(_ name: String) throws -> Instant? {
    try optionalText(name) == nil ? nil : instant(name)
  }

  func cell(_ name: String) throws -> DatabaseValue {
    guard let index = columns[name], index < row.count else { throw damage(name) }
    return row[index]
  }

  func damage(_ column: String) -> WorkspaceError {
    WorkspaceError(.damaged(what: "\(place), column \(column)"), file: nil)
  }
}

extension String {
  /// As a cell. SQLite's texts end at a NUL, so one that holds it is kept as a BLOB.
  var cell: DatabaseValue {
    utf8.contains(0) ? Data(utf8).databaseValue : databaseValue
  }
}

extension Instant {
  /// As a cell: `2025-07-01T10:30:15.000000Z`; beyond the years 0…9999 the microseconds since 1970.
  var cellText: String {
    let day: Int64 = 86_400_000_000
    let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: day)
    let (days, microsecond) = remainder < 0 ? (quotient - 1, remainder + day) : (quotient, remainder)
    let date = CivilDate(daysSince1970: Int(days))
    guard (0...9999).contains(date.year) else { return String(microseconds) }
    return CalendarDate.time(date, microsecondOfDay: microsecond, length: Duration(microseconds: 1), offset: 0)
      .description
  }

  init?(cellText text: String) {
    if let microseconds = Int64(text) {
      self.init(microseconds: microseconds)
    } else if let date = CalendarDate(text) {
      self = date.range(in: .utc).lowerBound
    } else {
      return nil
    }
  }
}
