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
