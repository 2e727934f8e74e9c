import EventStore
import GRDB

/// The names that columns have in the file.
enum EventColumns {
  static let wholeStore = -1

  static func bucket(_ place: ColumnPlace) -> Int {
    switch place {
    case .store: wholeStore
    case .bucket(let number), .later(let number): number
    }
  }

  /// As a row of `event_column` has it: `instants`, `property 3`, `later instants`.
  static func name(_ column: ColumnName, in place: ColumnPlace) -> String {
    if case .later = place { return "later " + name(column) }
    return name(column)
  }

  /// What a row of `event_column` has as its checksum: that of the bytes, an XXH64, sealed with the cells before it. So no part is
  /// taken for another.
  static func checksum(_ bytes: Int, at cells: [DatabaseValue]) -> Int {
    Seal.value(of: cells + [bytes.databaseValue], in: "event_column")
  }

  private static func name(_ column: ColumnName) -> String {
    switch column {
    case .customers: "customers"
    case .offsets: "offsets"
    case .instants: "instants"
    case .events: "events"
    case .orders: "orders"
    case .masks: "masks"
    case .ties: "ties"
    case .summary: "summary"
    case .follows: "follows"
    case .property(let index): "property \(index)"
    case .present(let index): "present \(index)"
    case .dictionary(let index): "dictionary \(index)"
    case .names: "names"
    }
  }
}

/// A column, or a part of one, that cannot be read as it was written.
package struct DamagedColumn: Hashable, Sendable, CustomStringConvertible {
  package var store: String
  /// Nil for what belongs to the whole store.
  package var bucket: Int?
  /// `instants`, `property country`, `dictionary country`, …
  package var column: String
  package var reason: String

  init(_ fault: ColumnFault, _ column: ColumnName, in place: ColumnPlace, of store: String, _ properties: [String]) {
    self.store = store
    bucket = place == .store ? nil : EventColumns.bucket(place)
    reason = fault.reason
    let name = EventColumns.name(column, in: place)
    switch column {
    case .property(let index), .present(let index), .dictionary(let index):
      let kind = name.split(separator: " ").dropLast().joined(separator: " ")
      self.column = properties.indices.contains(index) ? "\(kind) \(properties[index])" : name
    default: self.column = name
    }
  }

  package var description: String {
    "column '\(column)'\(bucket.map { " of bucket \($0)" } ?? "") in events '\(store)': \(reason)"
  }
}
