import EventStore
import JourneyQuery

/// What one thread found in its part of a store.
struct Inventory: Sendable {
  private struct Name: Sendable {
    var found = DescribePartial.Name()
    /// Number of the customer met last, from 1.
    var lastCustomer = 0
  }
  private var reader: JourneyReader
  private var customers = 0
  private var names: [Name]
  private var values: [ValueCounts]

  /// Of the events of one name, or of all.
  init(event: String?, _ schema: StoreSchema) {
    let step = event.map { Step(label: $0, alternatives: [EventPattern(event: $0)]) }
    reader = JourneyReader(JourneyReader.Clauses(naming: Naming()).only(step), in: schema)
    names = Array(repeating: Name(), count: schema.events.count)
    values = schema.properties.map(ValueCounts.init)
  }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    reader.read(block, of: bucket)
    Self.count(reader, &customers, &names)
    for property in values.indices { values[property].count(reader, bucket.properties[property]) }
  }

  private static func count(_ reader: JourneyReader, _ customers: inout Int, _ names: inout [Name]) {
    let instants = reader.instants.span.extracting(droppingFirst: reader.firstInstant)
    // Without rules the number of a name is the event's code.
    let codes = reader.names.span
    var names = names.mutableSpan
    for person in reader.people {
      let events = reader.events(of: person)
      guard !events.isEmpty else { continue }
      customers += 1
      for event in events {
        let code = Int(codes[event])
        names[code].found.events += 1
        names[code].found.last = max(names[code].found.last, instants[event])
        if names[code].lastCustomer != customers {
          names[code].lastCustomer = customers
          names[code].found.customers += 1
          // The earliest of the customer's.
          names[code].found.first = min(names[code].found.first, instants[event])
        }
      }
    }
  }

  /// Adds what another thread found.
  mutating func absorb(_ other: Inventory) {
    customers += other.customers
    for code in names.indices { names[code].found.absorb(other.names[code].found) }
    for property in values.indices { values[property].absorb(other.values[property]) }
  }

  /// By events and properties of a catalog, which has all of the store's.
  func found(in schema: StoreSchema, _ catalog: Catalog) -> DescribePartial {
    DescribePartial(
      customers: customers,
      names: EventPlaces(schema, in: catalog).spread(names.map(\.found), or: DescribePartial.Name()),
      values: catalog.properties.map { property in
        schema.index(ofProperty: property.name).map { values[$0].found(in: schema.properties[$0]) } ?? FoundValues()
      })
  }
}

/// How often each value of one property occurs.
private struct ValueCounts: Sendable {
  /// Of text: by code, the missing one too; four counts each, taken in turn, so that runs of one value do not wait for each other.
  private var codes: [Int]
  /// Of other kinds: the keys of values, and parallel to them how often each occurs.
  private var keys = PairNumbers()
  private var counts: [Int] = []

  init(_ property: Property) {
    codes = property.kind == .text ? Array(repeating: 0, count: 4 * (property.dictionary.count + 1)) : []
  }

  func found(in property: Property) -> FoundValues {
    if property.kind != .text { return FoundValues(keys: keys.pairs.map(\.second), counts: counts) }
    return FoundValues(
      texts: property.dictionary, counts: (1..<codes.count / 4).map { codes[4 * $0..<4 * $0 + 4].reduce(0, +) })
  }

  /// Adds the values of the events of a block.
  mutating func count(_ block: JourneyReader, _ column: PropertyColumn) {
    switch column {
    case .text(.narrow(let codes)): Self.count(block, codes, &self.codes)
    case .text(.medium(let codes)): Self.count(block, codes, &self.codes)
    case .text(.wide(let codes)): Self.count(block, codes, &self.codes)
    case .number(_, let present), .truth(_, let present), .time(_, let present):
      for event in 0..<block.eventCount where present[block.row(of: event)] {
        guard let key = column.key(at: block.row(of: event)) else { continue }
        let number = keys.number(0, key)
        if number == counts.count { counts.append(0) }
        counts[number] += 1
      }
    }
  }

  private static func count<Code: FixedWidthInteger>(_ block: JourneyReader, _ codes: [Code], _ counts: inout [Int]) {
    let codes = codes.span
    var counts = counts.mutableSpan
    for event in 0..<block.eventCount { counts[4 * Int(codes[block.row(of: event)]) + event % 4] += 1 }
  }

  /// Adds what another thread counted.
  mutating func absorb(_ other: ValueCounts) {
    for code in codes.indices { codes[code] += other.codes[code] }
    for (pair, count) in zip(other.keys.pairs, other.counts) {
      let number = keys.number(0, pair.second)
      if number == counts.count { counts.append(0) }
      counts[number] += count
    }
  }
}
