import EventStore
import JourneyQuery
import JourneyTime

extension EmbeddedEngine {
  /// What is in the store, or in its events of one name; of an unknown name nothing is.
  public func describe(event: String?, _ run: Run) throws(ExecutionError) -> StoreDescription {
    let schema = store.schema
    let code = event.map { schema.code(ofEvent: $0) ?? -1 }
    let parts = try store.scan(threads: threads, run, part: { Inventory(event: code, schema) }) {
      part, bucket, customers in
      part.read(customers, of: bucket)
    }
    var whole = Inventory(event: code, schema)
    for part in parts { whole.absorb(part) }
    return whole.description(schema)
  }
}

/// What one thread found in its part of a store.
struct Inventory: Sendable {
  /// Of one event name. Instants in microseconds.
  private struct Name: Sendable {
    var events = 0
    var customers = 0
    var first = Int64.max
    var last = Int64.min
    /// The customer met last, by the number of customers before.
    var lastCustomer = -1
  }
  /// Code of the only event to look at; nil for all.
  private let event: Int?
  private var customers = 0
  private var names: [Name]
  /// By property: how often each value occurs, by its key.
  private var values: [[UInt64: Int]]
  /// By text property: how often each dictionary code occurs; empty for other kinds.
  private var codes: [[Int]]

  init(event: Int?, _ schema: StoreSchema) {
    self.event = event
    names = Array(repeating: Name(), count: schema.events.count)
    values = Array(repeating: [:], count: schema.properties.count)
    codes = schema.properties.map { $0.kind == .text ? Array(repeating: 0, count: $0.valueCount + 1) : [] }
  }

  mutating func read(_ range: Range<Int>, of bucket: Bucket) {
    for customer in range {
      var isFound = false
      for row in bucket.rows(of: customer) {
        let code = bucket.events[row]
        if let event, code != event { continue }
        isFound = true
        names[code].events += 1
        names[code].first = min(names[code].first, bucket.instants[row])
        names[code].last = max(names[code].last, bucket.instants[row])
        if names[code].lastCustomer != customers {
          names[code].lastCustomer = customers
          names[code].customers += 1
        }
      }
      if isFound { customers += 1 }
    }
    let rows = Int(bucket.offsets[range.lowerBound])..<Int(bucket.offsets[range.upperBound])
    for property in values.indices { read(property, rows, bucket) }
  }

  private mutating func read(_ property: Int, _ rows: Range<Int>, _ bucket: Bucket) {
    func isSeen(_ row: Int) -> Bool { event.map { $0 == bucket.events[row] } ?? true }
    if case .text(let column) = bucket.properties[property] {
      for row in rows where isSeen(row) { codes[property][column[row]] += 1 }
    } else {
      let keys = ValueKeys(property: property)
      for row in rows where isSeen(row) {
        if let key = keys.key(at: row, in: bucket) { values[property][key, default: 0] += 1 }
      }
    }
  }

  /// Adds what another thread found.
  mutating func absorb(_ other: Inventory) {
    customers += other.customers
    for code in names.indices {
      names[code].events += other.names[code].events
      names[code].customers += other.names[code].customers
      names[code].first = min(names[code].first, other.names[code].first)
      names[code].last = max(names[code].last, other.names[code].last)
    }
    for property in values.indices {
      values[property].merge(other.values[property], uniquingKeysWith: +)
      for code in codes[property].indices { codes[property][code] += other.codes[property][code] }
    }
  }

  func description(_ schema: StoreSchema) -> StoreDescription {
    let seen = zip(schema.events, names).filter { $0.1.events > 0 }
    let first = seen.map(\.1.first).min()
    let last = seen.map(\.1.last).max()
    let span = first.flatMap { first in
      last.map { Instant(microseconds: first)...Instant(microseconds: $0) }
    }
    let events = seen.map { name, found in
      StoreDescription.Event(
        name: name, events: found.events, customers: found.customers, first: Instant(microseconds: found.first),
        last: Instant(microseconds: found.last))
    }
    return StoreDescription(
      customers: customers, events: seen.reduce(0) { $0 + $1.1.events }, span: span,
      eventNames: events.sorted { left, right in
        left.events != right.events ? left.events > right.events : left.name.utf8Order(to: right.name) < 0
      }, properties: schema.properties.indices.map { property($0, schema) })
  }

  private func property(_ index: Int, _ schema: StoreSchema) -> StoreDescription.Property {
    let counts =
      codes[index].isEmpty
      ? values[index].map { (key: $0.key, count: $0.value) }
      : codes[index].indices.dropFirst().lazy.filter { codes[index][$0] > 0 }
        .map { (key: UInt64($0), count: codes[index][$0]) }
    let keys = ValueKeys(property: index)
    // Only values that are frequent enough to be among the top are written out as text.
    let least = counts.map(\.count).sorted(by: >).prefix(5).last ?? 0
    let top = counts.filter { $0.count >= least }
      .compactMap { entry in keys.value(of: entry.key, in: schema).map { (value: $0.text, count: entry.count) } }
      .sorted { $0.count != $1.count ? $0.count > $1.count : $0.value.utf8Order(to: $1.value) < 0 }
    return StoreDescription.Property(
      name: schema.properties[index].name, kind: schema.properties[index].kind.rawValue,
      filled: counts.reduce(0) { $0 + $1.count }, distinct: counts.count, top: Array(top.prefix(5)))
  }
}
