import EventStore
import JourneyQuery

extension Executor where Self: EventPart {
  /// Who is behind a change of a funnel's conversion, or who converts. Throws `limit` as `funnel` does.
  public func drivers(_ query: DriversQuery, _ run: Run) throws(ExecutionError) -> DriversReport {
    try answer(DriversQuestion(query: query, catalog: catalog), run)
  }
}

/// All properties, and both periods, in one reading.
struct DriversQuestion: SingleReading {
  let query: DriversQuery
  let catalog: Catalog

  /// That of each period.
  private var funnels: [FunnelQuery] {
    guard let versus = query.versus else { return [query.funnel] }
    var other = query.funnel
    other.scope.during = versus
    return [query.funnel, other]
  }

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> DriversPartial {
    let store = try part.reading(query.scope, catalog)
    let readers = try funnels.map { (funnel) throws(ExecutionError) in
      try FunnelReader(funnel, of: store, catalog, run)
    }
    let tally = DriversTally(query, readers[0].rules, in: store.schema)
    let threads = try store.scan(threads: part.threads, run, part: { (readers: readers, tally: tally) }) {
      thread, bucket, customers in
      thread.tally.open(customers, of: bucket)
      for period in thread.readers.indices {
        thread.readers[period].read(customers, of: bucket, into: &thread.tally)
        thread.tally.close(period, of: bucket)
      }
    }
    return DriversPartial(
      threads.map(\.tally), asked: threads.reduce(0) { $0 + ($1.readers.first?.asked ?? 0) }, query, store.schema,
      EventPlaces(store.schema, in: catalog))
  }

  func report(_ found: DriversPartial, _ run: Run) -> DriversReport {
    DriversSummary(query: query, found: found, catalog: catalog).report
  }
}

/// Who entered and who converted, of all, of each value and with each other event.
struct DriversPartial: PartialAnswer {
  /// Of one property.
  struct Values: Sendable, Codable {
    /// Its values, and what is missing; none where there are too many.
    var keys: FoundKeys
    /// Four of each: of `during` who entered and who converted, of `vs` the same.
    var counts: [Int]
    var areTooMany: Bool
  }
  private(set) var asked: Int
  /// By period.
  private(set) var wholes: [DriversReport.Whole]
  /// Parallel to the properties of the query.
  private(set) var values: [Values]
  /// Two of each event of the catalog: who entered and who converted of those with it. Empty where two periods are asked.
  private(set) var events: [Int]

  init(
    _ tallies: [DriversTally], asked: Int, _ query: DriversQuery, _ schema: StoreSchema, _ places: EventPlaces
  ) {
    self.asked = asked
    wholes = (0..<(query.versus == nil ? 1 : 2)).map { period in
      tallies.reduce(into: DriversReport.Whole()) { $0.add($1.wholes[period]) }
    }
    values = query.properties.indices.map { index in
      Values(tallies.map { $0.values[index] }, query.properties[index], schema)
    }
    events = []
    guard query.versus == nil else { return }
    let counts = tallies.reduce(into: [Int](repeating: 0, count: 2 * schema.events.count)) { sums, tally in
      for (place, count) in (tally.others?.counts ?? []).enumerated() { sums[place] += count }
    }
    let pairs = places.spread(schema.events.indices.map { [counts[2 * $0], counts[2 * $0 + 1]] }, or: [0, 0])
    events = pairs.flatMap(\.self)
  }

  mutating func absorb(_ other: DriversPartial) {
    asked += other.asked
    for period in wholes.indices { wholes[period].add(other.wholes[period]) }
    for index in values.indices { values[index].absorb(other.values[index]) }
    for place in events.indices { events[place] += other.events[place] }
  }
}

extension DriversPartial.Values {
  /// What threads found of a property.
  init(_ threads: [ValueRates], _ property: String, _ schema: StoreSchema) {
    guard !threads.contains(where: \.areTooMany) else {
      self.init(keys: FoundKeys(count: 0), counts: [], areTooMany: true)
      return
    }
    let groups = FoundGroups(threads.map(\.keys))
    let breakdown = Breakdown(keys: [.property(property)], names: [property])
    self.init(keys: FoundKeys(groups.keys, by: breakdown, in: schema), counts: [], areTooMany: false)
    for (thread, numbers) in zip(threads, groups.numbers) { add(thread.counts, numbers) }
    limit()
  }

  mutating func absorb(_ other: DriversPartial.Values) {
    if areTooMany { return }
    guard !other.areTooMany else {
      self = other
      return
    }
    let numbers = keys.absorb(other.keys)
    add(other.counts, numbers)
    limit()
  }

  /// - Parameter numbers: of each key there, its number here.
  private mutating func add(_ others: [Int], _ numbers: [Int]) {
    counts += repeatElement(0, count: max(0, 4 * keys.keys.count - counts.count))
    for (place, count) in others.enumerated() { counts[4 * numbers[place / 4] + place % 4] += count }
  }

  private mutating func limit() {
    guard keys.keys.count(where: { $0 != [nil] }) > DriversQuery.mostValues else { return }
    (keys, counts, areTooMany) = (FoundKeys(count: 0), [], true)
  }
}

extension DriversReport.Rate {
  mutating func add(_ other: DriversReport.Rate) {
    converted += other.converted
    entered += other.entered
  }
}

extension DriversReport.Whole {
  mutating func add(_ other: DriversReport.Whole) {
    rate.add(other.rate)
    unfinished += other.unfinished
  }
}
