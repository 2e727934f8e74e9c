import Foundation
import GRDB
import JourneyModel

/// A map as rows: one in `map`, one in the table of its kind for each element, and `link` and `note`. These rows are the truth.
enum MapRows {
  private static let attributes = Attribute.allCases
  private static let columns =
    ["map", "name", "position", "parent_kind", "parent"] + attributes.map(\.rawValue) + ["meaning"]

  /// A map, and whether its rows were changed by anything but us.
  struct Found {
    var map: JourneyMap
    var isAltered: Bool
    /// Of the rows as they are.
    var foundChecksum: Int
  }

  /// Nil where there is no such map.
  static func read(_ name: String, from database: Database, _ interruption: Interruption) throws -> Found? {
    guard let head = try SealedTable.map.rows(database, "WHERE name = ?", [name.cell]).first else { return nil }
    let notes = try rows(of: name, in: "note", database).map { try $0.text("text") }
    var links: [String: [String]] = [:]
    for row in try rows(of: name, in: "link", database) {
      links[try row.text("touchpoint"), default: []].append(try row.text("step"))
    }
    var emotions: [String: [String: Int]] = [:]
    if try Schema.hasMapAdditions(database) {
      for row in try CheckedRow.all(database, in: "emotion", "WHERE map = ? ORDER BY touchpoint, persona", [name.cell])
      {
        emotions[try row.text("touchpoint"), default: [:]][try row.text("persona")] = try row.integer("emotion")
      }
    }
    var elements: [Element] = []
    for kind in try Schema.kinds(in: database) {
      for row in try rows(of: name, in: kind.rawValue, database) {
        try interruption.check()
        var element = try element(kind, row, links: &links)
        if kind == .touchpoint { element.emotions = emotions.removeValue(forKey: element.name) ?? [:] }
        elements.append(element)
      }
    }
    let map: JourneyMap
    do {
      map = try JourneyMap(name: name, title: try head.text("title"), notes: notes, elements: elements)
    } catch let error as MapError {
      throw WorkspaceError(.damaged(what: "map '\(name)': \(error.message)"), file: nil)
    }
    guard links.isEmpty, emotions.isEmpty else {
      throw WorkspaceError(
        .damaged(what: "map '\(name)' has links or emotions of a touchpoint that it has not"), file: nil)
    }
    let checksum = checksum(of: map)
    return Found(
      map: map, isAltered: try head.isAltered || head.integer("checksum") != checksum, foundChecksum: checksum)
  }

  private static func rows(of map: String, in table: String, _ database: Database) throws -> [CheckedRow] {
    try CheckedRow.all(database, in: table, "WHERE map = ? ORDER BY position", [map.cell])
  }

  private static func element(
    _ kind: ElementKind, _ row: CheckedRow, links: inout [String: [String]]
  ) throws -> Element {
    let name = try row.text("name")
    var parent: ElementReference?
    if let parentName = try row.optionalText("parent") {
      guard let parentKind = ElementKind(rawValue: try row.text("parent_kind")) else { throw row.damage("parent_kind") }
      parent = ElementReference(parentKind, parentName)
    }
    var element = Element(kind, name, under: parent, meaning: try row.optionalText("meaning"))
    for attribute in attributes { element.attributes[attribute] = try AttributeCell.values(row, of: attribute) }
    if kind == .touchpoint { element.links = links.removeValue(forKey: name) ?? [] }
    return element
  }

  /// Replaces the rows of the map called `old`, if there are any, by those of `new`, if there is one.
  static func replace(_ old: String?, by new: JourneyMap?, in database: Database) throws {
    var position: Int?
    if let old {
      position = try SealedTable.map.rows(database, "WHERE name = ?", [old.cell]).first?.integer("position")
      try SealedTable.map.delete(from: database, "WHERE name = ?", [old.cell])
      for table in ElementKind.allCases.map(\.rawValue) + ["note", "link", "emotion"] {
        try database.cachedStatement(sql: "DELETE FROM \"\(table)\" WHERE map = ?").execute(arguments: [old.cell])
      }
    }
    guard let new else { return }
    let next = try CheckedRow.one(database, "SELECT ifnull(max(position), 0) + 1 FROM map")?.integer(0) ?? 1
    try SealedTable.map.insert(
      [new.name.cell, new.title.cell, (position ?? next).databaseValue, checksum(of: new).databaseValue],
      into: database)
    try insert(new, into: database)
  }

  private static func insert(_ map: JourneyMap, into database: Database) throws {
    for (table, row) in rows(of: map) {
      let places = Array(repeating: "?", count: row.count).joined(separator: ", ")
      let names = columns(of: table).map { "\"\($0)\"" }.joined(separator: ", ")
      let statement = try database.cachedStatement(sql: "INSERT INTO \"\(table)\" (\(names)) VALUES (\(places))")
      try statement.execute(arguments: StatementArguments(row))
    }
  }

  private static func columns(of table: String) -> [String] {
    switch table {
    case "note": ["map", "position", "text"]
    case "link": ["map", "touchpoint", "position", "step"]
    case "emotion": ["map", "touchpoint", "persona", "emotion"]
    default: columns
    }
  }

  /// All rows but that in `map` itself, each with its table; positions count from 1, among siblings.
  private static func rows(of map: JourneyMap) -> [(table: String, cells: [DatabaseValue])] {
    let name = map.name.cell
    var rows = map.notes.enumerated().map { index, note in
      ("note", [name, (index + 1).databaseValue, note.cell])
    }
    var siblings: [Siblings: Int] = [:]
    for element in map.elements {
      let position = siblings[Siblings(kind: element.kind, parent: element.parent), default: 0] + 1
      siblings[Siblings(kind: element.kind, parent: element.parent)] = position
      let parent = [element.parent?.kind.rawValue.cell ?? .null, element.parent?.name.cell ?? .null]
      rows.append(
        (
          element.kind.rawValue,
          [name, element.name.cell, position.databaseValue] + parent
            + attributes.map { AttributeCell.cell(element.attributes[$0], of: $0) }
            + [element.meaning?.cell ?? .null]
        ))
      for (persona, emotion) in element.emotions() {
        rows.append(("emotion", [name, element.name.cell, persona.cell, emotion.databaseValue]))
      }
      for (index, link) in element.links.enumerated() {
        rows.append(("link", [name, element.name.cell, (index + 1).databaseValue, link.cell]))
      }
    }
    return rows
  }

  private struct Siblings: Hashable {
    var kind: ElementKind
    var parent: ElementReference?
  }

  /// Over all that the rows say, so that a change by anything but ourselves is noticed.
  private static func checksum(of map: JourneyMap) -> Int {
    var text = "\(map.name)\u{1E}\(map.title)\u{1E}"
    for (table, cells) in rows(of: map) {
      text += table
      for cell in cells {
        text += "\u{1F}" + (String.fromDatabaseValue(cell) ?? Int.fromDatabaseValue(cell).map(String.init) ?? "")
      }
      text += "\u{1E}"
    }
    return Int(CRC32.of(Array(text.utf8)))
  }
}
