import EventStore
import JourneyQuery

extension Executor where Self: EventPart {
  /// A hash of all events.
  public func fingerprint(_ query: FingerprintQuery, _ run: Run) throws(ExecutionError) -> StoreFingerprint {
    try answer(FingerprintQuestion(catalog: catalog), run)
  }
}

struct FingerprintQuestion: SingleReading {
  let catalog: Catalog

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> StoreFingerprint {
    let store = try part.reading(Scope(), catalog)
    let hashes = ContentHashes(store.schema)
    let tallies = try store.scan(threads: part.threads, run, part: { StoreFingerprint() }) { tally, bucket, customers in
      tally.absorb(hashes.fingerprint(of: customers, in: bucket))
    }
    return tallies.reduce(into: StoreFingerprint()) { $0.absorb($1) }
  }

  func report(_ found: StoreFingerprint, _ run: Run) -> StoreFingerprint { found }
}

extension StoreFingerprint: PartialAnswer {
  public mutating func absorb(_ other: StoreFingerprint) {
    sum &+= other.sum
    events += other.events
  }
}

/// Hashes of the names and texts of a store, so that each is hashed once.
private struct ContentHashes: Sendable {
  /// By event code.
  private let events: [UInt64]
  /// By property.
  private let names: [UInt64]
  /// By property and code of a text; 0 is what is missing, which adds nothing.
  private let texts: [[UInt64]]

  init(_ schema: StoreSchema) {
    events = schema.events.map(Self.hash)
    names = schema.properties.map { Self.hash($0.name) }
    texts = schema.properties.map { property in
      let name = Self.hash(property.name)
      return [0] + property.dictionary.map { Self.mixed(name ^ Self.hash($0)) }
    }
  }

  func fingerprint(of customers: Range<Int>, in bucket: Bucket) -> StoreFingerprint {
    let (offsets, ids) = (bucket.offsets, bucket.customers)
    let rows = Int(offsets[customers.lowerBound])..<Int(offsets[customers.upperBound])
    var hashes = rowHashes(rows, of: bucket)
    if let orders = bucket.orders {
      for (index, row) in rows.enumerated() where !orders[row].isNaN {
        hashes[index] &+= Self.mixed(orders[row].bitPattern)
      }
    }
    var found = StoreFingerprint(events: rows.count)
    for customer in customers {
      var hash = Self.hash(ids[customer])
      for row in Int(offsets[customer])..<Int(offsets[customer + 1]) {
        hash = Self.mixed(hash ^ hashes[row - rows.lowerBound])
      }
      found.sum &+= hash
    }
    return found
  }

  /// By row: of its instant, its event and its properties. O(rows × properties).
  private func rowHashes(_ rows: Range<Int>, of bucket: Bucket) -> [UInt64] {
    let (instants, codes) = (bucket.instants, bucket.events)
    var hashes = rows.map { Self.mixed(UInt64(bitPattern: instants[$0])) ^ events[codes[$0]] }
    for (number, name) in names.enumerated() {
      let texts = texts[number]
      switch bucket.properties[number] {
      case .text(let codes):
        for (index, row) in rows.enumerated() { hashes[index] &+= texts[codes[row]] }
      case .number(let values, let present):
        for (index, row) in rows.enumerated() where present[row] {
          hashes[index] &+= Self.mixed(name ^ Self.mixed(values[row].bitPattern))
        }
      case .truth(let values, let present):
        for (index, row) in rows.enumerated() where present[row] {
          hashes[index] &+= Self.mixed(name ^ (values[row] ? 3 : 5))
        }
      case .time(let values, let present):
        for (index, row) in rows.enumerated() where present[row] {
          hashes[index] &+= Self.mixed(name &+ Self.mixed(UInt64(bitPattern: values[row])))
        }
      }
    }
    return hashes
  }

  private static func hash(_ text: String) -> UInt64 { Checksum.xxh64(Array(text.utf8)) }

  /// The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
  private static func mixed(_ value: UInt64) -> UInt64 {
    var value = value &+ 0x9E37_79B9_7F4A_7C15
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
