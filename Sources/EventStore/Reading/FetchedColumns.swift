/// Packed columns of a bucket that were fetched beforehand, for threads that cannot reach their source meanwhile.
struct FetchedColumns: ColumnSource {
  private let parts: [ColumnName: Result<[ColumnPart], ColumnFault>]
  private let source: any ColumnSource

  init(_ columns: [ColumnName], in place: ColumnPlace, from source: any ColumnSource) {
    self.source = source
    let fetched = columns.map { column in
      (column, Result { () throws(ColumnFault) in try source.parts(of: column, in: place) })
    }
    parts = Dictionary(fetched) { $1 }
  }

  func parts(of column: ColumnName, in place: ColumnPlace) throws(ColumnFault) -> [ColumnPart] {
    try parts[column]?.get() ?? []
  }

  func note(_ fault: ColumnFault, _ column: ColumnName, in place: ColumnPlace) {
    source.note(fault, column, in: place)
  }
}

extension PackedColumns {
  func fetched(_ columns: [ColumnName]) -> PackedColumns {
    PackedColumns(
      head: head, schema: schema, source: FetchedColumns(columns, in: place, from: source), place: place)
  }
}

extension Bucket {
  /// The same bucket with the packed bytes of all that merging it with another takes in memory; of its customers alone where no
  /// other column is touched. Not for one with rows that came later: fetch its layers.
  package func fetched(customersAlone: Bool = false) -> Bucket {
    let properties = (0..<columns.propertyCount).flatMap { [ColumnName.property($0), .present($0)] }
    let names: [ColumnName] =
      [.customers] + (customersAlone ? [] : [.offsets, .instants, .events, .orders] + properties)
    guard let fetched = (columns as? CachedColumns)?.fetched(names) else { return self }
    return Bucket(customers: customerCount, events: eventCount, span: span, columns: fetched)
  }
}
