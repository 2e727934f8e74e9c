import EventStore
import JourneyQuery

/// A test on people, made ready for one store. A copy is a reader of its own: it holds scratch space.
///
/// Customers are best asked about in the order they stand in: what they did is worked out for many at a time.
struct PeopleTest: Sendable {
  private indirect enum Node: Sendable {
    /// Index in `tests`.
    case property(Int)
    /// Index in `dids`.
    case did(Int)
    case listed(Set<String>)
    case not(Node)
    case certain(Node)
    case and([Node])
    case or([Node])
  }
  private struct Counting: Sendable {
    let times: Did.Times
    let during: Range<Int64>?
  }
  private let root: Node
  /// Whether ids of customers are looked at.
  private let looksAtIDs: Bool
  private let tests: [CompiledTest]
  private let dids: [Counting]
  /// Step i is that of `dids[i]`.
  private let matcher: StepMatcher
  private var columns = PeopleColumns()
  private var truths: [UInt8] = [0]

  init(_ people: People, in schema: StoreSchema) {
    var (tests, dids): ([CompiledTest], [Did]) = ([], [])
    root = Self.compile(people, schema, &tests, &dids)
    looksAtIDs = Self.looksAtIDs(people)
    self.tests = tests
    self.dids = dids.map { did in
      Counting(
        times: did.times, during: did.during.map { $0.lowerBound.microseconds..<$0.upperBound.microseconds })
    }
    matcher = StepMatcher(dids.map(\.step), in: schema)
  }

  private static func looksAtIDs(_ people: People) -> Bool {
    switch people {
    case .listed: true
    case .property, .did: false
    case .not(let inner), .certain(let inner): looksAtIDs(inner)
    case .and(let parts), .or(let parts): parts.contains(where: looksAtIDs)
    }
  }

  private static func compile(
    _ people: People, _ schema: StoreSchema, _ tests: inout [CompiledTest], _ dids: inout [Did]
  ) -> Node {
    switch people {
    case .property(let test):
      tests.append(CompiledTest(test, in: schema))
      return .property(tests.count - 1)
    case .did(let did):
      dids.append(did)
      return .did(dids.count - 1)
    case .listed(let customers): return .listed(Set(customers))
    case .not(let inner): return .not(compile(inner, schema, &tests, &dids))
    case .certain(let inner): return .certain(compile(inner, schema, &tests, &dids))
    case .and(let parts): return .and(parts.map { compile($0, schema, &tests, &dids) })
    case .or(let parts): return .or(parts.map { compile($0, schema, &tests, &dids) })
    }
  }

  /// Whether the test is true of a customer of `bucket`; unknown is not true.
  mutating func holds(_ customer: Int, of bucket: Bucket) -> Bool {
    if columns.bucket !== bucket { columns = PeopleColumns(bucket, tests, dids: dids.count, looksAtIDs) }
    if !dids.isEmpty { columns.mark(customer, matcher) }
    // Taken out, so that the rest can be read without a copy.
    var scratch: [UInt8] = []
    swap(&scratch, &truths)
    let truth = truth(root, customer, &scratch)
    swap(&scratch, &truths)
    return truth == Truth.yes
  }

  private func truth(_ node: Node, _ customer: Int, _ truths: inout [UInt8]) -> UInt8 {
    switch node {
    case .property(let index):
      let rows = columns.rows(of: customer)
      let row = columns.properties[index]?.firstPresent(in: rows) ?? rows.lowerBound
      tests[index].evaluate(CollectionOfOne(row), on: columns.properties[index], into: &truths, at: 0)
      return truths[0]
    case .did(let index): return Truth.of(holds(index, customer))
    case .listed(let customers): return Truth.of(customers.contains(columns.customers[customer]))
    case .not(let inner): return Truth.yes - truth(inner, customer, &truths)
    case .certain(let inner): return Truth.of(truth(inner, customer, &truths) == Truth.yes)
    case .and(let parts):
      var result = Truth.yes
      for part in parts where result != Truth.no { result = min(result, truth(part, customer, &truths)) }
      return result
    case .or(let parts):
      var result = Truth.no
      for part in parts where result != Truth.yes { result = max(result, truth(part, customer, &truths)) }
      return result
    }
  }

  private func holds(_ did: Int, _ customer: Int) -> Bool {
    dids[did].times.holds(of: columns.count(did, of: customer, during: dids[did].during))
  }
}

/// What tests on people look at in a bucket: each column taken once, and bitmaps of what some customers did.
private struct PeopleColumns: Sendable {
  private(set) var bucket: Bucket?
  /// Ids, where they are looked at.
  private(set) var customers: [String] = []
  private var offsets: [UInt32] = []
  private var instants: [Int64] = []
  /// By test; nil if the store has no such property.
  private(set) var properties: [PropertyColumn?] = []
  /// Plane i is that of did i.
  private var bitmaps = RowBitmaps(planes: 0, rows: 0..<0)

  /// Those of no bucket.
  init() {}

  init(_ bucket: Bucket, _ tests: [CompiledTest], dids: Int, _ looksAtIDs: Bool) {
    self.bucket = bucket
    customers = looksAtIDs ? bucket.customers : []
    offsets = bucket.offsets
    instants = dids > 0 ? bucket.instants : []
    properties = tests.map { test in test.property.map { bucket.properties[$0] } }
    bitmaps = RowBitmaps(planes: dids, rows: 0..<0)
  }

  func rows(of customer: Int) -> Range<Int> { Int(offsets[customer])..<Int(offsets[customer + 1]) }

  /// Makes sure that the bitmaps hold the events of a customer, and of some of those behind it.
  mutating func mark(_ customer: Int, _ matcher: StepMatcher) {
    let rows = rows(of: customer)
    guard let bucket, rows.lowerBound < bitmaps.rows.lowerBound || rows.upperBound > bitmaps.rows.upperBound else {
      return
    }
    let end = min(max(rows.upperBound, rows.lowerBound + 32_768), Int(offsets.last ?? 0))
    bitmaps = RowBitmaps(planes: bitmaps.planes, rows: rows.lowerBound..<end)
    matcher.mark(bitmaps.rows, of: bucket, bucket.events, in: &bitmaps)
  }

  /// How many events of a customer match a did.
  func count(_ did: Int, of customer: Int, during: Range<Int64>?) -> Int {
    let rows = rows(of: customer)
    guard let during else { return bitmaps.count(did, in: rows) }
    var count = 0
    var next = bitmaps.first(did, in: rows)
    while let row = next {
      if during.contains(instants[row]) { count += 1 }
      next = bitmaps.first(did, in: row + 1..<rows.upperBound)
    }
    return count
  }
}

extension Bucket {
  /// Whether a row stands at the same moment as the row before it, which is of the same customer.
  func sharesMoment(_ row: Int) -> Bool {
    guard instants[row] == instants[row - 1] else { return false }
    guard let orders else { return true }
    return orders[row].isSameOrder(as: orders[row - 1])
  }
}

extension PropertyColumn {
  /// The first of `rows` that has a value.
  func firstPresent(in rows: Range<Int>) -> Int? {
    switch self {
    case .text(let codes): rows.first { codes[$0] != 0 }
    case .number(_, let present), .truth(_, let present), .time(_, let present): rows.first { present[$0] }
    }
  }
}
