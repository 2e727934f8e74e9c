import EventStore
import JourneyQuery

/// A test on people, made ready for one store. A copy is a reader of its own: it holds scratch space.
struct PeopleTest: Sendable {
  private indirect enum Node: Sendable {
    case property(CompiledTest)
    /// Index in `dids`.
    case did(Int)
    case not(Node)
    case and([Node])
    case or([Node])
  }
  private struct Counting: Sendable {
    let matcher: StepMatcher
    let times: Did.Times
    let during: Range<Int64>?
  }
  private var root: Node = .and([])
  private var dids: [Counting] = []
  private var masks: [UInt64] = []
  private var truths: [UInt8] = []

  init(_ people: People, in schema: StoreSchema) {
    root = compile(people, schema)
  }

  private mutating func compile(_ people: People, _ schema: StoreSchema) -> Node {
    switch people {
    case .property(let test): return .property(CompiledTest(test, in: schema))
    case .did(let did):
      let during = did.during.map { $0.lowerBound.microseconds..<$0.upperBound.microseconds }
      dids.append(Counting(matcher: StepMatcher([did.step], in: schema), times: did.times, during: during))
      return .did(dids.count - 1)
    case .not(let inner): return .not(compile(inner, schema))
    case .and(let parts): return .and(parts.map { compile($0, schema) })
    case .or(let parts): return .or(parts.map { compile($0, schema) })
    }
  }

  /// Whether the test is true of a customer of `bucket`; unknown is not true.
  mutating func holds(_ customer: Int, of bucket: Bucket) -> Bool {
    truth(root, bucket.rows(of: customer), bucket, bucket.eventMasks[customer]) == Truth.yes
  }

  private mutating func truth(_ node: Node, _ rows: Range<Int>, _ bucket: Bucket, _ eventMask: UInt64) -> UInt8 {
    switch node {
    case .property(let test):
      let row = test.property.flatMap { bucket.properties[$0].firstPresent(in: rows) } ?? rows.lowerBound
      truths.reserve(1)
      test.evaluate(row..<row + 1, of: bucket, into: &truths, at: 0)
      return truths[0]
    case .did(let index): return Truth.of(holds(dids[index], rows, bucket, eventMask))
    case .not(let inner): return Truth.yes - truth(inner, rows, bucket, eventMask)
    case .and(let parts):
      var result = Truth.yes
      for part in parts where result != Truth.no { result = min(result, truth(part, rows, bucket, eventMask)) }
      return result
    case .or(let parts):
      var result = Truth.no
      for part in parts where result != Truth.yes { result = max(result, truth(part, rows, bucket, eventMask)) }
      return result
    }
  }

  private mutating func holds(_ did: Counting, _ rows: Range<Int>, _ bucket: Bucket, _ eventMask: UInt64) -> Bool {
    var count = 0
    if did.matcher.canMatch(0, eventMask: eventMask) {
      did.matcher.match(rows, of: bucket, into: &masks, &truths)
      for row in rows where masks[row - rows.lowerBound] != 0 {
        if did.during.map({ $0.contains(bucket.instants[row]) }) ?? true { count += 1 }
      }
    }
    switch did.times {
    case .exactly(let times): return count == times
    case .atLeast(let times): return count >= times
    case .atMost(let times): return count <= times
    }
  }
}

extension Array<UInt8> {
  /// Makes sure that there are `count` elements at least.
  mutating func reserve(_ count: Int) {
    if self.count < count { append(contentsOf: repeatElement(0, count: count - self.count)) }
  }
}

extension Bucket {
  /// The rows of a customer's events.
  func rows(of customer: Int) -> Range<Int> { Int(offsets[customer])..<Int(offsets[customer + 1]) }

  /// Whether a row stands at the same moment as the row before it, which is of the same customer.
  func sharesMoment(_ row: Int) -> Bool {
    guard instants[row] == instants[row - 1] else { return false }
    guard let orders else { return true }
    return orders[row] == orders[row - 1] || orders[row].isNaN && orders[row - 1].isNaN
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
