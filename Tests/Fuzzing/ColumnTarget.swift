import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import Synchronization
import TestSupport

extension FuzzTarget {
  /// The packed columns of a bucket, whose checksums nobody looks at: what is read of them has the shape that a bucket's readers
  /// rely on, or the fault is noted.
  package static let columns = FuzzTarget(
    "columns", longest: 2_048, example: { StoredParts.example(&$0).bytes },
    read: { bytes in
      let parts = StoredParts(bytes)
      let store = parts.store
      try parts.check(store)
      let engine = EmbeddedEngine(store)
      _ = try? engine.describe(event: nil, Run())
      for customer in store.buckets.flatMap(\.customers).prefix(3) { _ = try? engine.journey(of: customer, Run()) }
    })
}

/// The columns of one bucket as an input holds them: how many events, customers, event names and values (a byte each, the first two
/// times 5), whether there are orders; then for each column its encoding, its count (two bytes), and its bytes behind their number
/// (two bytes).
private struct StoredParts {
  private var head: [UInt8] = [0, 0, 1, 1, 0]
  private var parts: [ColumnName: ColumnPart] = [:]

  private static let names: [ColumnName] =
    [.customers, .offsets, .instants, .events, .orders, .masks, .ties, .summary, .follows]
    + (0..<4).map { .property($0) } + (0..<4).map { .present($0) } + [.dictionary(0)]

  private var bucket: BucketHead {
    let events = Int(head[0]) * 5
    return BucketHead(
      customers: min(events, Int(head[1])), events: events, hasOrders: head[4] % 2 == 1,
      span: events == 0 ? nil : -1_000_000_000...2_000_000_000_000_000, properties: 4)
  }

  init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    func take(_ count: Int) -> ArraySlice<UInt8> {
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count)
    }
    func number() -> Int { take(2).reduce(0) { $0 << 8 | Int($1) } }
    for (index, byte) in take(5).enumerated() { head[index] = byte }
    for name in Self.names where !rest.isEmpty {
      guard let kind = take(1).first, kind != 0xFF else { continue }
      let encoding = ColumnEncoding.allCases[Int(kind) % ColumnEncoding.allCases.count]
      let count = number()
      parts[name] = ColumnPart(encoding: encoding, count: count, bytes: Array(take(number())))
    }
  }

  /// The input that holds them.
  var bytes: [UInt8] {
    head
      + Self.names.flatMap { name -> [UInt8] in
        guard let part = parts[name], part.bytes.count < 1 << 16 else { return [0xFF] }
        let kind = ColumnEncoding.allCases.firstIndex(of: part.encoding) ?? 0
        func number(_ number: Int) -> [UInt8] { [UInt8(number >> 8 & 0xFF), UInt8(number & 0xFF)] }
        return [UInt8(kind)] + number(part.count) + number(part.bytes.count) + part.bytes
      }
  }

  static func example(_ random: inout SeededRandom) -> StoredParts {
    let events = Int.random(in: 1...12, using: &random) * 5
    let rows = (0..<events).map { index -> EventRow in
      let moment = Int64(Int.random(in: 0...3, using: &random)) * 86_400_000_000
      var row = EventRow(
        customer: "u\(index % 5)", instant: moment, order: Double(index % 3), name: "e\(index % 4)")
      row.properties = [
        ("text", .text("v\(index % 3)")), ("number", .number(Double(index) / 4)), ("truth", .truth(index % 2 == 0)),
        ("time", .time(moment)),
      ].filter { _ in Bool.random(using: &random) || index == 0 }
      return row
    }
    let store = EventStore(rows: rows)
    let packed = PackedBucket(store.buckets[0], in: store.schema)
    var example = StoredParts([])
    example.head = [
      UInt8(events / 5), UInt8(packed.head.customers), UInt8(store.schema.events.count),
      UInt8(store.schema.properties.first?.valueCount ?? 0), 1,
    ]
    for (name, parts) in packed.columns { example.parts[name] = parts.first }
    example.parts[.dictionary(0)] = ColumnPart.packing(texts: store.schema.properties[0].dictionary).first
    return example
  }

  // MARK: Reading

  var store: EventStore {
    let source = Source(parts: parts)
    let cache = ColumnCache(budget: 1 << 20)
    let schema = StoreSchema(
      events: (0..<Int(head[2])).map { "e\($0)" },
      properties: [
        Property(
          name: "text", kind: .text, dictionary: PackedTexts(count: Int(head[3]), of: 0, from: source, cache: cache)),
        Property(name: "number", kind: .number), Property(name: "truth", kind: .truth),
        Property(name: "time", kind: .time),
      ])
    guard bucket.isPossible, bucket.events == 0 || !schema.events.isEmpty else {
      return EventStore(schema: schema, buckets: [])
    }
    return EventStore(
      schema: schema, buckets: [Bucket(bucket, in: schema, from: source, at: .bucket(0), cache: cache)],
      faults: source.faults)
  }

  func check(_ store: EventStore) throws {
    for bucket in store.buckets {
      let (rows, offsets) = (bucket.eventCount, bucket.offsets)
      let lengths = [
        bucket.instants.count, bucket.events.count, bucket.orders?.count ?? rows, bucket.ties?.count ?? rows,
      ]
      guard bucket.customers.count == bucket.customerCount, bucket.eventMasks.count == bucket.customerCount,
        offsets.count == bucket.customerCount + 1, offsets.first == 0, offsets.last == UInt32(rows),
        lengths.allSatisfy({ $0 == rows })
      else { throw Contradiction("columns of other lengths than the bucket says: \(lengths) of \(rows)") }
      guard (0..<rows).allSatisfy({ bucket.events[$0] < store.schema.events.count }) else {
        throw Contradiction("a code without a name")
      }
      for row in 0..<rows { for property in 0..<4 { _ = bucket.value(of: property, at: row, in: store.schema) } }
      _ = (bucket.daySummary?.cell(code: nil, day: nil), bucket.followSummary?[0, 0])
    }
  }

  private struct Source: ColumnSource {
    let parts: [ColumnName: ColumnPart]
    let faults = ReadingFaults()

    func parts(of column: ColumnName, in place: ColumnPlace) throws(ColumnFault) -> [ColumnPart] {
      parts[column].map { [$0] } ?? []
    }

    func note(_ fault: ColumnFault, _ column: ColumnName, in place: ColumnPlace) {
      faults.note(.damaged("\(column): \(fault.reason)"))
    }
  }
}
