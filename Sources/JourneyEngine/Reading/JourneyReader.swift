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
    /// Of all events that the question is about: what names are numbered by.
    var names: [String] = []
    /// Up to 64.
    var steps: [Step] = []
    /// Of how many steps, the first, the events are asked for as bitmaps, and no masks of any; nil asks for masks.
    var marked: Int?
    /// Whether only events that match a step are kept.
    var keepsMatchesOnly = false
    /// Whether people are passed over who cannot have an event that matches the first step.
    var needsFirstStep = false
    /// Index of a property: only events that have a value of it are kept.
    var having: Int?
    var scope = Scope()
    /// Whether `instants` are asked for; if not, they are of no meaning.
    var needsInstants = true

    /// The same for the events that match a step alone; nil is every event.
    func only(_ step: Step?) -> Clauses {
      var clauses = self
      if let step { (clauses.steps, clauses.keepsMatchesOnly, clauses.needsFirstStep) = ([step], true, true) }
      return clauses
    }
  }
  let namer: EventNamer?
  private let matcher: StepMatcher?
  /// Of steps that are asked for as bitmaps: of all where people's masks do not tell which steps they match.
  private let marker: StepMatcher?
  /// Of masks of all events of a customer.
  private let maskedSteps: MaskedSteps?
  private let filter: ConditionProgram?
  private let during: Range<Int64>?
  private let having: Int?
  private let keepsMatchesOnly: Bool
  private let needsFirstStep: Bool
  private let needsInstants: Bool
  /// Whether all events are kept of everyone who is read.
  private let keepsAll: Bool
  private var test: PeopleTest?

  /// Everyone the people test holds for, also those passed over for want of the first step.
  private(set) var asked = 0
  private(set) var people = 0..<0
  private(set) var eventCount = 0
  private(set) var instants: [Int64] = []
  private(set) var firstInstant = 0
  /// Numbers of names; empty without a naming.
  private(set) var names: [Int32] = []
  /// Bit i is set where the event matches step i; empty if every event matches every step. Of no meaning where bitmaps are asked for.
  private(set) var matches: [UInt64] = []
  /// By step, a plane of the events that match it, where bitmaps are asked for; event e is the row `firstInstant + e`.
  private(set) var marks = RowBitmaps(planes: 0, rows: 0..<0)
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
    namer = clauses.naming.map { EventNamer($0, in: schema, among: clauses.names) }
    let isMarked = clauses.marked != nil
    let matcher = clauses.steps.allSatisfy(\.isAny) && !isMarked ? nil : StepMatcher(clauses.steps, in: schema)
    self.matcher = matcher
    filter = clauses.scope.filter.map { ConditionProgram($0, in: schema) }
    during = clauses.scope.during.map { $0.lowerBound.microseconds..<$0.upperBound.microseconds }
    having = clauses.having
    keepsMatchesOnly = clauses.keepsMatchesOnly && matcher != nil
    needsFirstStep = clauses.needsFirstStep && matcher != nil
    needsInstants = clauses.needsInstants
    test = clauses.scope.people.map { PeopleTest($0, in: schema) }
    keepsAll = filter == nil && during == nil && having == nil && !keepsMatchesOnly && namer?.leavesOut != true
    maskedSteps = keepsAll ? matcher.flatMap(MaskedSteps.init) : nil
    let masksTell = maskedSteps != nil
    marker = clauses.marked.flatMap {
      masksTell ? StepMatcher(Array(clauses.steps.prefix($0)), in: schema) : matcher
    }
  }

  func events(of person: Int) -> Range<Int> {
    Int(offsets[person] - offsets[people.lowerBound])..<Int(offsets[person + 1] - offsets[people.lowerBound])
  }

  /// Where the instants of a person's events stand, which are their rows in `marks`.
  @inline(__always)
  func slots(of person: Int) -> Range<Int> {
    let events = events(of: person)
    return firstInstant + events.lowerBound..<firstInstant + events.upperBound
  }

  /// The rows of the events in the bucket, where no event was left out of the block.
  var wholeRows: Range<Int>? { rows.isEmpty ? firstInstant..<firstInstant + eventCount : nil }

  /// Row of an event in the bucket.
  func row(of event: Int) -> Int { rows.isEmpty ? firstInstant + event : Int(rows[event]) }

  /// Gives `body` each event and its row.
  @inline(__always)
  func forEachRow(_ body: (_ event: Int, _ row: Int) -> Void) {
    if rows.isEmpty {
      for event in 0..<eventCount { body(event, firstInstant &+ event) }
    } else {
      let rows = rows.span
      for event in 0..<eventCount { body(event, Int(rows[event])) }
    }
  }

  /// Index of a person in the bucket.
  func customer(of person: Int) -> Int { customers.isEmpty ? person : Int(customers[person]) }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    if test == nil, !needsFirstStep, keepsAll {
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
    if let marker {
      marks = RowBitmaps(planes: marker.codes.count, rows: all)
      marker.mark(all, of: bucket, bucket.events, in: &marks)
    } else {
      matcher?.match(all, of: bucket, into: &matches, &truths)
    }
  }

  /// Leaves for each person of the block read last the steps that any of their events matches, bit by step, where bitmaps are asked for.
  func gatherSteps(of bucket: Bucket, into steps: inout [UInt64]) {
    if let maskedSteps {
      let masks = bucket.eventMasks
      steps = customers.isEmpty ? masks[people].map { maskedSteps[$0] } : customers.map { maskedSteps[masks[Int($0)]] }
    } else {
      steps = people.map { person in
        let slots = slots(of: person)
        return (0..<marks.planes).reduce(0) { $0 | (marks.first($1, in: slots) == nil ? 0 : 1 << UInt64($1)) }
      }
    }
  }

  private mutating func readSome(_ block: Range<Int>, of bucket: Bucket) {
    let columns = (offsets: bucket.offsets, instants: bucket.instants)
    let masks = needsFirstStep ? bucket.eventMasks : []
    let startMask = matcher?.eventMasks.first ?? .max
    makeRoom(for: Int(columns.offsets[block.upperBound] - columns.offsets[block.lowerBound]))
    (firstInstant, eventCount) = (0, 0)
    customers.removeAll(keepingCapacity: true)
    for customer in block {
      guard test?.holds(customer, of: bucket) ?? true else { continue }
      asked += 1
      if needsFirstStep, startMask & masks[customer] == 0 { continue }
      customers.append(UInt32(truncatingIfNeeded: customer))
    }
    offsets.removeAll(keepingCapacity: true)
    offsets.append(0)
    people = customers.indices
    var first = 0
    while first < customers.count {
      var last = first
      while last + 1 < customers.count, customers[last + 1] - customers[last] <= Self.widestGap { last += 1 }
      keep(first..<last + 1, of: bucket, columns)
      first = last + 1
    }
    if marker != nil { markMatches() }
  }

  private mutating func markMatches() {
    marks = RowBitmaps(planes: matcher?.codes.count ?? 0, rows: 0..<eventCount)
    for event in 0..<eventCount { forEachBit(of: matches[event]) { marks[$0, event] = true } }
  }

  /// So many customers who are not read may lie between two whose rows are looked at together: to look at a few rows more
  /// costs less than to begin anew.
  private static let widestGap = 32

  private mutating func makeRoom(for count: Int) {
    guard rows.count < count else { return }
    rows = Array(repeating: 0, count: count)
    instants = Array(repeating: 0, count: count)
    if namer != nil { names = Array(repeating: 0, count: count) }
    if matcher != nil { matches = Array(repeating: 0, count: count) }
  }

  /// Appends the kept events of some people.
  private mutating func keep(
    _ people: Range<Int>, of bucket: Bucket, _ columns: (offsets: [UInt32], instants: [Int64])
  ) {
    let base = Int(columns.offsets[Int(customers[people.lowerBound])])
    let all = base..<Int(columns.offsets[Int(customers[people.upperBound - 1]) + 1])
    namer?.name(all, of: bucket, into: &runNames, &truths)
    matcher?.match(all, of: bucket, into: &runMatches, &truths)
    weigh(all, of: bucket, columns.instants)
    let first = eventCount
    Self.choose(customers[people], from: base, columns.offsets, kept, &eventCount, &rows, &offsets)
    let events = first..<eventCount
    if needsInstants { Self.gather(columns.instants, from: 0, rows, events, into: &instants) }
    if namer != nil { Self.gather(runNames, from: base, rows, events, into: &names) }
    if matcher != nil { Self.gather(runMatches, from: base, rows, events, into: &matches) }
  }

  /// Leaves in `kept` 1 for each of the rows that is kept, else 0.
  private mutating func weigh(_ all: Range<Int>, of bucket: Bucket, _ instants: [Int64]) {
    if let filter {
      filter.evaluate(all, of: bucket, into: &kept)
    } else {
      kept.append(contentsOf: repeatElement(0, count: max(0, all.count - kept.count)))
    }
    let hasFilter = filter != nil
    Self.update(&kept, all.count) { _, truth in !hasFilter || truth == Truth.yes ? 1 : 0 }
    if let during {
      Self.update(&kept, all.count) { index, kept in during.contains(instants[all.lowerBound + index]) ? kept : 0 }
    }
    if let having { Self.weigh(bucket.properties[having], all, &kept) }
    if namer?.leavesOut == true {
      let names = runNames
      Self.update(&kept, all.count) { index, kept in names[index] == EventNamer.leftOut ? 0 : kept }
    }
    if keepsMatchesOnly {
      let matches = runMatches
      Self.update(&kept, all.count) { index, kept in matches[index] == 0 ? 0 : kept }
    }
  }
}

// One tight loop each.
extension JourneyReader {
  @inline(__always)
  private static func update(_ bytes: inout [UInt8], _ count: Int, _ change: (Int, UInt8) -> UInt8) {
    var bytes = bytes.mutableSpan
    for index in 0..<count { bytes[index] = change(index, bytes[index]) }
  }

  /// Writes the rows of these customers that are kept from `rows[next]` on, and behind each customer how far that went.
  /// `kept` begins with row `base`.
  private static func choose(
    _ customers: ArraySlice<UInt32>, from base: Int, _ bucketOffsets: [UInt32], _ kept: [UInt8], _ next: inout Int,
    _ rows: inout [UInt32], _ offsets: inout [UInt32]
  ) {
    let kept = kept.span
    var rows = rows.mutableSpan
    for customer in customers {
      // There is room for every row of the block, so the row behind the last one that is kept may be written too.
      for row in Int(bucketOffsets[Int(customer)])..<Int(bucketOffsets[Int(customer) + 1]) {
        rows[next] = UInt32(truncatingIfNeeded: row)
        next += Int(kept[row - base])
      }
      offsets.append(UInt32(truncatingIfNeeded: next))
    }
  }

  /// Leaves for each of `events` the value of its row; `values` begins with row `base`.
  private static func gather<Value>(
    _ values: [Value], from base: Int, _ rows: [UInt32], _ events: Range<Int>, into gathered: inout [Value]
  ) {
    let values = values.span
    let rows = rows.span
    var gathered = gathered.mutableSpan
    for event in events { gathered[event] = values[Int(rows[event]) - base] }
  }

  /// Sets to 0 where the column has no value.
  private static func weigh(_ column: PropertyColumn, _ all: Range<Int>, _ kept: inout [UInt8]) {
    switch column {
    case .text(let codes): for row in all where codes[row] == 0 { kept[row - all.lowerBound] = 0 }
    case .number(_, let present), .truth(_, let present), .time(_, let present):
      var kept = kept.mutableSpan
      for first in stride(from: 0, to: all.count, by: 64) {
        let bits = present.word(from: all.lowerBound + first)
        for place in 0..<min(64, all.count - first) {
          kept[first + place] &= UInt8(truncatingIfNeeded: bits &>> UInt64(place) & 1)
        }
      }
    }
  }
}

extension Step {
  /// Whether every event matches it.
  fileprivate var isAny: Bool { alternatives.contains { $0.event == nil && $0.condition == nil } }
}

extension Scope {
  /// Whether all events of all people count.
  var keepsEverything: Bool { filter == nil && people == nil && during == nil }
}
