import EventStore
import JourneyQuery
import JourneyTime

/// The people of `conform`: those whose traces have any of some deviations.
struct ConformPeopleQuestion: SingleReading {
  let query: ConformQuery
  /// Nil is everyone with a trace.
  let deviations: Set<ConformQuery.Deviation>?
  let catalog: Catalog

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> PeoplePartial {
    let store = try part.reading(query.scope, catalog)
    let parts = try store.scan(
      threads: part.threads, run,
      part: { ConformPeopleTally(query, deviations, in: store.schema) }
    ) { part, bucket, customers in
      part.read(customers, of: bucket)
    }
    return PeoplePartial(people: parts.flatMap(\.people))
  }

  func report(_ found: PeoplePartial, _ run: Run) -> PeopleReport { found.report }
}

/// Those whom one thread found.
private struct ConformPeopleTally: Sendable {
  private var reader: JourneyReader
  private let stages: Int
  private var traces: StageTraces
  private var trace: HeldTrace
  /// By number of the deviation; nil is everyone.
  private let isWanted: [Bool]?
  private(set) var people: [PeopleReport.Person] = []

  init(_ query: ConformQuery, _ deviations: Set<ConformQuery.Deviation>?, in schema: StoreSchema) {
    var clauses = JourneyReader.Clauses(steps: query.stages, scope: query.scope)
    clauses.marked = query.stages.count
    reader = JourneyReader(clauses, in: schema)
    stages = query.stages.count
    traces = StageTraces(query.stages, in: schema)
    trace = HeldTrace(query)
    let numbers = trace.numbers
    isWanted = deviations.map { deviations in
      let wanted = Set(deviations.map(numbers.number))
      return (0..<numbers.count).map(wanted.contains)
    }
  }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    reader.read(block, of: bucket)
    let (block, moments) = (BlockStages(reader, count: stages), Moments(of: bucket))
    traces.read(block, of: bucket)
    var ids: [String]?
    for (index, person) in reader.people.enumerated() {
      guard let (first, last) = block.ends(of: person) else { continue }
      trace.hold(traces.follow(index, block, moments).map(traces.words.visits) ?? traces.visits)
      if let isWanted, !trace.deviations.contains(where: { isWanted[$0] }) { continue }
      // Ids are only fetched where one is needed.
      let customers = ids ?? bucket.customers
      ids = customers
      people.append(
        PeopleReport.Person(
          customer: customers[reader.customer(of: person)], depth: trace.seen.nonzeroBitCount,
          entered: Instant(microseconds: reader.instants[reader.firstInstant + first]),
          last: Instant(microseconds: reader.instants[reader.firstInstant + last])))
    }
  }
}
