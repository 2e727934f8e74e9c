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
    return try read(
      .history, database, withLong: true, isAll: time == nil, "WHERE sequence > ? ORDER BY sequence", [first],
      part: historyPart
    ).map { try HistoryEntry($0, interruption) }
  }

  /// What `undo` takes back, or `redo` makes again. What is undone lies behind all that is done.
  func nextEntry(_ state: HistoryEntry.State, _ database: Database) throws -> HistoryEntry? {
    let found = state == .done ? try lastDone(database) : try undone(database).last
    guard let found else { return nil }
    return try read(.history, database, withLong: true, "WHERE sequence = ?", [found], part: historyPart)
      .first.map { try HistoryEntry($0, interruption) }
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

  private func lastDone(_ database: Database) throws -> Int? {
    var found: Int?
    try walkBack(database) { sequence, state in
      if state == .done { found = sequence }
      return found == nil
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
  fileprivate init(_ row: CheckedRow, _ interruption: Interruption) throws {
    self.init(
      sequence: try row.integer("sequence"), at: try row.instant("at"), map: try row.text("map"),
      mapAfter: try row.text("map_after"), statement: try row.text("statement"), state: try State(row),
      target: try row.cell("target").isNull ? nil : row.integer("target"),
      change: try HistoryRows.decoded(row, "change", interruption),
      inverse: try HistoryRows.decoded(row, "inverse", interruption))
  }
}

/// Values of the history as JSON.
enum HistoryRows {
  static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  static func decoded<Value: Decodable & Sendable>(
    _ row: CheckedRow, _ column: String, _ interruption: Interruption
  ) throws -> Value {
    let text = try row.text(column)
    do {
      return try interruption.apart { try JSONDecoder().decode(Value.self, from: Data(text.utf8)) }
    } catch is DecodingError {
      throw row.damage(column)
    }
  }
}
