import EventStore
import JourneyQuery
import JourneyTime

extension EmbeddedEngine {
  /// The people behind a funnel's answer. Where entries or sessions are counted a customer stands where the deepest of
  /// them does.
  public func people(_ query: PeopleQuery, _ run: Run) throws(ExecutionError) -> PeopleReport {
    let store = try deriving(query.scope).store
    let reader = try FunnelReader(query.funnel, of: store, run)
    let parts = try store.scan(
      threads: threads, run, part: { (reader: reader, tally: PeopleTally(query.part, reader.rules)) }
    ) { part, bucket, customers in
      part.reader.read(customers, of: bucket, into: &part.tally)
      part.tally.close(bucket)
    }
    let people = parts.flatMap(\.tally.people)
    return PeopleReport(people: people.sorted { $0.customer.utf8Order(to: $1.customer) < 0 })
  }
}

/// The people behind a funnel: of every customer the deepest unit, of equally deep ones the one entered first.
struct PeopleTally: FunnelSink {
  private let rules: ChainRules
  private let part: PeopleQuery.Part
  private(set) var people: [PeopleReport.Person] = []
  /// The deepest unit so far of the customer whose units are being taken.
  private var deepest: (customer: Int, chain: FoundChain)?

  init(_ part: PeopleQuery.Part, _ rules: ChainRules) {
    self.part = part
    self.rules = rules
  }

  mutating func take(_ unit: FunnelUnit, in block: JourneyBlock) {
    if let known = deepest, known.customer != unit.customer { close(block.bucket) }
    if let known = deepest, !unit.chain.standsBefore(known.chain) { return }
    deepest = (unit.customer, unit.chain)
  }

  /// To be called behind the last customer of a run of customers.
  mutating func close(_ bucket: Bucket) {
    guard let (customer, chain) = deepest else { return }
    deepest = nil
    guard isWanted(chain) else { return }
    let rows = chain.rows.filter { $0 >= 0 }
    people.append(
      PeopleReport.Person(
        customer: bucket.customers[customer], depth: chain.depth,
        entered: Instant(microseconds: bucket.instants[chain.rows[0]]),
        last: Instant(microseconds: bucket.instants[rows.max() ?? chain.rows[0]])))
  }

  private func isWanted(_ chain: FoundChain) -> Bool {
    switch part {
    case .all: return true
    case .reached(let row): return chain.reaches(row, inAnyOrder: rules.isAnyOrder)
    case .lost(let row):
      guard let next = rules.required(after: row) else { return false }
      return chain.reaches(row, inAnyOrder: rules.isAnyOrder) && !chain.reaches(next, inAnyOrder: rules.isAnyOrder)
    }
  }
}
