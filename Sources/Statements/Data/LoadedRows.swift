import EventStore
import Interchange
import SourceText
import Workspace

/// The rows of a file that go to tables of people, answers or costs: those of one key together, in the order of the file.
struct LoadedRows {
  struct Row {
    /// Empty where the row has none.
    let key: String
    /// Microseconds since 1970 UTC; 0 where rows have no time.
    let instant: Int64
    let figure: Double?
    fileprivate let bucket: Bucket
    fileprivate let row: Int
  }
  private let store: EventStore
  private let dictionaries: [[String]]
  /// Where the column of a role stands.
  private let indices: [ColumnRole: Int]
  /// Columns that are kept by their own names: those without a role.
  let details: [RowDetail]
  private let detailIndices: [Int]

  /// Throws if rows that were put aside cannot be read.
  init(_ loaded: LoadedEvents, of file: String) throws(Diagnostic) {
    do throws(SpillFailure) {
      store = try EventStore(loaded.draft)
    } catch {
      throw Diagnostic(.loadSpill, "rows that were put aside cannot be read: \(error.reason)", place: file)
    }
    let properties = store.schema.properties
    dictionaries = properties.map(\.dictionary)
    let roles = loaded.summary.roles
    indices = Dictionary(
      roles.compactMap { role in properties.firstIndex { $0.name == role.column }.map { (role.role, $0) } },
      uniquingKeysWith: { first, _ in first })
    let free = properties.indices.filter { index in !roles.contains { $0.column == properties[index].name } }
    (detailIndices, details) = (free, free.map { RowDetail(name: properties[$0].name, kind: properties[$0].kind) })
  }

  var count: Int { store.eventCount }

  /// Names of details without any value.
  var unknown: Set<String> {
    Set(
      detailIndices.filter { index in store.buckets.allSatisfy { $0.properties[index].isMissing } }
        .map { store.schema.properties[$0].name })
  }

  func map<Result>(_ body: (Row) throws(Diagnostic) -> Result) throws(Diagnostic) -> [Result] {
    var results: [Result] = []
    results.reserveCapacity(count)
    for bucket in store.buckets {
      let (customers, offsets, instants, orders) = (bucket.customers, bucket.offsets, bucket.instants, bucket.orders)
      for (customer, key) in customers.enumerated() {
        for row in Int(offsets[customer])..<Int(offsets[customer + 1]) {
          let figure = orders.flatMap { $0[row].isNaN ? nil : $0[row] }
          results.append(try body(Row(key: key, instant: instants[row], figure: figure, bucket: bucket, row: row)))
        }
      }
    }
    return results
  }

  /// What stands in the columns without a role.
  func values(_ row: Row) -> [(name: String, value: PropertyValue)] {
    detailIndices.compactMap { index in
      value(index, row).map { (store.schema.properties[index].name, $0) }
    }
  }

  /// The texts that stand in the column of a detail, each once; none where it is not text.
  func texts(of detail: RowDetail) -> [String] {
    store.schema.properties.firstIndex { $0.name == detail.name }.map { dictionaries[$0] } ?? []
  }

  /// What stands in the column of a role that is text, row by row; nil where there is nothing, or no such column.
  func texts(of role: ColumnRole) -> [String?] {
    guard let index = indices[role] else { return Array(repeating: nil, count: count) }
    let texts = dictionaries[index]
    return store.buckets.flatMap { bucket -> [String?] in
      guard case .text(let codes) = bucket.properties[index] else {
        return Array(repeating: nil, count: bucket.eventCount)
      }
      return (0..<codes.count).map { codes[$0] == 0 ? nil : texts[codes[$0] - 1] }
    }
  }

  /// What stands in the column of a role; nil where there is nothing, or no such column.
  func value(_ role: ColumnRole, _ row: Row) -> PropertyValue? {
    indices[role].flatMap { value($0, row) }
  }

  private func value(_ index: Int, _ row: Row) -> PropertyValue? {
    row.bucket.properties[index].value(at: row.row, of: dictionaries[index])
  }
}
