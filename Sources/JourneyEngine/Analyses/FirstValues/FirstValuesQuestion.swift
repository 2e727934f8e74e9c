import EventStore
import JourneyQuery

extension Executor where Self: EventPart {
  /// What customers have of properties of their events.
  public func firstValues(_ query: FirstValuesQuery, _ run: Run) throws(ExecutionError) -> FirstValuesReport {
    try answer(FirstValuesQuestion(query: query, catalog: catalog), run)
  }
}

struct FirstValuesQuestion: SingleReading {
  let query: FirstValuesQuery
  let catalog: Catalog

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> FirstValuesPartial {
    try run.check()
    let store = try part.reading(query.scope, catalog)
    let asked = AskedCustomers(query.customers, of: store)
    let properties = query.properties.map { name in
      store.schema.index(ofProperty: name).map { index in
        let property = store.schema.properties[index]
        return HeldProperty(index: index, texts: property.kind == .text ? property.dictionary : [])
      }
    }
    let tallies = try asked.reached.scan(
      threads: part.threads, run, part: { FirstValuesTally(properties) }
    ) { tally, bucket, customers in
      tally.read(customers, of: bucket, asked.rows(of: bucket))
    }
    var partial = FirstValuesPartial(properties: query.properties.count, customers: query.customers.count)
    for tally in tallies {
      for (property, row, value) in tally.found { partial.columns[property][row] = value }
    }
    return partial
  }

  func report(_ found: FirstValuesPartial, _ run: Run) -> FirstValuesReport {
    FirstValuesReport(columns: found.columns)
  }
}

struct FirstValuesPartial: PartialAnswer {
  var columns: [[Value?]]

  init(properties: Int, customers: Int) {
    columns = Array(repeating: Array(repeating: nil, count: customers), count: properties)
  }

  mutating func absorb(_ other: FirstValuesPartial) {
    for (property, column) in other.columns.enumerated() {
      for (row, value) in column.enumerated() where value != nil { columns[property][row] = value }
    }
  }
}

/// Customers that are asked for among those of a store.
private struct AskedCustomers: Sendable {
  /// The store without buckets that have none of them: of these nothing is decoded.
  let reached: EventStore
  private let table: PersonRows
  private let places: [ObjectIdentifier: Int]
  private let bucketCount: Int

  init(_ customers: [String], of store: EventStore) {
    let buckets = Set(customers.compactMap(store.bucket)).sorted()
    reached = EventStore(schema: store.schema, buckets: buckets.map { store.buckets[$0] }, faults: store.faults)
    table = PersonRows(customers: customers, columns: [], dictionaries: [])
    places = Dictionary(uniqueKeysWithValues: buckets.map { (ObjectIdentifier(store.buckets[$0]), $0) })
    bucketCount = store.buckets.count
  }

  /// By customer of a bucket: which one of those asked for, counted from 1; 0 for any other.
  func rows(of bucket: Bucket) -> [UInt32] {
    places[ObjectIdentifier(bucket)].map { table.rows(of: bucket, at: $0, of: bucketCount, reached.faults) } ?? []
  }
}

private struct HeldProperty: Sendable {
  let index: Int
  /// Of a text, by its code less one.
  let texts: [String]
}

/// The values one thread found.
private struct FirstValuesTally: Sendable {
  /// Nil for one that the store does not have.
  private let properties: [HeldProperty?]
  private(set) var found: [(property: Int, row: Int, value: Value)] = []

  init(_ properties: [HeldProperty?]) { self.properties = properties }

  /// - Parameter asked: by customer of the bucket, the row of its values, counted from 1; 0 for one that is not asked for.
  mutating func read(_ block: Range<Int>, of bucket: Bucket, _ asked: [UInt32]) {
    guard asked.count == bucket.customerCount, block.contains(where: { asked[$0] > 0 }) else { return }
    let offsets = bucket.offsets
    for case (let number, let property?) in properties.enumerated() {
      let column = bucket.properties[property.index]
      for customer in block where asked[customer] > 0 {
        let events = Int(offsets[customer])..<Int(offsets[customer + 1])
        guard let event = column.firstPresent(in: events), let value = column.value(at: event, of: property.texts)
        else { continue }
        found.append((number, Int(asked[customer]) - 1, Value(value)))
      }
    }
  }
}
