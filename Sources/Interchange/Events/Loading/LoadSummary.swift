import EventStore
import JourneyTime

package struct LoadSummary: Sendable {
  /// A role, the column that has it, and how that was decided.
  package struct Role: Sendable, Hashable {
    package enum Source: Sendable, Hashable {
      /// The user named the column.
      case given
      /// Its name is the best of those known for the role; `others` are further columns whose names would do, best
      /// first.
      case found(others: [String])
      /// The origin of the file tells; `fallbacks` are columns that stand in where it has no value, best first.
      case shape(fallbacks: [String])
    }
    package var role: ColumnRole
    package var column: String
    /// From 1.
    package var number: Int
    package var source: Source
  }

  /// Good rows: the events of the store.
  package var rows: Int
  package var badRows: Int
  /// The first of them, at most five, in the order of the file.
  package var firstBadRows: [BadRow]
  package var roles: [Role]
  /// Of a table.
  package var delimiter: Character?
  package var hasHeader: Bool
  package var timeLayout: TimeLayout
  package var zone: Zone
  /// Times that clocks of the zone never show, and such as they show twice.
  package var skippedTimes: Int
  package var repeatedTimes: Int
  /// In the store's column order.
  package var properties: [(name: String, kind: Property.Kind)]
  package var isCompressed: Bool
  /// Of the file.
  package var bytes: Int
  /// Whose export the file is, where that was recognised.
  package var product: String?
}
