import EventStore
import JourneyQuery
import JourneyTime

extension Executor where Self: EventPart {
  /// What is in the store, or in its events of one name; of an unknown name nothing is.
  public func describe(event: String?, _ run: Run) throws(ExecutionError) -> StoreDescription {
    try answer(DescribeQuestion(event: event, catalog: catalog), run)
  }
}

struct DescribeQuestion: SingleReading {
  let event: String?
  let catalog: Catalog

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> DescribePartial {
    let store = try part.reading(Scope(), catalog)
    let parts = try store.scan(threads: part.threads, run, part: { Inventory(event: event, store.schema) }) {
      part, bucket, customers in
      part.read(customers, of: bucket)
    }
    var whole = Inventory(event: event, store.schema)
    for part in parts { whole.absorb(part) }
    return whole.found(in: store.schema, catalog)
  }

  func report(_ found: DescribePartial, _ run: Run) -> StoreDescription { found.description(catalog) }
}

/// What is in a part of the events.
struct DescribePartial: PartialAnswer {
  /// Of one event name. Instants in microseconds.
  struct Name: Sendable, Codable {
    var events = 0
    var customers = 0
    var first = Int64.max
    var last = Int64.min

    mutating func absorb(_ other: Name) {
      events += other.events
      customers += other.customers
      first = min(first, other.first)
      last = max(last, other.last)
    }
  }
  var customers: Int
  /// By event of the catalog.
  var names: [Name]
  /// By property of the catalog.
  var values: [FoundValues]

  mutating func absorb(_ other: DescribePartial) {
    customers += other.customers
    for place in names.indices { names[place].absorb(other.names[place]) }
    for place in values.indices { values[place].absorb(other.values[place]) }
  }

  func description(_ catalog: Catalog) -> StoreDescription {
    let seen = zip(catalog.events, names).filter { $0.1.events > 0 }
    let span = seen.map(\.1.first).min().flatMap { first in
      seen.map(\.1.last).max().map { Instant(microseconds: first)...Instant(microseconds: $0) }
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
      }, properties: zip(catalog.properties, values).map { $1.description(of: $0) })
  }
}

/// How often each value of one property was found.
struct FoundValues: PartialAnswer {
  /// Of text: parallel to the counts.
  private var texts: [String]
  /// Of other kinds: what `ValueKeys` knows values by, parallel to the counts.
  private var keys: [Int]
  /// Some may be 0.
  private var counts: [Int]

  init(texts: [String] = [], keys: [Int] = [], counts: [Int] = []) {
    (self.texts, self.keys, self.counts) = (texts, keys, counts)
  }

  mutating func absorb(_ other: FoundValues) {
    if other.texts.isEmpty {
      Self.add(other.keys, other.counts, to: &keys, &counts) { $0 }
    } else {
      Self.add(other.texts, other.counts, to: &texts, &counts, by: ByteText.init)
    }
  }

  /// `key` tells values apart.
  private static func add<Value, Key: Hashable>(
    _ others: [Value], _ found: [Int], to values: inout [Value], _ counts: inout [Int], by key: (Value) -> Key
  ) {
    var places = Dictionary(zip(values.map(key), 0...)) { first, _ in first }
    for (value, count) in zip(others, found) {
      let place = places[key(value), default: values.count]
      if place == values.count {
        places[key(value)] = place
        values.append(value)
        counts.append(0)
      }
      counts[place] += count
    }
  }

  func description(of property: Catalog.Property) -> StoreDescription.Property {
    let found = counts.indices.filter { counts[$0] > 0 }
    // Only values that are frequent enough to be among the top are written out as text.
    let least = found.map { counts[$0] }.sorted(by: >).prefix(5).last ?? 0
    let top = found.filter { counts[$0] >= least }
      .map { (value: text(at: $0, property.kind), count: counts[$0]) }
      .sorted { $0.count != $1.count ? $0.count > $1.count : $0.value.utf8Order(to: $1.value) < 0 }
    return StoreDescription.Property(
      name: property.name, kind: property.kind.rawValue, filled: found.reduce(0) { $0 + counts[$1] },
      distinct: found.count, top: Array(top.prefix(5)))
  }

  private func text(at place: Int, _ kind: Catalog.Property.Kind) -> String {
    kind == .text ? texts[place] : ValueKeys.value(of: keys[place], Property.Kind(kind))?.text ?? ""
  }
}
