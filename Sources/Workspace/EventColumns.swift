import EventStore

/// Which columns a store has, by the names they have in the file.
enum EventColumns {
  static let wholeStore = -1
  static let customers = "customers"
  static let offsets = "offsets"
  static let instants = "instants"
  static let events = "events"
  static let orders = "orders"
  /// Values of the property at this position of the schema; beside them, unless they are text, which rows have one.
  static func property(_ index: Int) -> String { "property \(index)" }
  static func present(_ index: Int) -> String { "present \(index)" }
  static func dictionary(_ index: Int) -> String { "dictionary \(index)" }

  static func columns(of bucket: Bucket) -> [(name: String, parts: () -> [ColumnPart])] {
    var columns: [(name: String, parts: () -> [ColumnPart])] = [
      (customers, { ColumnPart.parts(bucket.customers) }),
      (offsets, { ColumnPart.parts(bucket.offsets) }),
      (instants, { ColumnPart.parts(bucket.instants) }),
      (events, { ColumnPart.parts(bucket.events) }),
    ]
    if let values = bucket.orders { columns.append((orders, { ColumnPart.parts(values) })) }
    for (index, column) in bucket.properties.enumerated() {
      switch column {
      case .text(let codes): columns.append((property(index), { ColumnPart.parts(codes) }))
      case .number(let numbers, let bitmap):
        columns.append((property(index), { ColumnPart.parts(numbers) }))
        columns.append((present(index), { ColumnPart.parts(bitmap) }))
      case .truth(let bits, let bitmap):
        columns.append((property(index), { ColumnPart.parts(bits) }))
        columns.append((present(index), { ColumnPart.parts(bitmap) }))
      case .time(let instants, let bitmap):
        columns.append((property(index), { ColumnPart.parts(instants) }))
        columns.append((present(index), { ColumnPart.parts(bitmap) }))
      }
    }
    return columns
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

  package var description: String {
    "column '\(column)'\(bucket.map { " of bucket \($0)" } ?? "") in events '\(store)': \(reason)"
  }
}
