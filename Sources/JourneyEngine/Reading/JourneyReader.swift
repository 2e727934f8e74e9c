import EventStore
import JourneyQuery
import JourneyTime

/// Reads blocks of customers as a question sees them: the events that its clauses keep, as parallel columns.
///
/// After `read`, event e of `eventCount` has the instant `instants[firstInstant + e]`, the name `names[e]` and the row `row(of: e)`
/// of the bucket. Person p of `people` has the events `events(of: p)`, none perhaps, in canonical order; people stand in the
/// order of the bucket. A copy is a reader of its own: it holds scratch space.
struct JourneyReader: Sendable {
  /// What a question's clauses say of events and people.
  struct Clauses {
    /// Nil gives no names; else events that are left out are not kept.
    var naming: Naming?
    /// Up to 64.
    var steps: [Step] = []
    /// Whether only events that match a step are kept.
    var keepsMatchesOnly = false
    /// Whether people are passed over who cannot have an event that matches the first step.
    var needsFirstStep = false
    /// Index of a property: only events that have a value of it are kept.
    var having: Int?
    var filter: Condition?
    var people: People?
    var during: Range<Instant>?
  }
  let namer: EventNamer?
  private let matcher: StepMatcher?
  private let filter: ConditionProgram?
  private let during: Range<Int64>?
  private let having: Int?
  private let keepsMatchesOnly: Bool
  private let needsFirstStep: Bool
  private var test: PeopleTest?

  /// Everyone the people test holds for, also those passed over for want of the first step.
  private(set) var asked = 0
  private(set) var people = 0..<0
  private(set) var eventCount = 0
  private(set) var instants: [Int64] = []
  private(set) var firstInstant = 0
  /// Numbers of names; empty without a naming.
  private(set) var names: [Int32] = []
  /// Bit i is set where the event matches step i; empty if every event matches every step.
  private(set) var matches: [UInt64] = []
  private var offsets: [UInt32] = []
  /// Row of each event; empty if every event of the block is kept.
  private var rows: [UInt32] = []
  /// Index in the bucket of each person; empty if everyone in the block is read.
  private var customers: [UInt32] = []
  private var truths: [UInt8] = []
  private var kept: [UInt8] = []
  private var runNames: [Int32] = []
  private var runMatches: [UInt64] = []

  init(_ clauses: Clauses, in schema: StoreSchema) {
    namer = clauses.naming.map { EventNamer($0, in: schema) }
    matcher = clauses.steps.allSatisfy(\.isAny) ? nil : StepMatcher(clauses.steps, in: schema)
    filter = clauses.filter.map { ConditionProgram($0, in: schema) }
    during = clauses.during.map { $0.lowerBound.microseconds..<$0.upperBound.microseconds }
    having = clauses.having
    keepsMatchesOnly = clauses.keepsMatchesOnly && matcher != nil
    needsFirstStep = clauses.needsFirstStep && matcher != nil
    test = clauses.people.map { PeopleTest($0, in: schema) }
  }

  func events(of person: Int) -> Range<Int> {
    Int(offsets[person] - offsets[people.lowerBound])..<Int(offsets[person + 1] - offsets[people.lowerBound])
  }

  /// Row of an event in the bucket.
  func row(of event: Int) -> Int { rows.isEmpty ? firstInstant + event : Int(rows[event]) }

  /// Index of a person in the bucket.
  func customer(of person: Int) -> Int { customers.isEmpty ? person : Int(customers[person]) }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    if test == nil, !needsFirstStep, filter == nil, during == nil, having == nil, !keepsMatchesOnly,
      namer?.leavesOut != true
    {
      readAll(block, of: bucket)
    } else {
      readSome(block, of: bucket)
    }
  }

  private mutating func readAll(_ block: Range<Int>, of bucket: Bucket) {
    (offsets, instants, people) = (bucket.offsets, bucket.instants, block)
    let all = Int(offsets[block.lowerBound])..<Int(offsets[block.upperBound])
    (firstInstant, eventCount) = (all.lowerBound, all.count)
    asked += block.count
    namer?.name(all, of: bucket, into: &names, &truths)
    matcher?.match(all, of: bucket, into: &matches, &truths)
  }

  private mutating func readSome(_ block: Range<Int>, of bucket: Bucket) {
    let (bucketOffsets, bucketInstants, masks) = (bucket.offsets, bucket.instants, bucket.eventMasks)
    let most = Int(bucketOffsets[block.upperBound] - bucketOffsets[block.lowerBound])
    makeRoom(for: most)
    (firstInstant, eventCount) = (0, 0)
    offsets.removeAll(keepingCapacity: true)
    customers.removeAll(keepingCapacity: true)
    offsets.append(0)
    // People who stand side by side are read together.
    var run = block.lowerBound..<block.lowerBound
    for customer in block {
      guard test?.holds(customer, of: bucket) ?? true else { continue }
      asked += 1
      if needsFirstStep, matcher?.canMatch(0, eventMask: masks[customer]) == false { continue }
      if customer != run.upperBound {
        keep(run, of: bucket, bucketOffsets, bucketInstants)
        run = customer..<customer
      }
      run = run.lowerBound..<customer + 1
    }
    keep(run, of: bucket, bucketOffsets, bucketInstants)
    people = 0..<customers.count
  }

  private mutating func makeRoom(for count: Int) {
    guard rows.count < count else { return }
    rows = Array(repeating: 0, count: count)
    instants = Array(repeating: 0, count: count)
    if namer != nil { names = Array(repeating: 0, count: count) }
    if matcher != nil { matches = Array(repeating: 0, count: count) }
  }

  /// Appends the kept events of these customers.
  private mutating func keep(
    _ run: Range<Int>, of bucket: Bucket, _ bucketOffsets: [UInt32], _ bucketInstants: [Int64]
  ) {
    guard !run.isEmpty else { return }
    let all = Int(bucketOffsets[run.lowerBound])..<Int(bucketOffsets[run.upperBound])
    namer?.name(all, of: bucket, into: &runNames, &truths)
    matcher?.match(all, of: bucket, into: &runMatches, &truths)
    weigh(all, of: bucket, bucketInstants.span.extracting(all))
    let first = eventCount
    Self.choose(run, from: all.lowerBound, bucketOffsets, kept, &eventCount, &rows, &offsets)
    for customer in run { customers.append(UInt32(truncatingIfNeeded: customer)) }
    for event in first..<eventCount {
      let row = Int(rows[event])
      instants[event] = bucketInstants[row]
      if namer != nil { names[event] = runNames[row - all.lowerBound] }
      if matcher != nil { matches[event] = runMatches[row - all.lowerBound] }
    }
  }

  /// Writes the rows of a run, of which the first is `base`, that are kept, from `rows[next]` on; notes after each customer
  /// how far that went.
  private static func choose(
    _ run: Range<Int>, from base: Int, _ bucketOffsets: [UInt32], _ kept: [UInt8], _ next: inout Int,
    _ rows: inout [UInt32], _ offsets: inout [UInt32]
  ) {
    let kept = kept.span
    var rows = rows.mutableSpan
    for customer in run {
      // There is room for every row of the block, so the row behind the last one that is kept may be written too.
      for row in Int(bucketOffsets[customer])..<Int(bucketOffsets[customer + 1]) {
        rows[next] = UInt32(truncatingIfNeeded: row)
        next += Int(kept[row - base])
      }
      offsets.append(UInt32(truncatingIfNeeded: next))
    }
  }

  /// Leaves in `kept` 1 for each of the rows that is kept, else 0.
  private mutating func weigh(_ all: Range<Int>, of bucket: Bucket, _ instants: Span<Int64>) {
    if let filter {
      filter.evaluate(all, of: bucket, into: &kept)
      for index in 0..<all.count { kept[index] = kept[index] == Truth.yes ? 1 : 0 }
    } else {
      if kept.count < all.count { kept.append(contentsOf: repeatElement(0, count: all.count - kept.count)) }
      for index in 0..<all.count { kept[index] = 1 }
    }
    if let during {
      for index in 0..<all.count where !during.contains(instants[index]) { kept[index] = 0 }
    }
    if let having { Self.weigh(bucket.properties[having], all, &kept) }
    if namer?.leavesOut == true {
      for index in 0..<all.count where runNames[index] == EventNamer.leftOut { kept[index] = 0 }
    }
    if keepsMatchesOnly {
      for index in 0..<all.count where runMatches[index] == 0 { kept[index] = 0 }
    }
  }
}

extension JourneyReader {
  /// Sets to 0 where the column has no value.
  private static func weigh(_ column: PropertyColumn, _ all: Range<Int>, _ kept: inout [UInt8]) {
    switch column {
    case .text(let codes): for row in all where codes[row] == 0 { kept[row - all.lowerBound] = 0 }
    case .number(_, let present), .truth(_, let present), .time(_, let present):
      for row in all { kept[row - all.lowerBound] &= present[row] ? 1 : 0 }
    }
  }
}

extension Step {
  /// Whether every event matches it.
  fileprivate var isAny: Bool { alternatives.contains { $0.event == nil && $0.condition == nil } }
}
