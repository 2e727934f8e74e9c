import EventStore
import JourneyQuery
import JourneyTime

/// All units of one customer.
struct UnitList: FunnelSink {
  private(set) var units: [FunnelUnit] = []

  mutating func take(_ unit: FunnelUnit, in block: JourneyBlock) { units.append(unit) }

  /// The deepest unit, of equally deep ones the one entered first.
  var deepest: FunnelUnit? { units.max { $1.chain.standsBefore($0.chain) } }
}

/// One customer's events as a funnel sees them, by index in the whole journey, to tell which rule each of them meets.
struct FunnelTracing {
  let query: FunnelQuery
  let rules: ChainRules
  let run: Run
  let store: EventStore
  let bucket: Bucket
  let rows: Range<Int>
  /// Steps each event matches by name and condition, and whether `without` names it.
  private(set) var matches: [UInt64] = []
  /// Whether `where` keeps it.
  private(set) var isKept: [Bool] = []
  private(set) var moments: [Int] = []
  /// Number among the kept events of its journey.
  private(set) var places: [Int] = []
  /// Number of the session, 0 unless sessions are counted.
  private(set) var sessions: [Int] = []
  private(set) var values: [UInt64?] = []
  var isAsked = true
  var units = UnitList()
  /// The chain that would be reported were it not for `without`.
  var unhindered: FoundChain?

  init(_ query: FunnelQuery, _ store: EventStore, _ bucket: Bucket, _ customer: Int, _ run: Run) {
    (self.query, self.store, self.bucket, self.run) = (query, store, bucket, run)
    rules = ChainRules(query)
    rows = bucket.rows(of: customer)
    var bare = query
    (bare.scope.during, bare.holding, bare.scope.filter) = (nil, nil, nil)
    read(bare, customer)
    let holding = query.holding.map { ValueKeys($0, in: store.schema) }
    values = rows.map { row in holding?.key(at: row, in: bucket) }
  }

  private mutating func read(_ bare: FunnelQuery, _ customer: Int) {
    let block = StepMarker(bare, in: store.schema).read(customer..<customer + 1, of: bucket, run)
    var (cutter, journeys) = (JourneyCutter(bare, in: store.schema), [JourneyRows]())
    cutter.cut(rows, of: block, into: &journeys)
    matches = Array(repeating: 0, count: rows.count)
    sessions = Array(repeating: 0, count: rows.count)
    places = Array(repeating: 0, count: rows.count)
    isKept = Array(repeating: true, count: rows.count)
    var truths: [UInt8] = []
    if let filter = query.scope.filter {
      ConditionProgram(filter, in: store.schema).evaluate(rows, of: bucket, into: &truths)
      for index in isKept.indices { isKept[index] = truths[index] == Truth.yes }
    }
    for row in rows { matches[row - rows.lowerBound] = block.matches(row) }
    for (number, journey) in journeys.enumerated() {
      for row in journey.rows { sessions[row - rows.lowerBound] = number }
    }
    var counts: [Int: Int] = [:]
    for index in matches.indices {
      let row = rows.lowerBound + index
      let isLater = index > 0 && !block.sharesMoment(row - 1, row)
      moments.append((moments.last ?? 0) + (isLater ? 1 : 0))
      if isKept[index] { counts[sessions[index], default: 0] += 1 }
      places[index] = counts[sessions[index], default: 0]
    }
  }

  func instant(_ event: Int) -> Int64 { bucket.instants[rows.lowerBound + event] }
  func fills(_ event: Int, _ step: Int) -> Bool { matches[event] >> UInt64(step) & 1 == 1 }
  func name(_ event: Int) -> String { store.schema.events[bucket.events[rows.lowerBound + event]] }

  /// Whether a chain may start at the event: all that is asked of a first event by itself.
  func canStart(_ event: Int) -> Bool {
    isKept[event] && fills(event, 0) && (query.scope.during?.contains(Instant(microseconds: instant(event))) ?? true)
      && (query.holding == nil || values[event] != nil)
  }
}

extension Bucket {
  /// The event at a row with its non-missing properties, those that are worked out left out.
  func event(at row: Int, in schema: StoreSchema) -> Journey.Event {
    let properties = storedProperties.compactMap { index in
      value(of: index, at: row, in: schema).map { Journey.Property(schema.properties[index].name, Value($0)) }
    }
    return Journey.Event(
      instant: Instant(microseconds: instants[row]), name: schema.events[events[row]], properties: properties)
  }
}

extension Value {
  /// A stored value; a time is the date that holds this one microsecond.
  package init(_ value: PropertyValue) {
    switch value {
    case .text(let text): self = .text(text)
    case .number(let number): self = .number(number)
    case .truth(let truth): self = .truth(truth)
    case .time(let time):
      let instant = Instant(microseconds: time)
      self = .date(instant..<instant.advanced(by: Duration(microseconds: 1)))
    }
  }
}
