import EventStore
import JourneyQuery
import JourneyTime

/// The directly-follows graph from what all threads found.
struct FlowTable {
  private let parts: [FlowTally]
  /// Names by names, parallel to the transitions.
  private(set) var places: CellPlaces
  private(set) var transitions: [FlowTally.Transition] = []
  /// Where each part has its lengths of each transition.
  private var lengthPlaces: [[(part: Int, place: Int)]] = []
  private var steps: [FlowReport.Step] = []
  private let order: NameOrder

  init(_ parts: [FlowTally]) {
    self.parts = parts
    order = NameOrder(parts.first?.names ?? [])
    places = CellPlaces(width: order.names.count)
    steps = parts.first?.names.map { FlowReport.Step(name: $0, events: 0) } ?? []
    for (index, part) in parts.enumerated() {
      let here = places.absorb(part.places)
      while transitions.count < places.count {
        transitions.append(FlowTally.Transition())
        lengthPlaces.append([])
      }
      for (place, found) in part.transitions.enumerated() {
        transitions[here[place]].times += found.times
        transitions[here[place]].customers += found.customers
        transitions[here[place]].below += found.below
        lengthPlaces[here[place]].append((index, place))
      }
      for (number, found) in part.ends.enumerated() {
        steps[number].events += found.starts
        steps[number].starts += found.starts
        steps[number].ends += found.ends
      }
    }
    // An event is the first of its journey or a transition leads to it.
    for (cell, transition) in zip(places.cells, transitions) { steps[cell.second].events += transition.times }
  }

  /// The lengths that were kept of a transition.
  func lengths(_ transition: Int) -> [Int64] {
    lengthPlaces[transition].flatMap { parts[$0.part].lengths[$0.place] }
  }

  /// The transitions to list: the most frequent first, equal ones by `from`, then by `to`.
  func listed(top: Int?) -> ArraySlice<Int> {
    let cells = places.cells
    return transitions.indices.filter { transitions[$0].times > 0 }.sorted { left, right in
      let (one, other) = (transitions[left].times, transitions[right].times)
      guard one == other else { return one > other }
      return (order.rank[cells[left].first], order.rank[cells[left].second])
        < (order.rank[cells[right].first], order.rank[cells[right].second])
    }.prefix(max(0, top ?? .max))
  }

  /// Median length of a transition; nil if it is not among the lengths that were kept.
  func median(_ transition: Int) -> Duration? {
    var lengths = lengths(transition)
    return JourneyEngine.median(of: &lengths, behind: transitions[transition].below, of: transitions[transition].times)
  }

  /// `medians` are parallel to `listed`.
  func report(_ listed: ArraySlice<Int>, _ medians: [Duration], span: ClosedRange<Instant>?) -> FlowReport {
    let taken = transitions.filter { $0.times > 0 }
    var report = FlowReport(
      distinct: taken.count, times: taken.reduce(0) { $0 + $1.times }, customers: parts.reduce(0) { $0 + $1.customers },
      basis: Basis(span: span, people: parts.reduce(0) { $0 + $1.asked }))
    let names = parts.first?.names ?? []
    report.transitions = zip(listed, medians).map { place, median in
      let (from, to) = places.cells[place]
      return FlowReport.Transition(
        from: names[from], to: names[to], times: transitions[place].times, customers: transitions[place].customers,
        median: median)
    }
    report.steps = steps.indices.filter { steps[$0].events > 0 }
      .sorted { left, right in
        steps[left].events != steps[right].events
          ? steps[left].events > steps[right].events : order.rank[left] < order.rank[right]
      }
      .map { steps[$0] }
    return report
  }
}
