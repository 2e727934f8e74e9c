import Foundation
import GRDB
import JourneyModel
import JourneyTime

/// What happened to one map.
package enum MapChange: Hashable, Sendable, Codable {
  case edit(change: MapEdit)
  /// The map is this one now, whether there was one of the name or not.
  case put(map: MapDocument)
  case remove
}

/// A whole map as JSON holds it.
package struct MapDocument: Hashable, Sendable, Codable {
  private var name: String
  private var title: String
  private var notes: [String]
  private var elements: [Element]

  package init(_ map: JourneyMap) {
    (name, title, notes, elements) = (map.name, map.title, map.notes, map.elements)
  }

  package func map() throws(MapError) -> JourneyMap {
    try JourneyMap(name: name, title: title, notes: notes, elements: elements)
  }
}

/// One entry of the history, which only grows: an undo is an entry of its own, so the map of any earlier time can be told.
package struct HistoryEntry: Hashable, Sendable {
  package enum State: String, Sendable {
    case done, undone
    /// Undone, and a later change made it unreachable.
    case dropped
    /// These record that the entry `target` was undone or redone.
    case undo, redo
  }

  package var sequence: Int
  package var at: Instant
  /// Its name before and after; they differ only where the map was renamed.
  package var map: String
  package var mapAfter: String
  /// What was typed.
  package var statement: String
  package var state: State
  package var target: Int?
  package var change: MapChange
  package var inverse: MapChange
}

/// A map as it was when `snapshot` was said.
package struct MapSnapshot: Hashable, Sendable {
  package var map: String
  package var name: String
  package var at: Instant
}

/// The table `history`.
enum HistoryRows {
  static func append(_ entry: HistoryEntry, to database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO history (at, map, map_after, statement, state, target, change, inverse)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        entry.at.cellText, entry.map.cell, entry.mapAfter.cell, entry.statement.cell, entry.state.rawValue,
        entry.target, try json(entry.change), try json(entry.inverse),
      ])
  }

  /// `rest` is SQL from WHERE on.
  static func entries(
    _ database: Database, _ rest: String, _ arguments: StatementArguments = []
  ) throws -> [HistoryEntry] {
    try CheckedRow.all(database, in: "history", rest, arguments).map { row in
      guard let state = HistoryEntry.State(rawValue: try row.text("state")) else { throw row.damage("state") }
      return HistoryEntry(
        sequence: try row.integer("sequence"), at: try row.instant("at"), map: try row.text("map"),
        mapAfter: try row.text("map_after"), statement: try row.text("statement"), state: state,
        target: try row.cell("target").isNull ? nil : row.integer("target"), change: try decoded(row, "change"),
        inverse: try decoded(row, "inverse"))
    }
  }

  static func setState(_ state: HistoryEntry.State, of entry: HistoryEntry, in database: Database) throws {
    try database.execute(
      sql: "UPDATE history SET state = ? WHERE sequence = ?", arguments: [state.rawValue, entry.sequence])
  }

  static func dropUndone(in database: Database) throws {
    try database.execute(sql: "UPDATE history SET state = 'dropped' WHERE state = 'undone'")
  }

  static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  static func decoded<Value: Decodable>(_ row: CheckedRow, _ column: String) throws -> Value {
    do {
      return try JSONDecoder().decode(Value.self, from: Data(try row.text(column).utf8))
    } catch is DecodingError {
      throw row.damage(column)
    }
  }
}
