import JourneyModel
import JourneyQuery
import Language
import Rendering
import SourceText

extension Session {
  /// What the active events say of a map; nil where no events are loaded, and of a map too large to be measured.
  func reading(of map: JourneyMap) throws(Diagnostic) -> MapReading? {
    guard try activeSource != nil else { return nil }
    let resolver = try resolver(of: map)
    let query = try query(of: map, in: resolver, Scope(zone: resolver.vocabulary.zone), at: nil)
    return query.stages.count > MapMetricsQuery.mostStages ? nil : try reading(query, of: map, resolver, at: nil)
  }

  /// The same of the people and dates that the clauses of a statement name.
  func reading(of map: JourneyMap, as parsed: ParsedStatement) throws(Diagnostic) -> MapReading {
    let resolver = try resolver(of: map)
    let written = try resolver.written(parsed)
    let query = try query(of: map, in: resolver, resolver.scope(written), at: parsed.span)
    return try reading(query, of: map, resolver, written.clauses, at: parsed.span)
  }

  /// The same of the people that a persona stands for; of everyone without one.
  func reading(of map: JourneyMap, for persona: NameSyntax?) throws(Diagnostic) -> MapReading {
    let resolver = try resolver(of: map)
    var (scope, clauses) = (Scope(zone: resolver.vocabulary.zone), ClausesSyntax())
    if let persona {
      let people = PeopleSyntax.test(.named(.persona, persona))
      (scope.people, clauses[.for]) = (try resolver.people(people), .people(people))
    }
    return try reading(
      query(of: map, in: resolver, scope, at: persona?.span), of: map, resolver, clauses, at: persona?.span)
  }

  private func reading(
    _ query: MapMetricsQuery, of map: JourneyMap, _ resolver: Resolver, _ clauses: ClausesSyntax = ClausesSyntax(),
    at span: Range<Int>?
  ) throws(Diagnostic) -> MapReading {
    let executor = try executor(at: span)
    let query = resolver.complete(query)
    let metrics = try apart(at: span) { [run = run] () throws(ExecutionError) in try query.ask(executor, run) }
    let aims = ElementKind.measured.flatMap(map.all)
    return MapReading(
      metrics, of: query.scope, people: clauses.people?.canonical(), measures: try measures(of: aims, with: clauses),
      emotions: try emotions(resolver, with: clauses))
  }

  /// Stages and touchpoints that no event of the store realises are not measured.
  private func query(
    of map: JourneyMap, in resolver: Resolver, _ scope: Scope, at span: Range<Int>?
  ) throws(Diagnostic) -> MapMetricsQuery {
    let realised = try RealisedMap(map, in: resolver, at: span ?? 0..<0)
    let place = Dictionary(realised.stages.enumerated().map { ($1.label, $0) }) { first, _ in first }
    let hasValue = resolver.vocabulary.properties.contains { $0.name == ValueQuery.standard && $0.kind == .number }
    return MapMetricsQuery(
      stages: realised.stages,
      touchpoints: realised.touchpoints.compactMap { touchpoint in
        guard let step = touchpoint.step, let stage = place[touchpoint.stage] else { return nil }
        return MapMetricsQuery.Touchpoint(step: step, stage: stage)
      }, value: hasValue ? ValueQuery.standard : nil, scope: scope)
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
