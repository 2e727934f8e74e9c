import Foundation
import GRDB
import JourneyTime

/// The table `history`. Each row that decides something is read, and seen to be as it was written.
extension Workspace {
  /// Oldest first; with `time`, those after the last one at or before it.
  func historyEntries(_ database: Database, after time: Instant? = nil) throws -> [HistoryEntry] {
    var first = 0
    if let time {
      let heads = try read(.history, database, isAll: true, "ORDER BY sequence", part: historyPart)
      first = try heads.last { try $0.instant("at") <= time }.map { try $0.integer("sequence") } ?? 0
    }
    return try entries(
      read(
        .history, database, withLong: true, isAll: time == nil, "WHERE sequence > ? ORDER BY sequence", [first],
        part: historyPart))
  }

  /// What the next so many undos take back, oldest first.
  func doneEntries(last count: Int, _ database: Database) throws -> [HistoryEntry] {
    try done(last: count, database).reversed().flatMap { try entry($0, database) }
  }

  /// What `undo` takes back, or `redo` makes again. What is undone lies behind all that is done.
  func nextEntry(_ state: HistoryEntry.State, _ database: Database) throws -> HistoryEntry? {
    let found = state == .done ? try done(last: 1, database).first : try undone(database).last
    return try found.flatMap { try entry($0, database).first }
  }

  private func entry(_ sequence: Int, _ database: Database) throws -> [HistoryEntry] {
    try entries(read(.history, database, withLong: true, "WHERE sequence = ?", [sequence], part: historyPart))
  }

  private func entries(_ rows: [CheckedRow]) throws -> [HistoryEntry] {
    let changes: [MapChange] = try HistoryRows.decoded(rows, "change", interruption)
    let inverses: [MapChange] = try HistoryRows.decoded(rows, "inverse", interruption)
    return try zip(rows, zip(changes, inverses)).map { try HistoryEntry($0, $1.0, inverse: $1.1) }
  }

  func append(_ entry: HistoryEntry, _ database: Database) throws {
    let last = try CheckedRow.one(database, "SELECT ifnull(max(sequence), 0) FROM history")?.integer(0) ?? 0
    try SealedTable.history.insert(
      [
        (last &+ 1).databaseValue, entry.at.cellText.databaseValue, entry.map.cell, entry.mapAfter.cell,
        entry.statement.cell, entry.state.rawValue.databaseValue, entry.target?.databaseValue ?? .null,
      ], long: [try HistoryRows.json(entry.change).databaseValue, try HistoryRows.json(entry.inverse).databaseValue],
      into: database)
  }

  func setState(_ state: HistoryEntry.State, of sequence: Int, _ database: Database) throws {
    try SealedTable.history.set(
      "state", to: state.rawValue.databaseValue, in: database, "WHERE sequence = ?", [sequence])
  }

  func dropUndone(_ database: Database) throws {
    for sequence in try undone(database) { try setState(.dropped, of: sequence, database) }
  }

  /// Latest first.
  private func done(last count: Int, _ database: Database) throws -> [Int] {
    guard count > 0 else { return [] }
    var found: [Int] = []
    try walkBack(database) { sequence, state in
      if state == .done { found.append(sequence) }
      return found.count < count
    }
    return found
  }

  /// Latest first.
  private func undone(_ database: Database) throws -> [Int] {
    var found: [Int] = []
    try walkBack(database) { sequence, state in
      if state == .undone { found.append(sequence) }
      return state != .done
    }
    return found
  }

  /// From the last entry back as long as `goesOn`.
  private func walkBack(_ database: Database, _ goesOn: (Int, HistoryEntry.State) -> Bool) throws {
    var last = Int.max
    while true {
      let rows = try read(
        .history, database, "WHERE sequence < ? ORDER BY sequence DESC LIMIT 16", [last], part: historyPart)
      for row in rows {
        last = try row.integer("sequence")
        if try !goesOn(last, HistoryEntry.State(row)) { return }
      }
      if rows.isEmpty { return }
    }
  }

  private func historyPart(_ row: CheckedRow) throws -> Alteration.Part { .change(try row.integer("sequence")) }
}

extension HistoryEntry.State {
  fileprivate init(_ row: CheckedRow) throws {
    guard let state = Self(rawValue: try row.text("state")) else { throw row.damage("state") }
    self = state
  }
}

extension HistoryEntry {
  fileprivate init(_ row: CheckedRow, _ change: MapChange, inverse: MapChange) throws {
    self.init(
      sequence: try row.integer("sequence"), at: try row.instant("at"), map: try row.text("map"),
      mapAfter: try row.text("map_after"), statement: try row.text("statement"), state: try State(row),
      target: try row.cell("target").isNull ? nil : row.integer("target"),
      change: change, inverse: inverse)
  }
}

/// Values of the history as JSON.
enum HistoryRows {
  static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// The values of a column, all read apart: each alone may be a whole map.
  static func decoded<Value: Decodable & Sendable>(
    _ rows: [CheckedRow], _ column: String, _ interruption: Interruption
  ) throws -> [Value] {
    guard let first = rows.first else { return [] }
    let texts = try rows.map { try $0.text(column) }
    let decoded = interruption.apart {
      let decoder = JSONDecoder()
      return try texts.map { try decoder.decode(Value.self, from: Data($0.utf8)) }
    }
    guard let decoded else { throw WorkspaceError(.interrupted, file: nil) }
    do { return try decoded.get() } catch is DecodingError { throw first.damage(column) }
  }
}
