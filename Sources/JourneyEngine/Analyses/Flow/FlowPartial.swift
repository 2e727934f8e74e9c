import EventStore
import JourneyQuery
import JourneyTime

/// The directly-follows graph of a part of the events, or of all.
struct FlowPartial: PartialAnswer {
  private(set) var customers: Int
  private(set) var asked: Int
  /// By the numbers that transitions know them by, the same in every part.
  private let names: [String]
  /// Names by names, parallel to the transitions.
  private(set) var places: CellPlaces
  private(set) var transitions: [FlowTally.Transition] = []
  /// Whether the lengths of a transition were all kept by one bracket; where they were not, its bracket covers those that were used.
  private(set) var isSettled: [Bool] = []
  /// Of each transition the lengths that were kept, in several lists.
  private var kept: [[[Int64]]] = []
  /// By number of the name.
  private var ends: [FlowTally.Ends]

  /// What threads found, in the same brackets.
  init(_ tallies: [FlowTally]) {
    names = tallies.first?.names ?? []
    places = CellPlaces(width: names.count)
    ends = names.map { _ in FlowTally.Ends() }
    (customers, asked) = (0, 0)
    for tally in tallies {
      customers += tally.customers
      asked += tally.asked
      add(tally.places, tally.transitions, tally.lengths.map { [$0] }, tally.ends, settled: { _ in true })
    }
  }

  mutating func absorb(_ other: FlowPartial) {
    customers += other.customers
    asked += other.asked
    add(other.places, other.transitions, other.kept, other.ends) { other.isSettled[$0] }
  }

  private mutating func add(
    _ places: CellPlaces, _ found: [FlowTally.Transition], _ lengths: [[[Int64]]], _ ends: [FlowTally.Ends],
    settled: (Int) -> Bool
  ) {
    let here = self.places.absorb(places)
    for (place, transition) in found.enumerated() {
      if here[place] == transitions.count {
        transitions.append(transition)
        kept.append(lengths[place])
        isSettled.append(settled(place))
      } else {
        merge(transition, lengths[place], isSettled: settled(place), into: here[place])
      }
    }
    for (number, found) in ends.enumerated() {
      self.ends[number].starts += found.starts
      self.ends[number].ends += found.ends
    }
  }

  private mutating func merge(
    _ found: FlowTally.Transition, _ lengths: [[Int64]], isSettled: Bool, into place: Int
  ) {
    // What leads from one person's last event to the next one's first has a place, and is no transition.
    if found.times == 0 { return }
    if transitions[place].times == 0 {
      (transitions[place], kept[place], self.isSettled[place]) = (found, lengths, isSettled)
      return
    }
    transitions[place].times += found.times
    transitions[place].customers += found.customers
    if transitions[place].bracket == found.bracket, isSettled, self.isSettled[place] {
      transitions[place].below += found.below
      kept[place] += lengths
    } else {
      transitions[place].bracket.widen(to: found.bracket)
      (self.isSettled[place], kept[place]) = (false, [])
    }
  }

  /// The lengths that were kept of a transition.
  func lengths(_ transition: Int) -> [Int64] { kept[transition].flatMap(\.self) }

  /// With its names in order, and the transitions to list: the most frequent first, equal ones by `from`, then by `to`.
  func ordered(top: Int?) -> (whole: FlowPartial, order: NameOrder, listed: [Int]) {
    let (cells, order) = (places.cells, NameOrder(names))
    let sorted = transitions.indices.filter { transitions[$0].times > 0 }.sorted { left, right in
      let (one, other) = (transitions[left].times, transitions[right].times)
      guard one == other else { return one > other }
      return (order.rank[cells[left].first], order.rank[cells[left].second])
        < (order.rank[cells[right].first], order.rank[cells[right].second])
    }
    return (self, order, Array(sorted.prefix(max(0, top ?? .max))))
  }

  /// Median length of a transition; nil if it is not among the lengths that were kept.
  func median(_ transition: Int) -> Duration? {
    guard isSettled[transition] else { return nil }
    var lengths = lengths(transition)
    return JourneyEngine.median(of: &lengths, behind: transitions[transition].below, of: transitions[transition].times)
  }

  /// `medians` are by transition.
  func report(
    _ listed: [Int], _ medians: [Int: Duration], _ order: NameOrder, span: ClosedRange<Instant>?
  ) -> FlowReport {
    let taken = transitions.filter { $0.times > 0 }
    return FlowReport(
      transitions: listed.map { place in
        let (from, to) = places.cells[place]
        return FlowReport.Transition(
          from: names[from], to: names[to], times: transitions[place].times, customers: transitions[place].customers,
          median: medians[place] ?? Duration(microseconds: 0))
      }, distinct: taken.count, times: taken.reduce(0) { $0 + $1.times }, steps: steps(order.rank),
      customers: customers,
      basis: Basis(span: span, people: asked))
  }

  private func steps(_ rank: [Int]) -> [FlowReport.Step] {
    // An event is the first of its journey or a transition leads to it.
    var events = ends.map(\.starts)
    for (cell, transition) in zip(places.cells, transitions) { events[cell.second] += transition.times }
    return names.indices.filter { events[$0] > 0 }
      .sorted { left, right in
        events[left] != events[right] ? events[left] > events[right] : rank[left] < rank[right]
      }
      .map { FlowReport.Step(name: names[$0], events: events[$0], starts: ends[$0].starts, ends: ends[$0].ends) }
  }
}
