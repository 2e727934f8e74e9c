import EventStore
import JourneyQuery
import JourneyTime
import Synchronization
import TestSupport
import Testing

@testable import JourneyEngine

/// A store whose packed columns are read when they are touched, with no room to keep any, answers as the one in memory does.
@Suite struct StreamedStoreTests {
  @Test(arguments: 1...60 as ClosedRange<UInt64>) func `every question has the same answer`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var rows: [EventRow] = []
    for _ in 0..<6 {
      let number = rows.count
      rows += RandomJourneys(Set(FunnelClause.allCases), using: &random).rows.map { row in
        var row = row
        row.customer += "-\(number)"
        return row
      }
    }
    let held = EventStore(rows: rows, buckets: random.pick([1, 2, 8]), session: "visit")
    let funnel = FunnelQuery.random(Set(FunnelClause.allCases).subtracting([.sessions]), using: &random)
    let customer = rows.first?.customer ?? "nobody"
    let expected = try reports(EmbeddedEngine(held, threads: 1), funnel, customer)
    for threads in [1, 2] {
      let streamed = PackedStore(held, budget: 0).store
      #expect(try reports(EmbeddedEngine(streamed, threads: threads), funnel, customer) == expected)
      #expect(streamed.faults?.count == 0)
    }
  }

  private struct Reports: Equatable {
    var funnel: FunnelReport?
    var time: TimeReport?
    var dropoff: DropoffReport?
    var count: [CountReport]
    var paths: PathsReport
    var flow: FlowReport
    var loops: LoopsReport
    var retention: RetentionReport
    var sessions: SessionsReport
    var value: ValueReport?
    var people: PeopleReport?
    var description: StoreDescription
    var journey: String
    var trace: String
  }

  private func reports(_ engine: EmbeddedEngine, _ funnel: FunnelQuery, _ customer: String) throws -> Reports {
    let run = Run()
    let breakdown = Breakdown(keys: [.property("item")], names: ["item"])
    // Questions that a store does not fit are refused by both alike.
    return Reports(
      funnel: try? engine.funnel(funnel, run), time: try? engine.time(TimeQuery(funnel), run),
      dropoff: try? engine.dropoff(DropoffQuery(funnel: funnel, step: 1), run),
      count: [
        try engine.count(CountQuery(), run), try engine.count(CountQuery(split: Split(per: .day)), run),
        try engine.count(CountQuery(step: step("A")), run),
        try engine.count(CountQuery(step: step("B"), split: Split(per: .day)), run),
        try engine.count(
          CountQuery(
            step: step("*"), scope: Scope(zone: try #require(Zone("Asia/Kathmandu"))), split: Split(per: .day)), run),
        try engine.count(CountQuery(step: step("A"), split: Split(breakdown: breakdown, per: .hour)), run),
      ],
      paths: try engine.paths(PathsQuery(anchor: .init(.from, step("A")), breakdown: breakdown), run),
      flow: try engine.flow(FlowQuery(), run), loops: try engine.loops(LoopsQuery(rule: .toTaken), run),
      retention: try engine.retention(RetentionQuery(start: step("A"), returning: step("B"), unit: .hour), run),
      sessions: try engine.sessions(SessionsQuery(), run),
      value: try? engine.value(ValueQuery(property: "amount"), run),
      people: try? engine.people(PeopleQuery(funnel: funnel, part: .all), run),
      description: try engine.describe(event: nil, run), journey: "\(try engine.journey(of: customer, run) as Any)",
      trace: "\((try? engine.trace(of: customer, in: funnel, run)) as Any)")
  }

  @Test func `a question that touches a damaged column has no answer, others do`() throws {
    let rows = (0..<40).flatMap { journey("A0(x) B1 A2", of: "u\($0)") }
    let held = EventStore(rows: rows, buckets: 4)
    for column in [ColumnName.instants, .offsets, .events, .customers, .property(0), .dictionary(0)] {
      let packed = PackedStore(held, budget: .max)
      let engine = EmbeddedEngine(packed.store, threads: 2)
      _ = try engine.count(CountQuery(), Run())
      packed.damage(column)
      let fresh = EmbeddedEngine(PackedStore(packed).store, threads: 2)
      for _ in 0..<2 {
        #expect(throws: ExecutionError.damaged("\(column)")) {
          _ = try fresh.describe(event: nil, Run())
          _ = try fresh.journey(of: "u1", Run())
        }
      }
      if [.customers, .property(0), .dictionary(0)].contains(column) {
        #expect(try fresh.funnel(funnel("A -> B"), Run()) == EmbeddedEngine(held).funnel(funnel("A -> B"), Run()))
      }
    }
  }

  @Test func `a budget is kept to, and what is used stays`() throws {
    let rows = (0..<400).flatMap { journey("A0 B1 A2", of: "u\($0)") }
    let held = EventStore(rows: rows, buckets: 8)
    let packed = PackedStore(held, budget: 6000)
    let store = packed.store
    for bucket in store.buckets { #expect(bucket.instants.count == bucket.eventCount) }
    #expect((1...6000).contains(packed.cache.bytes))
    let reads = packed.reads
    _ = store.buckets[7].instants
    #expect(packed.reads == reads, "used last")
    _ = store.buckets[0].instants
    #expect(packed.reads == reads + 1, "used first")
    packed.cache.budget = 0
    #expect(packed.cache.bytes == 0)
  }
}

/// A store packed in memory.
final class PackedStore: ColumnSource {
  private let columns: Mutex<[ColumnPlace: [ColumnName: [ColumnPart]]]>
  private let readCount = Atomic(0)
  private let held: EventStore
  private let faults = ReadingFaults()
  let cache: ColumnCache

  init(_ held: EventStore, budget: Int) {
    self.held = held
    cache = ColumnCache(budget: budget)
    var columns: [ColumnPlace: [ColumnName: [ColumnPart]]] = [:]
    for (index, property) in held.schema.properties.enumerated() where property.kind == .text {
      columns[.store, default: [:]][.dictionary(index)] = ColumnPart.packing(texts: property.dictionary)
    }
    for (number, bucket) in held.buckets.enumerated() {
      for (name, parts) in PackedBucket(bucket, in: held.schema).columns {
        columns[.bucket(number), default: [:]][name] = parts
      }
    }
    self.columns = Mutex(columns)
  }

  /// The same bytes, none of them read.
  init(_ other: PackedStore) {
    (held, cache) = (other.held, ColumnCache(budget: .max))
    columns = Mutex(other.columns.withLock { $0 })
  }

  var reads: Int { readCount.load(ordering: .relaxed) }

  var store: EventStore {
    var schema = held.schema
    schema.properties = schema.properties.enumerated().map { index, property in
      guard property.kind == .text else { return property }
      let texts = PackedTexts(count: property.valueCount, of: index, from: self, cache: cache)
      return Property(name: property.name, kind: .text, dictionary: texts)
    }
    let buckets = held.buckets.enumerated().map { number, bucket in
      Bucket(BucketHead(bucket), in: schema, from: self, at: .bucket(number), cache: cache)
    }
    return EventStore(schema: schema, buckets: buckets, faults: faults)
  }

  func damage(_ column: ColumnName) {
    columns.withLock { columns in
      for place in columns.keys { columns[place]?[column]?[0].bytes.removeLast() }
    }
  }

  func parts(of column: ColumnName, in place: ColumnPlace) -> [ColumnPart] {
    readCount.add(1, ordering: .relaxed)
    return columns.withLock { $0[place]?[column] ?? [] }
  }

  func note(_ fault: ColumnFault, _ column: ColumnName, in place: ColumnPlace) {
    faults.note(.damaged("\(column)"))
  }
}
