import EventStore
import GRDB
import JourneyTime

/// A property of people or of answers: what rows keep in `properties`.
package struct RowDetail: Hashable, Sendable {
  package var name: String
  package var kind: Property.Kind

  package init(name: String, kind: Property.Kind) {
    (self.name, self.kind) = (name, kind)
  }

  /// Those of rows so far and of more, which have values of these kinds; what is of two kinds becomes text.
  ///
  /// - Parameter unknown: names of new ones without any value, which say nothing of a kind.
  static func united(_ old: [RowDetail], _ new: [RowDetail], unknown: Set<String>) -> [RowDetail] {
    var details = old
    for detail in new {
      if let index = details.firstIndex(where: { $0.name == detail.name }) {
        if details[index].kind != detail.kind, !unknown.contains(detail.name) { details[index].kind = .text }
      } else {
        details.append(detail)
      }
    }
    return details
  }

  /// A value as rows have it, of this property's kind; nil for one of another.
  func value(_ written: PropertyValue) -> PropertyValue? {
    switch (kind, written) {
    case (.text, let value): .text(value.text)
    case (.time, .text(let text)): Instant(iso: Array(text.utf8).span, in: .utc).map { .time($0.microseconds) }
    case (.number, .number), (.truth, .truth), (.time, .time): written
    default: nil
    }
  }
}

/// The table `detail`: of whom rows have which properties, in the order of columns.
extension Workspace {
  /// - Parameter owner: `customer`, or a survey's name behind `survey `.
  func details(of owner: String, _ database: Database) throws -> [RowDetail] {
    // All are read, so that one which was taken away is noticed.
    let rows = try read(.detail, database, isAll: true, "ORDER BY owner, position") { _ in .rows(table: "detail") }
    return try rows.filter { try $0.text("owner") == owner }.map { row in
      guard let kind = Property.Kind(rawValue: try row.text("kind")) else { throw row.damage("kind") }
      return RowDetail(name: try row.text("name"), kind: kind)
    }
  }

  func set(_ details: [RowDetail], of owner: String, _ database: Database) throws {
    try SealedTable.detail.delete(from: database, "WHERE owner = ?", [owner.cell])
    for (position, detail) in details.enumerated() {
      try SealedTable.detail.insert(
        [owner.cell, position.databaseValue, detail.name.cell, detail.kind.rawValue.databaseValue], into: database)
    }
  }
}
