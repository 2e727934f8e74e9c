import EventStore
import GRDB
import JourneyQuery

extension Workspace {
  /// What each column of a store takes, those of customers and events first, then properties in column order, each with its
  /// dictionary and whatever came to it later. No column is read for it.
  package func columnSizes(of name: String) throws(WorkspaceError) -> [ColumnSize] {
    let memory = try events(name).memory
    return try read { database in
      let properties = try EventRows.properties(name, database, interruption).map(\.name)
      let disk = path == nil ? nil : try EventRows.columnBytes(of: name, database)
      let fixed: [ColumnName] = [.customers, .instants, .events, .offsets, .masks, .orders, .ties, .summary, .follows]
      let whole = fixed.map {
        size($0 == .events ? [$0, .names] : [$0], called: EventColumns.name($0, in: .store), disk, memory)
      }
      // A file needs not have these.
      return whole.filter {
        !["orders", "ties", "summary", "follows"].contains($0.name) || ($0.disk ?? 0) > 0 || $0.memory != nil
      }
        + properties.enumerated().map { index, property in
          size([.property(index), .present(index), .dictionary(index)], called: property, disk, memory)
        }
    }
  }

  private func size(
    _ columns: [ColumnName], called name: String, _ disk: [String: Int]?, _ memory: [ColumnName: Int]
  ) -> ColumnSize {
    let held = columns.reduce(0) { $0 + (memory[$1] ?? 0) }
    let saved = disk.map { disk in
      let names = columns.flatMap { [EventColumns.name($0, in: .bucket(0)), EventColumns.name($0, in: .later(0))] }
      return names.reduce(0) { $0 + (disk[$1] ?? 0) }
    }
    return ColumnSize(name: name, disk: saved, memory: held > 0 ? held : nil)
  }
}

extension EventRows {
  /// Bytes of the columns of a store over all of its buckets, by their names in the file.
  static func columnBytes(of store: String, _ database: Database) throws -> [String: Int] {
    let rows = try CheckedRow.all(
      database, "name, sum(length(data)) AS bytes", in: "event_column", "WHERE store = ? GROUP BY name", [store.cell])
    return try rows.reduce(into: [:]) { $0[try $1.text("name")] = try $1.count("bytes") }
  }
}
