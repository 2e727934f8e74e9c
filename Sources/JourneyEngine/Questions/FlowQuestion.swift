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
