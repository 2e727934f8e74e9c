import EventStore
import JourneyQuery
import JourneyTime
import Synchronization

extension EventStore {
  /// The store with a text or time property more for each, behind its own. Throws `limit` for events of days that cannot be written.
  func adding(_ builtins: [Builtin], in zone: Zone) throws(ExecutionError) -> EventStore {
    var (schema, derived): (StoreSchema, [Derivation]) = (schema, [])
    // What rules that name events test must be there before.
    let rules = builtins.filter { if case .named = $0.content { true } else { false } }
    for builtin in builtins.filter({ !rules.contains($0) }) + rules {
      let derivation = try Derivation(builtin.content, of: self, schema, in: zone)
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
            bucket: bucket, index: index, firstCustomer: firstCustomer, derived: derived, kept: kept))
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

  init(_ content: Builtin.Content, of store: EventStore, _ schema: StoreSchema, in zone: Zone) throws(ExecutionError) {
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
    }
  }
}

/// The columns of a bucket, and behind its properties those that are worked out of them.
private struct DerivedColumns: BucketColumns {
  let bucket: Bucket
  let index: Int
  /// Customers in the buckets before.
  let firstCustomer: Int
  let derived: [Derivation]
  let kept: KeptColumns

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
    return .text(kept.column(bucket: self.index, place) { codes(derived[place]) })
  }

  private func codes(_ derivation: Derivation) -> CodeColumn {
    switch derivation {
    case .event(let count): return .following(bucket.events, of: count)
    case .named(let namer): return names(namer)
    case .time: return .narrow([])
    case .date(let clock):
      let isShort = clock.dayCount < Int(UInt16.max)
      return isShort ? .medium(clock.days(of: bucket.instants)) : .wide(clock.days(of: bucket.instants))
    case .weekday(let clock): return .narrow(clock.weekdays(of: bucket.instants))
    case .hour(let clock): return .narrow(clock.hours(of: bucket.instants))
    case .customer:
      let offsets = bucket.offsets
      var codes = [UInt32](repeating: 0, count: bucket.eventCount)
      for customer in 0..<bucket.customerCount {
        for row in Int(offsets[customer])..<Int(offsets[customer + 1]) {
          codes[row] = UInt32(truncatingIfNeeded: firstCustomer + customer + 1)
        }
      }
      return .wide(codes)
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

/// The columns worked out last: blocks of one bucket are read one after the other.
private final class KeptColumns: Sendable {
  private struct Key: Hashable {
    let bucket, place: Int
  }
  private struct Kept {
    var columns: [Key: CodeColumn] = [:]
    /// The oldest first.
    var order: [Key] = []
  }
  private let kept = Mutex(Kept())

  /// As many as threads may be at, and more; each takes at most a few bytes for an event of a bucket.
  private static let most = 64

  func column(bucket: Int, _ place: Int, _ make: () -> CodeColumn) -> CodeColumn {
    let key = Key(bucket: bucket, place: place)
    if let known = kept.withLock({ $0.columns[key] }) { return known }
    let made = make()
    kept.withLock { kept in
      if kept.columns.updateValue(made, forKey: key) == nil { kept.order.append(key) }
      if kept.order.count > Self.most { kept.columns[kept.order.removeFirst()] = nil }
    }
    return made
  }
}

/// The ids of all customers, bucket by bucket, once one is asked for.
private final class CustomerTexts: StoredTexts {
  let count: Int
  private let buckets: [Bucket]
  private let known: Mutex<[String]?> = Mutex(nil)

  init(_ store: EventStore) {
    (buckets, count) = (store.buckets, store.customerCount)
  }

  var memory: Int { 0 }
  var texts: [String] {
    known.withLock { known in
      let texts = known ?? buckets.flatMap(\.customers)
      known = texts
      return texts
    }
  }
}
