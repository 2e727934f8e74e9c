import EventStore
import JourneyQuery
import JourneyTime

/// What one thread found of the directly-follows graph.
struct FlowTally: Sendable {
  private struct Transition: Sendable {
    var customers = 0
    /// Number of the customer met last.
    var lastCustomer = -1
    /// Of every time it was taken, in microseconds.
    var lengths: [Int64] = []
  }
  private struct Step: Sendable {
    var events = 0
    var starts = 0
    var ends = 0
  }
  private var journey: NamedJourney
  private var places: PairPlaces
  /// Parallel to the pairs of `places`.
  private var transitions: [Transition] = []
  /// By number of the name.
  private var steps: [Step]
  private var customers = 0
  private var asked = 0

  init(_ query: FlowQuery, in schema: StoreSchema) {
    journey = NamedJourney(
      query.naming, filter: query.filter, people: query.people, during: query.during, in: schema)
    places = PairPlaces(names: journey.namer.names.count)
    steps = Array(repeating: Step(), count: journey.namer.names.count)
  }

  mutating func read(_ customer: Int, of bucket: Bucket) {
    guard journey.read(customer, of: bucket) else { return }
    asked += 1
    guard let first = journey.names.first, let last = journey.names.last else { return }
    customers += 1
    steps[Int(first)].starts += 1
    steps[Int(last)].ends += 1
    steps[Int(first)].events += 1
    for index in journey.rows.indices.dropFirst() {
      let (from, to) = (Int(journey.names[index - 1]), Int(journey.names[index]))
      steps[to].events += 1
      let place = places.place(from: from, to: to)
      if place == transitions.count { transitions.append(Transition()) }
      transitions[place].lengths.append(
        bucket.instants[journey.rows[index]] &- bucket.instants[journey.rows[index - 1]])
      if transitions[place].lastCustomer != customers {
        transitions[place].lastCustomer = customers
        transitions[place].customers += 1
      }
    }
  }

  /// Adds what another thread found.
  mutating func absorb(_ other: FlowTally) {
    for (pair, found) in zip(other.places.pairs, other.transitions) {
      let place = places.place(from: pair.from, to: pair.to)
      if place == transitions.count { transitions.append(Transition()) }
      transitions[place].customers += found.customers
      transitions[place].lengths += found.lengths
    }
    for index in steps.indices {
      steps[index].events += other.steps[index].events
      steps[index].starts += other.steps[index].starts
      steps[index].ends += other.steps[index].ends
    }
    customers += other.customers
    asked += other.asked
  }

  /// Of the whole, once all parts are in.
  mutating func report(top: Int?, span: ClosedRange<Instant>?) -> FlowReport {
    let order = NameOrder(journey.namer.names)
    var report = FlowReport(
      distinct: transitions.count, times: transitions.reduce(0) { $0 + $1.lengths.count }, customers: customers,
      peopleAsked: asked, span: span)
    let sorted = transitions.indices.sorted { left, right in
      let (one, other) = (transitions[left].lengths.count, transitions[right].lengths.count)
      let (pair, second) = (places.pairs[left], places.pairs[right])
      return one != other
        ? one > other
        : (order.rank[pair.from], order.rank[pair.to]) < (order.rank[second.from], order.rank[second.to])
    }
    for place in sorted.prefix(max(0, top ?? .max)) {
      guard let median = median(of: &transitions[place].lengths) else { continue }
      let pair = places.pairs[place]
      report.transitions.append(
        FlowReport.Transition(
          from: journey.namer.names[pair.from], to: journey.namer.names[pair.to],
          times: transitions[place].lengths.count, customers: transitions[place].customers, median: median))
    }
    report.steps = steps.indices.filter { steps[$0].events > 0 }
      .sorted { left, right in
        steps[left].events != steps[right].events
          ? steps[left].events > steps[right].events : order.rank[left] < order.rank[right]
      }
      .map { number in
        FlowReport.Step(
          name: journey.namer.names[number], events: steps[number].events, starts: steps[number].starts,
          ends: steps[number].ends)
      }
    return report
  }
}
