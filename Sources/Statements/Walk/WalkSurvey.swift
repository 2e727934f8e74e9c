import JourneyModel
import JourneyQuery
import Language
import Rendering
import SourceText

/// What the events say of a walk: of everyone on the map at once, of each touchpoint when somebody comes to it.
struct WalkSurvey {
  private(set) var walk: JourneyWalk
  private let remarks: [String]
  private let resolver: Resolver
  private let scope: Scope
  /// Nil where there is nothing to count.
  private let reading: MapReading?
  private let realised: RealisedMap
  /// Names of touchpoints by the event that realises them.
  private let touchpoints: [String: [String]]
  private let span: Range<Int>

  /// What the others did next: so many are told apart.
  private static let top = 3

  /// - Parameter span: what is to blame for a persona that cannot be read, or for events.
  init(of map: JourneyMap, as name: NameSyntax?, in session: Session, at span: Range<Int>) throws(Diagnostic) {
    let persona = try name.map { (name) throws(Diagnostic) in
      try Diagnostic.locating(at: name.span, map.known(ElementReference(.persona, name.text)))
    }
    (resolver, self.span) = (try session.resolver(of: map), span)
    let named = persona?.meaning == nil ? nil : name
    let hasEvents = try session.activeSource != nil
    let isCounted = hasEvents && map.all(.stage).count <= MapMetricsQuery.mostStages
    var scope = Scope(zone: resolver.vocabulary.zone)
    var reading: MapReading?
    if isCounted {
      if let named { scope.people = try resolver.people(.test(.named(.persona, named))) }
      reading = try session.reading(of: map, for: named)
    }
    (self.scope, self.reading) = (scope, reading)
    realised = try RealisedMap(map, in: resolver, at: span)
    touchpoints = reading == nil ? [:] : try session.touchpointsByEvent()
    remarks =
      if let reading {
        [reading.sentence]
          + (persona != nil && named == nil
            ? ["persona '\(persona?.name ?? "")' does not say who belongs to it: everyone is counted"] : [])
      } else if hasEvents {
        ["more than \(MapMetricsQuery.mostStages) stages: nothing is counted"]
      } else {
        ["no events are loaded: nothing is counted"]
      }
    walk = JourneyWalk(
      map, as: persona, measures: reading?.measures ?? [:], emotions: reading?.emotions ?? [:], remarks: remarks)
  }

  /// The same where nothing that is counted has changed on the map.
  func on(_ map: JourneyMap) -> WalkSurvey {
    var survey = self
    let persona = walk.persona.flatMap { map.element($0.reference) }
    survey.walk = JourneyWalk(
      map, as: persona, measures: reading?.measures ?? [:], emotions: reading?.emotions ?? [:], remarks: remarks)
    return survey
  }

  /// Nil for a stage, and without events.
  func figures(of place: Element, in session: Session) throws(Diagnostic) -> WalkFigures? {
    guard let reading, place.kind == .touchpoint else { return nil }
    let onMap = reading.metrics.onMap
    guard let here = realised.touchpoints.first(where: { $0.element.name == place.name }), let step = here.step,
      let stage = realised.stages.firstIndex(where: { $0.label == here.stage })
    else { return WalkFigures(onMap: onMap, came: nil) }
    let later = realised.stages[(stage + 1)...].flatMap(\.alternatives)
    guard !later.isEmpty else {
      return WalkFigures(onMap: onMap, came: reading.metrics.touchpoints.first { $0.name == place.name }?.seen)
    }
    let path = Path([PathStep(step), PathStep(Step(label: "a later stage", alternatives: later))])
    let query = resolver.complete(
      DropoffQuery(funnel: FunnelQuery(path: path, window: nil, scope: scope), step: 0, top: Self.top))
    let executor = try session.executor(at: span)
    let report = try session.apart(at: span) { [run = session.run] () throws(ExecutionError) in
      try query.ask(executor, run)
    }
    guard let row = report.steps.first else { return nil }
    let instead = row.next.filter { $0.lost > 0 }.map { (next: next($0.name), customers: $0.lost) }
      .sorted { ($0.next == .other ? 0 : $0.customers) > ($1.next == .other ? 0 : $1.customers) }
    return WalkFigures(onMap: onMap, came: row.reached, wentOn: row.wentOn, instead: instead)
  }

  /// Called by the map's word where there is one.
  private func next(_ name: NextEvent.Name) -> WalkFigures.Next {
    switch name {
    case .event(let event):
      touchpoints[event].flatMap { $0.count == 1 ? $0.first : nil }.map { .place($0) } ?? .place(event)
    case .other: .other
    case .none: .nothing
    }
  }
}

extension Session {
  /// All of a walk through the active map.
  func walk(as persona: NameSyntax?, at span: Range<Int>) throws(Diagnostic) -> JourneyWalk {
    let survey = try WalkSurvey(of: activeMap(at: span), as: persona, in: self, at: span)
    var walk = survey.walk
    for (index, stop) in walk.stops.enumerated() { walk.measure(index, try survey.figures(of: stop.place, in: self)) }
    return walk
  }
}
