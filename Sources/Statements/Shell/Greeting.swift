import JourneyTime
import SourceText

extension Shell {
  /// The first screen of a prompt, five lines for 80 columns: what there is, and what to type next.
  package func greeting() -> String {
    let workspace = session.workspace
    let map = try? workspace.activeMapName().map(workspace.map)
    let store = try? workspace.activeEventsName().flatMap { name in
      try workspace.storedEvents().first { $0.name == name }
    }
    let place =
      workspace.path.map { "'\(session.files.written($0))'" + (workspace.isReadOnly ? ", for reading only" : "") }
      ?? "in memory"
    guard map != nil || store != nil else {
      return """
        waymark, workspace \(place): empty yet
          load sample shop          20,000 journeys to try; .tour shows you around
          load events "FILE.csv"    journeys of your own
          new map NAME              a map of your own, or: from template retail
          help                      all else; Tab completes, Ctrl-C stops, Ctrl-D leaves

        """
    }
    let mapLine = map.map { "\($0.name), \($0.all(.stage).count) stages, \($0.all(.touchpoint).count) touchpoints" }
    let storeLine = store.map {
      "\($0.name), \($0.customers.grouped) customers, \($0.events.grouped) events\(dates(of: $0.span))"
    }
    return """
      waymark, workspace \(place)
        map: \(mapLine ?? "none yet: new map NAME")
        events: \(storeLine ?? "none yet: load events \"FILE.csv\"")
        try: \(map == nil ? "describe, paths, count per week" : store == nil ? "show map" : "show map, funnel stages, paths")
        help for all else, .tour to be shown around; Tab completes, Ctrl-D leaves

      """
  }

  private func dates(of span: ClosedRange<Instant>?) -> String {
    guard let span else { return "" }
    return ", \(date(of: span.lowerBound)) to \(date(of: span.upperBound))"
  }

  private func date(of instant: Instant) -> Substring {
    let (local, isBeyondTime) = instant.microseconds.addingReportingOverflow(session.zone.offset(at: instant))
    return (isBeyondTime ? instant : Instant(microseconds: local)).iso.prefix(10)
  }
}
