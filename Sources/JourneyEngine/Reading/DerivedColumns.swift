import EventStore
import JourneyQuery
import JourneyTime

extension EventStore {
  /// The store with a property more for each, behind its own. Throws `limit` for events of days that cannot be written, and what reading
  /// the table of people does.
  ///
  /// - Parameters:
  ///   - events: what events have of the customers of these rows.
  ///   - catalog: says the kinds of properties that people have elsewhere.
  func adding(
    _ builtins: [Builtin], in zone: Zone, _ people: PersonTable?, events: PersonTable?, _ catalog: Catalog
  ) throws(ExecutionError) -> EventStore {
    var (schema, derived): (StoreSchema, [Derivation]) = (schema, [])
    // What rules that name events test must be there before.
    let rules = builtins.filter { if case .named = $0.content { true } else { false } }
    for builtin in builtins.filter({ !rules.contains($0) }) + rules {
      let derivation = try Derivation(builtin.content, of: self, schema, in: zone, people, events: events, catalog)
      schema.properties.append(derivation.property(called: builtin.name, of: self))
      derived.append(derivation)
    }
    let kept = KeptColumns()
    var firstCustomer = 0
    return EventStore(
      schema: schema,
      buckets: buckets.enumerated().map { index, bucket in
        defer { firstCustomer += bucket.customerCount }
        return Bucket(
          customers: bucket.customerCount, events: bucket.eventCount, span: bucket.span,
          columns: DerivedColumns(
            bucket: bucket, index: index, bucketCount: buckets.count, firstCustomer: firstCustomer, derived: derived,
            kept: kept, faults: faults))
      }, faults: faults)
  }
}

extension Bucket {
  /// Indices of the properties that are held, not worked out.
  var storedProperties: Range<Int> {
    0..<((columns as? DerivedColumns)?.bucket.properties.count ?? properties.count)
  }
}

/// How a column is worked out.
private enum Derivation: Sendable {
  case event(count: Int)
  case named(EventNamer)
  case time
  case date(LocalClock)
  case weekday(LocalClock)
  case hour(LocalClock)
  case customer
  /// A property of people by its index in their table.
  case person(PersonRows, Property, Int)
  /// A property that is missing everywhere.
  case missing(Property.Kind)

  init(
    _ content: Builtin.Content, of store: EventStore, _ schema: StoreSchema, in zone: Zone, _ people: PersonTable?,
    events: PersonTable?, _ catalog: Catalog
  ) throws(ExecutionError) {
    switch content {
    case .event: self = .event(count: schema.events.count)
    case .named(var naming):
      naming.keepsOthers = false
      self = .named(EventNamer(naming, in: schema))
    case .time: self = .time
    case .date: self = .date(try LocalClock(of: store.span, in: zone))
    case .weekday: self = .weekday(try LocalClock(of: store.span, in: zone))
    case .hour: self = .hour(try LocalClock(of: store.span, in: zone))
    case .customer: self = .customer
    case .person(let name): self = try Self.person(name, people, catalog.people)
    case .ofEvents(let name): self = try Self.person(name, events, [])
    }
  }

  private static func person(
    _ name: String, _ people: PersonTable?, _ known: [Catalog.Property]
  ) throws(ExecutionError) -> Derivation {
    guard let people, let index = people.index(ofProperty: name) else {
      let known = known.first { $0.name.utf8.elementsEqual(name.utf8) }
      return .missing(known.map { Property.Kind($0.kind) } ?? .text)
    }
    do {
      return .person(try people.rows(), people.properties[index], index)
    } catch {
      throw ExecutionError(error)
    }
  }

  func property(called name: String, of store: EventStore) -> Property {
    switch self {
    case .event: Property(name: name, kind: .text, dictionary: store.schema.events)
    case .named(let namer): Property(name: name, kind: .text, dictionary: namer.names)
    case .time: Property(name: name, kind: .time)
    case .date(let clock): Property(name: name, kind: .text, dictionary: clock.dates)
    case .weekday: Property(name: name, kind: .text, dictionary: Builtin.weekdays)
    case .hour: Property(name: name, kind: .text, dictionary: (0..<24).map(String.init))
    case .customer: Property(name: name, kind: .text, dictionary: CustomerTexts(store))
    case .person(let rows, let property, let index):
      Property(name: name, kind: property.kind, dictionary: rows.dictionaries[index])
    case .missing(let kind): Property(name: name, kind: kind)
    }
  }
}

/// The columns of a bucket, and behind its properties those that are worked out of them.
private struct DerivedColumns: BucketColumns {
  let bucket: Bucket
  let index: Int
  /// Of the store.
  let bucketCount: Int
  /// Customers in the buckets before.
  let firstCustomer: Int
  let derived: [Derivation]
  let kept: KeptColumns
  let faults: ReadingFaults?

  var customers: [String] { bucket.customers }
  var offsets: [UInt32] { bucket.offsets }
  var instants: [Int64] { bucket.instants }
  var events: CodeColumn { bucket.events }
  var hasOrders: Bool { bucket.hasOrders }
  var orders: [Double]? { bucket.orders }
  var eventMasks: [UInt64] { bucket.eventMasks }
  var ties: Bitmap? { bucket.ties }
  var daySummary: DaySummary? { bucket.daySummary }
  var followSummary: FollowSummary? { bucket.followSummary }
  var propertyCount: Int { bucket.properties.count + derived.count }
  var memory: [ColumnName: Int] { bucket.columns.memory }

  func property(_ index: Int) -> PropertyColumn {
    let place = index - bucket.properties.count
    guard place >= 0 else { return bucket.properties[index] }
    // The instants are at hand as they are; to keep them would keep them from being dropped.
    if case .time = derived[place] {
      return .time(bucket.instants, present: Bitmap(repeating: true, count: bucket.eventCount))
    }
    return kept.column(bucket: self.index, place) { column(derived[place]) }
  }

  private func column(_ derivation: Derivation) -> PropertyColumn {
    switch derivation {
    case .event(let count): return .text(.following(bucket.events, of: count))
    case .named(let namer): return .text(names(namer))
    case .time: return PropertyColumn(missing: bucket.eventCount, kind: .time)
    case .date(let clock):
      let isShort = clock.dayCount < Int(UInt16.max)
      return .text(isShort ? .medium(clock.days(of: bucket.instants)) : .wide(clock.days(of: bucket.instants)))
    case .weekday(let clock): return .text(.narrow(clock.weekdays(of: bucket.instants)))
    case .hour(let clock): return .text(.narrow(clock.hours(of: bucket.instants)))
    case .person(let rows, _, let index):
      return rows.columns[index].spread(
        rows.rows(of: bucket, at: self.index, of: bucketCount, faults), over: bucket.offsets)
    case .missing(let kind): return PropertyColumn(missing: bucket.eventCount, kind: kind)
    case .customer:
      let offsets = bucket.offsets
      var codes = [UInt32](repeating: 0, count: bucket.eventCount)
      // Nobody, whose id is empty, comes first where they are.
      let isOfNobody = bucket.customers.first?.isEmpty == true
      for customer in (isOfNobody ? 1 : 0)..<max(bucket.customerCount, isOfNobody ? 1 : 0) {
        for row in Int(offsets[customer])..<Int(offsets[customer + 1]) {
          codes[row] = UInt32(truncatingIfNeeded: firstCustomer + customer + 1)
        }
      }
      return .text(.wide(codes))
    }
  }

  private func names(_ namer: EventNamer) -> CodeColumn {
    var (numbers, truths): ([Int32], [UInt8]) = ([], [])
    let whole = Bucket(
      customers: bucket.customerCount, events: bucket.eventCount, span: bucket.span, columns: self)
    namer.name(0..<bucket.eventCount, of: whole, into: &numbers, &truths)
    // One that is left out is missing.
    let codes = numbers.prefix(bucket.eventCount)
    return namer.names.count < 255
      ? .narrow(codes.map { UInt8(truncatingIfNeeded: $0 + 1) })
      : .wide(codes.map { UInt32(truncatingIfNeeded: $0 + 1) })
  }
}

extension CodeColumn {
  /// Codes below `count`, each one more.
  fileprivate static func following(_ codes: CodeColumn, of count: Int) -> CodeColumn {
    switch codes {
    case .narrow(let codes) where count < 256: .narrow(codes.map { $0 &+ 1 })
    case .narrow(let codes): .medium(codes.map { UInt16($0) + 1 })
    case .medium(let codes) where count < 65_536: .medium(codes.map { $0 &+ 1 })
    case .medium(let codes): .wide(codes.map { UInt32($0) + 1 })
    case .wide(let codes): .wide(codes.map { $0 &+ 1 })
    }
  }
}
