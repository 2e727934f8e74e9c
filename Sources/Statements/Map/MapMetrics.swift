import JourneyModel
import JourneyQuery
import Language
import SourceText

extension Session {
  /// What the active events say of a map; nil where no events are loaded.
  func metrics(of map: JourneyMap) throws(Diagnostic) -> MapMetrics? {
    try attempt({ try workspace.activeEventsName() }) == nil ? nil : metrics(of: map, at: nil)
  }

  /// Reach of every touchpoint that some event realises, and the stages as `funnel stages` counts them.
  func metrics(of map: JourneyMap, at span: Range<Int>?) throws(Diagnostic) -> MapMetrics {
    let executor = try executor(at: span)
    var vocabulary = try vocabulary()
    vocabulary.map = map
    let resolver = Resolver(vocabulary, run)
    let events = Set(vocabulary.events)
    let whole = try attempt(at: span) { try executor.count(CountQuery(), run) }.total.figures.customers
    let scope = Scope(zone: vocabulary.zone)
    var touchpoints: [MapMetrics.Reach] = []
    for touchpoint in map.all(.touchpoint) {
      let step = Step(label: touchpoint.name, alternatives: try resolver.events(of: touchpoint, at: span ?? 0..<0))
      // What no event of the store realises is not measured, which is not the same as nobody being there.
      guard step.alternatives.contains(where: { $0.event.map(events.contains) ?? true }) else { continue }
      let report = try attempt(at: span) {
        try executor.count(resolver.complete(CountQuery(step: step, scope: scope)), run)
      }
      touchpoints.append(.init(name: touchpoint.name, customers: report.total.figures.customers))
    }
    return MapMetrics(
      customers: whole, touchpoints: touchpoints, stages: try stages(of: map, resolver, executor, at: span))
  }

  private func stages(
    of map: JourneyMap, _ resolver: Resolver, _ executor: any Executor, at span: Range<Int>?
  ) throws(Diagnostic) -> [MapMetrics.Reach] {
    let stages = map.all(.stage)
    guard !stages.isEmpty else { return [] }
    let path = try resolver.stagePath(at: span ?? 0..<0)
    let query = resolver.complete(FunnelQuery(path: path, scope: Scope(zone: resolver.vocabulary.zone)))
    let report: FunnelReport
    do {
      report = try executor.funnel(query, run)
    } catch ExecutionError.limit {
      return []
    } catch {
      throw Diagnostic(error, at: span)
    }
    return zip(stages, report.total.figures.rows).map { MapMetrics.Reach(name: $0.name, customers: $1.count) }
  }

  /// Touchpoints of the active map that an event of this name realises.
  func touchpoints(realisedBy event: String) throws(Diagnostic) -> [String] {
    try touchpointsByEvent()[event] ?? []
  }

  /// By event name, in map order; empty without a map. Conditions of links are not looked at.
  func touchpointsByEvent() throws(Diagnostic) -> [String: [String]] {
    let resolver = try resolver()
    var names: [String: [String]] = [:]
    for touchpoint in resolver.vocabulary.map?.all(.touchpoint) ?? [] {
      for pattern in try resolver.events(of: touchpoint, at: 0..<0) {
        if let event = pattern.event { names[event, default: []].append(touchpoint.name) }
      }
    }
    return names
  }
}
