import GRDB

extension Workspace {
  /// What is known of people, what they answered, what was spent and whose ids are whose, as one text: another where any row is another.
  package func rowSums() throws(WorkspaceError) -> String {
    try read { database in
      guard try hasPeople(database) else { return "" }
      let names = SummedTable.all.map(\.name)
      let rows = try CheckedRow.all(database, in: "sealed", "ORDER BY name", [])
      return try rows.compactMap { row in
        let name = try row.text("name")
        guard names.contains(where: { name == $0 || name.hasPrefix($0 + " of ") }) else { return nil }
        return try "\(name): \(row.count("rows")) \(row.integer("sum"))"
      }.joined(separator: "\n")
    }
  }
}
