import EventStore
import JourneyQuery

extension Executor where Self: EventPart {
  /// What customers were last at before moments of theirs.
  public func lastNames(_ query: LastNamesQuery, _ run: Run) throws(ExecutionError) -> LastNamesReport {
    try answer(LastNamesQuestion(query, catalog), run)
  }
}

struct LastNamesQuestion: SingleReading {
  private var query: LastNamesQuery
  private let catalog: Catalog

  init(_ query: LastNamesQuery, _ catalog: Catalog) {
    (self.query, self.catalog) = (query, catalog)
    self.query.naming.keepsOthers = false
  }

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> LastNamesPartial {
    try run.check()
    let store = try part.reading(query.scope, catalog)
    let moments = Dictionary(
      uniqueKeysWithValues: store.dealt(query.moments).map { (ObjectIdentifier(store.buckets[$0.key]), $0.value) })
    // Of other buckets nothing is decoded.
    let asked = EventStore(
      schema: store.schema, buckets: store.buckets.filter { moments[ObjectIdentifier($0)] != nil },
      faults: store.faults)
    let namer = EventNamer(query.naming, in: store.schema)
    let tallies = try asked.scan(
      threads: part.threads, run, part: { LastNamesTally(query, namer) }
    ) { tally, bucket, customers in
      tally.read(customers, of: bucket, moments[ObjectIdentifier(bucket)] ?? [])
    }
    var partial = LastNamesPartial(count: query.moments.count)
    for tally in tallies {
      for (moment, name) in tally.found { partial.numbers[moment] = name }
    }
    return partial
  }

  func report(_ found: LastNamesPartial, _ run: Run) -> LastNamesReport {
    var (names, known): ([String], Set<ByteText>) = ([], [])
    for rule in query.naming.rules where known.insert(ByteText(rule.name)).inserted { names.append(rule.name) }
    return LastNamesReport(names: found.numbers.map { names.indices.contains(Int($0)) ? names[Int($0)] : nil })
  }
}

struct LastNamesPartial: PartialAnswer {
  /// By moment: the number of its name among those of the rules, each counted once; −1 where none was found.
  var numbers: [Int32]

  init(count: Int) { numbers = Array(repeating: EventNamer.leftOut, count: count) }

  mutating func absorb(_ other: LastNamesPartial) {
    for (moment, number) in other.numbers.enumerated() where number != EventNamer.leftOut { numbers[moment] = number }
  }
}

/// A moment of a customer, and which of the query's it is.
struct AskedMoment: Sendable {
  let customer: String
  let instant: Int64
  let number: Int
}

extension EventStore {
  /// The moments by the bucket that has their customers, if any has; those of a bucket in the order of its customers.
  fileprivate func dealt(_ moments: [LastNamesQuery.Moment]) -> [Int: [AskedMoment]] {
    var dealt: [Int: [AskedMoment]] = [:]
    for (number, moment) in moments.enumerated() {
      guard let bucket = bucket(of: moment.customer), buckets[bucket].customerCount > 0 else { continue }
      dealt[bucket, default: []].append(
        AskedMoment(customer: moment.customer, instant: moment.instant.microseconds, number: number))
    }
    return dealt.mapValues { moments in moments.sorted { $0.customer.comesBefore($1.customer) } }
  }
}
