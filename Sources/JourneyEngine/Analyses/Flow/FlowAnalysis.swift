import EventStore
import JourneyQuery
import JourneyTime

extension Executor where Self: EventPart {
  /// The directly-follows graph, with exact medians.
  public func flow(_ query: FlowQuery, _ run: Run) throws(ExecutionError) -> FlowReport {
    try answer(FlowAnalysis(query, catalog), run)
  }
}

/// Each part brackets the median of every transition by a sample of its own and keeps the lengths in the bracket. Where parts took different
/// brackets, the median of all lies in what covers them, as each part's own lies in its own; where it lies outside after all, anywhere. Such
/// transitions are asked about once more, in one bracket.
struct FlowAnalysis: Analysis {
  private(set) var question: FlowQuestion
  /// What was found first, its names in order, and the transitions to list.
  private var first: (whole: FlowPartial, order: NameOrder, listed: [Int])?
  private var readings = 0
  /// By transition of the first answer.
  private var medians: [Int: Duration] = [:]

  init(_ query: FlowQuery, _ catalog: Catalog, sampling: FlowQuestion.Sampling = .ofMany) {
    question = FlowQuestion(query: query, catalog: catalog, sampling: sampling)
  }

  mutating func take(_ found: FlowPartial, _ run: Run) -> FlowReport? {
    let (whole, order, shown) = first ?? found.ordered(top: question.query.top)
    first = (whole, order, shown)
    let listed = shown.filter { medians[$0] == nil }
    let places = listed.map { transition in
      let (from, to) = whole.places.cells[transition]
      return found.places.known(from, to)
    }
    let known = concurrentMap(count: listed.count) { index in places[index].flatMap { found.median($0) } }
    for (transition, median) in zip(listed, known) { medians[transition] = median }
    let missed = zip(listed, places).filter { medians[$0.0] == nil }
    readings += 1
    // What is missed twice was kept without a bracket.
    if missed.isEmpty || readings == 3 {
      return whole.report(shown, medians, order, span: question.catalog.span)
    }
    question.brackets = missed.map { transition, place in
      let (from, to) = whole.places.cells[transition]
      let bracket = place.flatMap { found.isSettled[$0] ? nil : found.transitions[$0].bracket } ?? .all
      return FlowQuestion.Wanted(from: from, to: to, bracket: bracket)
    }
    return nil
  }
}

struct FlowQuestion: PartialQuestion {
  /// Of which blocks a sample is made.
  enum Sampling: Hashable, Sendable, Codable {
    /// Each of so many, where there are a million events and more.
    case ofMany
    case each(Int)
    case none
  }
  /// A transition between two names, by their numbers, and which of its lengths to keep.
  struct Wanted: Sendable, Codable {
    let from, to: Int
    let bracket: Bracket
  }
  let query: FlowQuery
  let catalog: Catalog
  let sampling: Sampling
  /// Nil to find brackets; else of transitions that are not listed no length is kept.
  var brackets: [Wanted]?

  init(query: FlowQuery, catalog: Catalog, sampling: Sampling) {
    (self.query, self.catalog, self.sampling) = (query, catalog, sampling)
  }

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> FlowPartial {
    let store = try part.reading(query.scope, catalog)
    if brackets == nil, let known = try summarized(store, part.threads, run) { return known }
    let reading = Reading(question: self, store: store, threads: part.threads, run: run)
    if let brackets { return FlowPartial(try reading.wanted(brackets)) }
    let every: Int? =
      switch sampling {
      case .ofMany: store.eventCount > 1 << 20 ? 16 : nil
      case .each(let count): count
      case .none: nil
      }
    guard let every else { return FlowPartial(try reading.tallies(nil, [])) }
    let sample = FlowPartial(try reading.tallies(nil, [], every: every))
    let found = part.map(count: sample.transitions.count) { transition in
      var lengths = sample.lengths(transition)
      return Bracket(aroundMedianOf: &lengths)
    }
    return FlowPartial(try reading.tallies(sample.places, found))
  }

  /// What the buckets' summaries say, where they say all that is asked but the medians, and the times to find these.
  private func summarized(_ store: EventStore, _ threads: Int, _ run: Run) throws(ExecutionError) -> FlowPartial? {
    guard query.scope.keepsEverything, store.isEveryTimeANumber,
      let numbers = EventNamer(query.naming, in: store.schema, among: catalog.events).namesByCode
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
    let lengths = try store.scan(threads: threads, run, part: { FlowLengths(brackets, codes: codes) }) {
      part, bucket, customers in
      part.read(customers, of: bucket)
    }
    let tally = FlowTally(
      query, in: store.schema, names: catalog.events, summaries, lengths, brackets, numbers: numbers,
      customers: store.customerCount)
    return FlowPartial([tally])
  }

  private struct Reading {
    let question: FlowQuestion
    let store: EventStore
    let threads: Int
    let run: Run

    func tallies(
      _ places: CellPlaces?, _ brackets: [Bracket], others: Bracket = .all, every sample: Int = 1
    ) throws(ExecutionError) -> [FlowTally] {
      let (query, names) = (question.query, question.catalog.events)
      return try store.scan(
        every: sample, threads: threads, run,
        part: { FlowTally(query, in: store.schema, names: names, places, brackets, others: others) }
      ) { part, bucket, customers in
        part.read(customers, of: bucket)
      }
    }

    /// The lengths of these transitions alone.
    func wanted(_ wanted: [Wanted]) throws(ExecutionError) -> [FlowTally] {
      let naming = EventNamer(question.query.naming, in: store.schema, among: question.catalog.events)
      let count = naming.names.count
      var (places, brackets) = (CellPlaces(width: count), [Bracket]())
      for transition in wanted {
        _ = places.place(transition.from, transition.to)
        brackets.append(transition.bracket)
      }
      return try tallies(places, brackets, others: .none)
    }
  }
}

extension EventStore {
  /// Whether no time between two events is longer than a number of microseconds can say.
  fileprivate var isEveryTimeANumber: Bool {
    span.map { !$0.upperBound.subtractingReportingOverflow($0.lowerBound).overflow } ?? true
  }
}
