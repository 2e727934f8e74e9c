import EventStore
import JourneyQuery
import JourneyTime

extension EmbeddedEngine {
  /// The directly-follows graph, with exact medians.
  public func flow(_ query: FlowQuery, _ run: Run) throws(ExecutionError) -> FlowReport {
    try deriving(query.scope).flow(query, run, sampling: store.eventCount > 1 << 20 ? 16 : nil)
  }

  /// A sample of the blocks, each so many-th, brackets the medians; a reading of all keeps the lengths in the brackets and
  /// counts those below. Where a median lies outside its bracket after all, one more reading keeps all lengths of that
  /// transition. Without a sample all lengths are kept, 8 bytes each.
  func flow(_ query: FlowQuery, _ run: Run, sampling every: Int?) throws(ExecutionError) -> FlowReport {
    let whole =
      if let known = try summarizedFlow(query, run) { known } else { try flowTable(query, run, sampling: every) }
    let listed = whole.listed(top: query.top)
    var medians = map(count: listed.count) { whole.median(listed[$0]) }
    let missed = Set(zip(listed, medians).filter { $0.1 == nil }.map(\.0))
    if !missed.isEmpty {
      let again = FlowTable(
        try flowTallies(query, run, whole, whole.transitions.indices.map { missed.contains($0) ? .all : .none }))
      for (index, transition) in listed.enumerated() where missed.contains(transition) {
        medians[index] = again.median(transition)
      }
    }
    return whole.report(listed, medians.map { $0 ?? Duration(microseconds: 0) }, span: span)
  }

  /// Reads all events and, where a sample is asked for, some twice.
  private func flowTable(_ query: FlowQuery, _ run: Run, sampling every: Int?) throws(ExecutionError) -> FlowTable {
    var sample: FlowTable?
    var brackets: [Bracket] = []
    if let every {
      let found = FlowTable(try flowTallies(query, run, nil, [], every: every))
      brackets = map(count: found.transitions.count) { transition in
        var lengths = found.lengths(transition)
        return Bracket(aroundMedianOf: &lengths)
      }
      sample = found
    }
    return FlowTable(try flowTallies(query, run, sample, brackets))
  }

  /// What the buckets' summaries say, where they say all that is asked but the medians, and the times to find these.
  private func summarizedFlow(_ query: FlowQuery, _ run: Run) throws(ExecutionError) -> FlowTable? {
    guard query.scope.keepsEverything, isEveryTimeANumber,
      let names = EventNamer(query.naming, in: store.schema).namesByCode
    else { return nil }
    try run.check()
    let known = store.faults?.count
    let buckets = store.buckets.filter { $0.eventCount > 0 }
    let summaries = buckets.compactMap { $0.followSummary }
    let codes = store.schema.events.count
    guard !summaries.isEmpty, summaries.count == buckets.count, store.faults?.count == known else { return nil }
    let brackets = (0..<codes * codes).map { cell in
      Bracket(aroundMediansOf: summaries.map { $0[cell / codes, cell % codes] })
    }
    let parts = try store.scan(threads: threads, run, part: { FlowLengths(brackets, codes: codes) }) {
      part, bucket, customers in
      part.read(customers, of: bucket)
    }
    return FlowTable([
      FlowTally(query, in: store.schema, summaries, parts, numbers: names, customers: store.customerCount)
    ])
  }

  /// Whether no time between two events is longer than a number of microseconds can say.
  private var isEveryTimeANumber: Bool {
    store.span.map { !$0.upperBound.subtractingReportingOverflow($0.lowerBound).overflow } ?? true
  }

  private func flowTallies(
    _ query: FlowQuery, _ run: Run, _ known: FlowTable?, _ brackets: [Bracket], every sample: Int = 1
  ) throws(ExecutionError) -> [FlowTally] {
    try store.scan(
      every: sample, threads: threads, run, part: { FlowTally(query, in: store.schema, known?.places, brackets) }
    ) { part, bucket, customers in
      part.read(customers, of: bucket)
    }
  }
}

/// What one thread found of the directly-follows graph.
struct FlowTally: Sendable {
  /// One pair of names that follow each other.
  struct Transition: Sendable {
    var times = 0
    var customers = 0
    /// Number of the customer met last, from 1.
    var last = 0
    /// The lengths that are kept, so that the median is among them.
    var bracket = Bracket.all
    /// How many lengths are below the bracket.
    var below = 0
  }
  /// Journeys whose first event has a name, and those whose last.
  struct Ends: Sendable {
    var starts = 0
    var ends = 0
  }
  private var reader: JourneyReader
  /// Names by names, parallel to the transitions.
  private(set) var places: CellPlaces
  private(set) var transitions: [Transition] = []
  /// Parallel to the transitions: times in microseconds within the bracket, in no order.
  private(set) var lengths: [[Int64]] = []
  /// By number of the name.
  private(set) var ends: [Ends]
  private(set) var customers = 0
  /// Customers who were not read.
  private var passed = 0
  /// Scratch space: the transition that leads to each event of a block, −1 for none; lengths to keep and where they go.
  private var leading: [Int32] = []
  private var keptLengths: [Int64] = []
  private var keptPlaces: [Int32] = []

  /// `brackets` are those of the first transitions in `places`; of others every length is kept.
  init(
    _ query: FlowQuery, in schema: StoreSchema, _ places: CellPlaces?, _ brackets: [Bracket]
  ) {
    let clauses = JourneyReader.Clauses(naming: query.naming, scope: query.scope)
    reader = JourneyReader(clauses, in: schema)
    let names = reader.namer?.names.count ?? 0
    self.places = places ?? CellPlaces(width: names)
    transitions = brackets.map { Transition(bracket: $0) }
    lengths = brackets.map { _ in [] }
    ends = Array(repeating: Ends(), count: names)
  }

  /// What summaries say of everyone, and the times that were kept by pairs of event codes. `numbers` gives for each code the
  /// number of its name.
  init(
    _ query: FlowQuery, in schema: StoreSchema, _ summaries: [FollowSummary], _ parts: [FlowLengths],
    numbers: [Int32], customers: Int
  ) {
    self.init(query, in: schema, nil, [])
    (self.customers, passed) = (customers, customers)
    for summary in summaries {
      for code in numbers.indices {
        ends[Int(numbers[code])].starts += summary[code].starts
        ends[Int(numbers[code])].ends += summary[code].ends
      }
    }
    for (first, from) in numbers.enumerated() {
      for (second, to) in numbers.enumerated() {
        let pairs = summaries.map { $0[first, second] }
        guard pairs.contains(where: { $0.times > 0 }), places.place(Int(from), Int(to)) == transitions.count else {
          continue
        }
        let cell = first * numbers.count + second
        transitions.append(
          Transition(
            times: pairs.reduce(0) { $0 + $1.times }, customers: pairs.reduce(0) { $0 + $1.customers },
            below: parts.reduce(0) { $0 + $1.below(cell) }))
        lengths.append(parts.flatMap { $0.lengths[cell] })
      }
    }
  }

  var names: [String] { reader.namer?.names ?? [] }
  var asked: Int { reader.asked + passed }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    reader.read(block, of: bucket)
    if leading.count < reader.eventCount {
      leading = Array(repeating: 0, count: reader.eventCount)
      keptLengths = Array(repeating: 0, count: reader.eventCount + 1)
      keptPlaces = Array(repeating: 0, count: reader.eventCount + 1)
    }
    Self.place(reader, &leading, &places)
    while transitions.count < places.count {
      transitions.append(Transition())
      lengths.append([])
    }
    countEnds()
    let kept = Self.count(reader, leading, &customers, &transitions, &keptLengths, &keptPlaces)
    for index in 0..<kept { lengths[Int(keptPlaces[index])].append(keptLengths[index]) }
  }

  /// Finds the transition that leads to each event, as if all were one journey: what would lead to the first event of
  /// a person gets a place too, but is not counted.
  private static func place(_ reader: JourneyReader, _ leading: inout [Int32], _ places: inout CellPlaces) {
    let names = reader.names.span
    var leading = leading.mutableSpan
    guard reader.eventCount > 0 else { return }
    var before = Int(names[0])
    for event in 1..<reader.eventCount {
      let name = Int(names[event])
      leading[event] = Int32(truncatingIfNeeded: places.place(before, name))
      before = name
    }
  }

  private mutating func countEnds() {
    for person in reader.people {
      let events = reader.events(of: person)
      guard let first = events.first, let last = events.last else { continue }
      ends[Int(reader.names[first])].starts += 1
      ends[Int(reader.names[last])].ends += 1
    }
  }

  /// Counts the transitions of a block; returns how many lengths it left to be kept.
  private static func count(
    _ reader: JourneyReader, _ leading: [Int32], _ customers: inout Int, _ transitions: inout [Transition],
    _ keptLengths: inout [Int64], _ keptPlaces: inout [Int32]
  ) -> Int {
    let instants = reader.instants.span.extracting(droppingFirst: reader.firstInstant)
    let leading = leading.span
    var transitions = transitions.mutableSpan
    var keptLengths = keptLengths.mutableSpan
    var keptPlaces = keptPlaces.mutableSpan
    var next = 0
    for person in reader.people {
      let events = reader.events(of: person)
      guard !events.isEmpty else { continue }
      customers += 1
      var before = instants[events.lowerBound]
      for event in events.dropFirst() {
        let (place, instant) = (Int(leading[event]), instants[event])
        let length = elapsed(from: before, to: instant)
        before = instant
        transitions[place].times += 1
        transitions[place].customers += transitions[place].last == customers ? 0 : 1
        transitions[place].last = customers
        transitions[place].below += length < transitions[place].bracket.least ? 1 : 0
        // Written in any case: a branch on what the lengths are would often be predicted wrongly.
        keptLengths[next] = length
        keptPlaces[next] = Int32(truncatingIfNeeded: place)
        next += transitions[place].bracket.contains(length) ? 1 : 0
      }
    }
    return next
  }
}
