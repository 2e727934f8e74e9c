import JourneyTime
import SourceText

extension Shell {
  /// The first screen of a prompt, five lines for 80 columns: what there is, and what to type next.
  package func greeting() -> String {
    let workspace = session.workspace
    let map = Result { try workspace.activeMapName().map(workspace.map) }
    let store = Result {
      try workspace.activeEventsName().flatMap { name in try workspace.storedEvents().first { $0.name == name } }
    }
    let place = session.writtenPlace + (workspace.isReadOnly ? ", for reading only" : "")
    let (hasMap, hasStore) = ((try? map.get()) != nil, (try? store.get()) != nil)
    guard hasMap || hasStore || map.isFailure || store.isFailure else {
      return """
        waymark, workspace \(place): empty yet
          lesson 1                  learn journey mapping, ten minutes a lesson
          load sample shop          20,000 journeys to try; .tour shows you around
          load events "FILE.csv"    journeys of your own; new map NAME for a map
          help, help recipes        all else; Tab completes, Ctrl-C stops, Ctrl-D leaves

        """
    }
    let mapLine = line(of: map, without: "new map NAME", why: "show map") {
      "\($0.name), \($0.all(.stage).count) stages, \($0.all(.touchpoint).count) touchpoints"
    }
    let storeLine = line(of: store, without: "load events \"FILE.csv\"", why: "show events") {
      "\($0.name), \($0.customers.grouped) customers, \($0.events.grouped) events\(dates(of: $0.span))"
    }
    return """
      waymark, workspace \(place)
        map: \(mapLine)
        events: \(storeLine)
        try: \(!hasMap ? "describe, paths, count per week" : !hasStore ? "show map" : "show map, funnel stages, paths")
        lesson 1 teaches, .tour shows around, help has all else; Tab completes, Ctrl-D leaves

      """
  }

  /// What there is in words, or how to begin one, or which statement says why it cannot be read.
  private func line<Value>(
    of found: Result<Value?, any Error>, without beginning: String, why statement: String, _ words: (Value) -> String
  ) -> String {
    switch found {
    case .success(let value): value.map(words) ?? "none yet: \(beginning)"
    case .failure: "cannot be read: \(statement) says why"
    }
  }

  private func dates(of span: ClosedRange<Instant>?) -> String {
    guard let span, let zone = try? session.zone else { return "" }
    return ", \(date(of: span.lowerBound, in: zone)) to \(date(of: span.upperBound, in: zone))"
  }

  private func date(of instant: Instant, in zone: Zone) -> Substring {
    let (local, isBeyondTime) = instant.microseconds.addingReportingOverflow(zone.offset(at: instant))
    return (isBeyondTime ? instant : Instant(microseconds: local)).iso.prefix(10)
  }
}

extension Result {
  fileprivate var isFailure: Bool {
    if case .failure = self { true } else { false }
  }
}
