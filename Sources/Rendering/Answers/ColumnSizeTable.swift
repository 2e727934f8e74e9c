import JourneyQuery

extension [ColumnSize] {
  /// Table `columns`: what each takes in the file, where there is one, and in memory; a last row has the sums.
  package func table(events: Int) -> Table {
    let isSaved = contains { $0.disk != nil }
    let all = ColumnSize(name: "all", disk: sum(\.disk), memory: sum(\.memory))
    return Table(
      title: "columns",
      columns: [Table.Column("column")]
        + (isSaved ? [Table.Column("bytes on disk"), Table.Column("bytes an event", priority: 1)] : [])
        + [Table.Column("bytes in memory")],
      rows: (self + [all]).map { size in
        let saved: [Cell] = [
          size.disk.map(Cell.bytes) ?? .missing,
          size.disk.flatMap { events > 0 ? .number(Double($0) / Double(events)) : nil } ?? .missing,
        ]
        return [.text(size.name)] + (isSaved ? saved : []) + [size.memory.map(Cell.bytes) ?? .missing]
      })
  }

  /// Nil where no column has any.
  private func sum(_ bytes: KeyPath<ColumnSize, Int?>) -> Int? {
    let known = compactMap { $0[keyPath: bytes] }
    return known.isEmpty ? nil : known.reduce(0, +)
  }
}
