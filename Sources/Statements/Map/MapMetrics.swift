import JourneyModel
import JourneyQuery
import Language
import SourceText

extension Session {
  /// What the active events say of a map; nil where no events are loaded.
  func metrics(of map: JourneyMap) throws(Diagnostic) -> MapMetrics? {
    try attempt(workspace.activeEventsName()) == nil ? nil : metrics(of: map, at: nil)
  }

  /// Reach of every touchpoint that some event realises, and the stages as `funnel stages` counts them.
  func metrics(of map: JourneyMap, at span: Range<Int>?) throws(Diagnostic) -> MapMetrics {
    let executor = try executor(at: span)
    var vocabulary = try vocabulary()
    vocabulary.map = map
    let resolver = Resolver(vocabulary, run)
    let events = Set(vocabulary.events)
    func step(_ element: Element) throws(Diagnostic) -> Step {
      Step(label: element.name, alternatives: try resolver.events(of: element, at: span ?? 0..<0))
    }
    // What no event of the store realises is not measured, which is not the same as nobody being there.
    let touchpoints = try map.all(.touchpoint).map(step).filter { touchpoint in
      touchpoint.alternatives.contains { $0.event.map(events.contains) ?? true }
    }
    let query = MapMetricsQuery(
      touchpoints: touchpoints, stages: try map.all(.stage).map(step), scope: Scope(zone: vocabulary.zone))
    let complete = resolver.complete(query)
    do { return try complete.ask(executor, run) } catch { throw Diagnostic(error, at: span) }
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
