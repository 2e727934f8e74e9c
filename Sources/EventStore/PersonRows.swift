import Synchronization

/// The rows of a table of people, and where the customers of a store are among them.
public final class PersonRows: Sendable {
  /// Ids, increasing by UTF-8 bytes, each once.
  public let customers: [String]
  /// Parallel to the table's properties; row i of each is of `customers[i]`.
  public let columns: [PropertyColumn]
  /// Parallel to these: the value of code c of a text property is `dictionaries[p][c - 1]`; empty for other kinds.
  public let dictionaries: [[String]]
  private let matches = Mutex(Matches())

  /// Rows that are not as this says are found out when the table is asked for them.
  public init(customers: [String], columns: [PropertyColumn], dictionaries: [[String]]) {
    (self.customers, self.columns, self.dictionaries) = (customers, columns, dictionaries)
  }

  /// The events of a store as rows: of one bucket at most, with one event of each customer.
  package convenience init(_ store: EventStore) {
    let bucket = store.buckets.first
    let nobody = store.schema.properties.map { PropertyColumn(missing: 0, kind: $0.kind) }
    self.init(
      customers: bucket?.customers ?? [], columns: bucket.map { Array($0.properties) } ?? nobody,
      dictionaries: store.schema.properties.map { $0.kind == .text ? $0.dictionary : [] })
  }

  /// What keeps the rows from being those of a table with such properties; nil where nothing does.
  func fault(as properties: [Property]) -> String? {
    guard columns.count == properties.count, dictionaries.count == properties.count else {
      return "\(columns.count) columns in place of \(properties.count)"
    }
    for (index, property) in properties.enumerated() {
      guard columns[index].isColumn(of: property.kind, rows: customers.count, values: dictionaries[index].count) else {
        return "column '\(property.name)' does not fit its rows"
      }
    }
    let isOrdered = zip(customers, customers.dropFirst()).allSatisfy { $0.comesBefore($1) }
    return isOrdered ? nil : "their ids are out of order"
  }

  /// The row of a customer; nil for one who is not in the table.
  package func row(of customer: String) -> Int? { customers.place(of: customer) }

  /// The value of a property of the table in a row; nil where it is missing.
  package func value(of index: Int, at row: Int) -> PropertyValue? {
    columns[index].value(at: row, of: dictionaries[index])
  }
}

// MARK: Matching with a store

/// What was matched before.
private struct Matches: Sendable {
  struct Kept: Sendable {
    weak var bucket: Bucket?
    let rows: [UInt32]
  }
  /// By bucket, as long as there is one.
  var kept: [ObjectIdentifier: Kept] = [:]
  /// The table's rows by the bucket that has them, for so many buckets.
  var dealt: DealtRows?
}

/// The rows of a table, dealt out to buckets as events are.
private struct DealtRows: Sendable {
  /// Those of a bucket one after another, in their order.
  let rows: [UInt32]
  /// Those of bucket b are `starts[b] ..< starts[b + 1]`.
  let starts: [Int]

  var bucketCount: Int { starts.count - 1 }

  init(_ customers: [String], to count: Int) {
    let buckets = customers.map { UInt32(EventStore.bucket(of: $0, among: count)) }
    var starts = [Int](repeating: 0, count: count + 1)
    for bucket in buckets { starts[Int(bucket) + 1] += 1 }
    for bucket in 0..<count { starts[bucket + 1] += starts[bucket] }
    var (next, rows) = (starts, [UInt32](repeating: 0, count: customers.count))
    for (row, bucket) in buckets.enumerated() {
      rows[next[Int(bucket)]] = UInt32(truncatingIfNeeded: row)
      next[Int(bucket)] += 1
    }
    (self.rows, self.starts) = (rows, starts)
  }
}

extension PersonRows {
  /// By customer of a bucket, its row counted from 1; 0 for one who is not in the table. Kept while there are the table and the bucket.
  ///
  /// - Parameters:
  ///   - index: the bucket's in its store, which has `count`.
  ///   - faults: told of columns of the store that cannot be read; what was matched with such a one is not kept.
  package func rows(of bucket: Bucket, at index: Int, of count: Int, _ faults: ReadingFaults?) -> [UInt32] {
    let key = ObjectIdentifier(bucket)
    if let known = matches.withLock({ $0.kept[key] }), known.bucket === bucket { return known.rows }
    let known = faults?.count
    let rows = matched(bucket.customers, with: dealt(to: count), index)
    guard faults?.count == known else { return rows }
    matches.withLock { matches in
      if matches.kept.count >= count { matches.kept = matches.kept.filter { $0.value.bucket != nil } }
      matches.kept[key] = Matches.Kept(bucket: bucket, rows: rows)
    }
    return rows
  }

  private func dealt(to count: Int) -> DealtRows {
    matches.withLock { matches in
      if let dealt = matches.dealt, dealt.bucketCount == count { return dealt }
      let dealt = DealtRows(customers, to: count)
      matches.dealt = dealt
      return dealt
    }
  }

  /// Goes through both once: each is in the order of its ids.
  private func matched(_ ids: [String], with dealt: DealtRows, _ bucket: Int) -> [UInt32] {
    let end = dealt.starts[bucket + 1]
    var next = dealt.starts[bucket]
    return ids.map { id in
      while next < end {
        let order = customers[Int(dealt.rows[next])].utf8Order(to: id)
        if order == 0 { return dealt.rows[next] + 1 }
        if order > 0 { return 0 }
        next += 1
      }
      return 0
    }
  }
}
