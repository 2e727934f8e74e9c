import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import TestSupport
import Testing

/// A dropoff by its definition: every unit of a search over all chains, and what lies behind its events.
struct DefinedDropoff {
  let funnel: DefinedFunnel
  let query: DropoffQuery
  private var path: [PathStep] { query.funnel.path.steps }
  private var isAnyOrder: Bool { query.funnel.order == .any }

  var report: DropoffReport {
    let units = funnel.units(during: query.funnel.scope.during)
    let whole = funnel.report
    let steps = path.indices.filter { query.step == nil || $0 == query.step }.compactMap { step($0, units) }
    return DropoffReport(steps: steps, entered: units.count, basis: whole.basis)
  }

  /// Nil for an optional step, and where no required one comes behind.
  private func step(_ index: Int, _ units: [DefinedUnit]) -> DropoffStep? {
    guard isAnyOrder || !path[index].isOptional,
      let next = path.indices.first(where: { $0 > index && (isAnyOrder || !path[$0].isOptional) })
    else { return nil }
    let here = units.filter { reached($0, index) }
    let lost = here.filter { !reached($0, next) }
    let wentOn = here.filter { reached($0, next) }
    return DropoffStep(
      index: index, label: isAnyOrder ? "\(index + 1) of \(path.count)" : path[index].step.label, lost: lost.count,
      wentOn: wentOn.count, unfinished: lost.count(where: \.isUnfinished),
      next: nextEvents(lost.map { event(after: $0, index, next) }, wentOn.map { event(after: $0, index, next) }))
  }

  private func reached(_ unit: DefinedUnit, _ row: Int) -> Bool {
    isAnyOrder ? unit.depth > row : unit.chain.event(at: row) != nil
  }

  /// Name of the event behind the last one the unit took before the step `next`; nil if its window is over.
  private func event(after unit: DefinedUnit, _ index: Int, _ next: Int) -> String? {
    let taken =
      isAnyOrder
      ? Array(unit.chain.events.sorted().prefix(index + 1))
      : zip(unit.chain.steps, unit.chain.events).filter { $0.0 < next }.map(\.1)
    guard let last = taken.max(), last + 1 < unit.journey.count else { return nil }
    let length = unit.journey[last + 1].instant - unit.journey[unit.chain.events[0]].instant
    if let window = query.funnel.window, length > window.microseconds { return nil }
    return unit.journey[last + 1].name
  }

  private func nextEvents(_ lost: [String?], _ wentOn: [String?]) -> [NextEvent] {
    func row(_ name: String?) -> NextEvent {
      NextEvent(name.map { .event($0) } ?? .none, lost: lost.count { $0 == name }, wentOn: wentOn.count { $0 == name })
    }
    func text(_ next: NextEvent) -> String { if case .event(let name) = next.name { name } else { "" } }
    let named = Set((lost + wentOn).compactMap { $0 }).map(row).sorted {
      ($1.lost, $1.wentOn, text($0)) < ($0.lost, $0.wentOn, text($1))
    }
    let rest = named.dropFirst(query.top)
    let other = NextEvent(
      .other, lost: rest.map(\.lost).reduce(0, +), wentOn: rest.map(\.wentOn).reduce(0, +))
    let none = row(nil)
    var events = Array(named.prefix(query.top))
    if !rest.isEmpty { events.append(other) }
    if none.lost + none.wentOn > 0 { events.append(none) }
    return events
  }
}

@Suite struct DropoffTests {
  static let families: [FunnelFamily] = [
    FunnelFamily([], seed: 1), FunnelFamily([.window], seed: 2), FunnelFamily([.optional, .window, .filter], seed: 3),
    FunnelFamily([.anyOrder, .window, .orderColumn], seed: 4),
    FunnelFamily([.entries, .window, .holding, .people], seed: 5),
    FunnelFamily([.sessions, .filter, .window], seed: 6), FunnelFamily([.sessions, .next, .without], seed: 7),
    FunnelFamily([.during, .entryFirst, .limit, .orderColumn], seed: 8),
    FunnelFamily(Set(FunnelClause.allCases), seed: 9), FunnelFamily(Set(FunnelClause.allCases), seed: 10),
  ]

  /// 400 stores for each of 10 families: 4,000.
  @Test(arguments: families) func `what is told is read off the chains of a search over all`(family: FunnelFamily)
    throws
  {
    var random = SeededRandom(seed: family.seed)
    for number in 0..<400 {
      let journeys = RandomJourneys(family.clauses, using: &random)
      var funnel = FunnelQuery.random(family.clauses, using: &random)
      funnel.split = Split()
      let step = random.one(in: 3) ? Int.random(in: 0..<funnel.path.steps.count, using: &random) : nil
      let query = DropoffQuery(funnel: funnel, step: step, top: random.pick([1, 2, 5]))
      let session = journeys.hasSessions ? "visit" : nil
      let defined = DefinedFunnel(rows: journeys.rows, query: funnel, session: session)
      let expected = DefinedDropoff(funnel: defined, query: query).report
      let place = Comment("store \(number): \(journeys.rows) \(query)")
      for engine in try engines(journeys.rows, session: session, using: &random) {
        let report = try engine.dropoff(query, Run())
        try #require(report == expected, place)
        for step in report.steps {
          let row = try engine.funnel(funnel, Run()).total.figures.rows[step.index]
          try #require(row.lost == step.lost && row.count == step.reached, place)
        }
      }
    }
  }

  @Test func `the window opens with the first step, for those lost too`() throws {
    let rows =
      journey("A0 B50 X70") + journey("A0 B10 X20 C30", of: "u2") + journey("A0 B10 X20", of: "u3")
      + journey("A0 Y1", of: "u4")
    var path = funnel("A -> B -> C")
    path.window = .minutes(60)
    let steps = try EmbeddedEngine(rows).dropoff(DropoffQuery(funnel: path), Run()).steps
    #expect(steps.map(\.lost) == [1, 2])
    #expect(
      steps[0].next == [NextEvent(.event("Y"), lost: 1, wentOn: 0), NextEvent(.event("B"), lost: 0, wentOn: 3)])
    #expect(
      steps[1].next == [NextEvent(.event("X"), lost: 1, wentOn: 1), NextEvent(.none, lost: 1, wentOn: 0)])
  }
}
