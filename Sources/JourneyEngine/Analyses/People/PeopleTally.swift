import EventStore
import JourneyQuery
import JourneyTime

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
