import JourneyQuery
import JourneyTime
import SourceText

/// One customer's journey as a timeline: days as headings, gaps said, an event a line.
package struct JourneyTimeline: Sendable {
  private let journey: Journey
  /// Parallel to the journey's events; nil where a touchpoint is not known.
  private let touchpoints: [String?]
  private let gap: Duration
  /// Properties with one and the same value at every event: said once, at the head.
  private let constant: [Journey.Property]

  /// - Parameters:
  ///   - gap: a pause longer than this begins a new session.
  ///   - touchpoint: the touchpoint an event belongs to, by its name on the map.
  package init(_ journey: Journey, gap: Duration = .minutes(30), touchpoint: (Journey.Event) -> String? = { _ in nil })
  {
    self.journey = journey
    self.gap = gap
    touchpoints = journey.events.map(touchpoint)
    var constant: [Journey.Property] = []
    if journey.events.count > 1, let first = journey.events.first {
      constant = first.properties.filter { property in
        journey.events.allSatisfy { $0.properties.contains(property) }
      }
    }
    self.constant = constant
  }

  /// Lines of at most the context's width; long names and property lists are elided. Throws `cancelled` if the context's run is.
  package func text(in context: RenderingContext) throws(ExecutionError) -> PaintedText {
    try context.run.map(head(context) + (try body(context))) {
      $0.fitted(to: context.width, ellipsis: context.glyphs.ellipsis)
    }.painted(in: context)
  }

  /// A row per event: time, event, touchpoint (if any is known), and a column per property, in the order they turn up.
  package func answer(asked sentence: String) -> Answer {
    var names: [String] = []
    var seen: Set<String> = []
    for event in journey.events {
      for property in event.properties where seen.insert(property.name).inserted { names.append(property.name) }
    }
    let hasTouchpoints = touchpoints.contains { $0 != nil }
    let columns =
      [Table.Column("time"), Table.Column("event")]
      + (hasTouchpoints ? [Table.Column("touchpoint", priority: 1)] : [])
      + names.map { Table.Column($0, priority: 2) }
    let rows = zip(journey.events, touchpoints).map { event, touchpoint -> [Cell] in
      let values = Dictionary(
        event.properties.map { ($0.name, $0.value.cell) }, uniquingKeysWith: { first, _ in first })
      return [.instant(event.instant), .text(event.name)]
        + (hasTouchpoints ? [touchpoint.map(Cell.text) ?? .missing] : []) + names.map { values[$0] ?? .missing }
    }
    return Answer(
      question: sentence, tables: [Table(title: "events", columns: columns, rows: rows)],
      figures: [Answer.Figure("events", .integer(journey.events.count))])
  }

  // MARK: lines

  private func head(_ context: RenderingContext) -> [StyledLine] {
    var summary = ": no events"
    if let first = journey.events.first, let last = journey.events.last {
      let sessions = 1 + zip(journey.events, journey.events.dropFirst()).count { isPause($0, $1) }
      let count = journey.events.count
      summary =
        ": \(HumanText.integer(count)) \(count == 1 ? "event" : "events") in \(HumanText.integer(sessions)) "
        + "\(sessions == 1 ? "session" : "sessions"), \((first.instant...max(first.instant, last.instant)).days(in: context.zone))"
    }
    var lines: [StyledLine] = .sentence(journey.customer + summary, .strong, width: context.width)
    if !journey.properties.isEmpty {
      let known = journey.properties.map { "\($0.name) \($0.value.text(in: context.zone))" }.joined(separator: ", ")
      lines += .sentence("known of them: " + known, .dim, width: context.width)
    }
    if !constant.isEmpty {
      let list = constant.map { "\($0.name) \($0.value.text(in: context.zone))" }.joined(separator: ", ")
      lines += .sentence("throughout: " + list, .dim, width: context.width)
    }
    return lines
  }

  private func body(_ context: RenderingContext) throws(ExecutionError) -> [StyledLine] {
    let readings = try context.run.map(journey.events) { ClockReading($0.instant, in: context.zone) }
    let precision = min(readings.map(\.precision).max() ?? .day, .second)
    let shape = Shape(self, clock: precision == .day ? 0 : precision == .minute ? 5 : 8, context)
    var lines: [StyledLine] = []
    for (index, event) in journey.events.enumerated() {
      try context.run.check()
      let reading = readings[index]
      if index == 0 || readings[index - 1].date != reading.date {
        var heading = StyledLine("\(reading.weekday) \(reading.date)", .strong)
        if index > 0 {
          let days = reading.date.daysSince1970 - readings[index - 1].date.daysSince1970
          heading.append(days == 1 ? "  the next day" : "  \(HumanText.integer(days)) days later", .dim)
        }
        lines += [StyledLine(), heading]
      } else if index > 0, isPause(journey.events[index - 1], event) {
        let pause = Self.time(from: journey.events[index - 1], to: event)
        lines.append(StyledLine("  \(HumanText.duration(pause, micro: context.glyphs.micro)) later", .dim))
      }
      lines.append(line(event, touchpoints[index], reading.time(precision), shape, context))
    }
    return lines
  }

  private func line(
    _ event: Journey.Event, _ touchpoint: String?, _ time: String, _ shape: Shape, _ context: RenderingContext
  ) -> StyledLine {
    let ellipsis = context.glyphs.ellipsis
    var line = StyledLine("  ")
    if shape.clock > 0 {
      line.append(time.padded(to: shape.clock), .dim)
      line.append("  ")
    }
    line.append(event.name.withVisibleControls().fitted(to: shape.event, ellipsis: ellipsis).padded(to: shape.event))
    if shape.touchpoint > 0 {
      let name = (touchpoint ?? "").withVisibleControls().fitted(to: shape.touchpoint, ellipsis: ellipsis)
      line.append("  " + name.padded(to: shape.touchpoint), .bar)
    }
    let room = context.width - line.width - 2
    if room >= 8 {
      let properties = event.propertyText(without: Set(constant.map(\.name)), in: context.zone)
      line.append("  " + properties.withVisibleControls().fitted(to: room, ellipsis: ellipsis), .dim)
    }
    return line
  }

  private func isPause(_ one: Journey.Event, _ next: Journey.Event) -> Bool { Self.time(from: one, to: next) > gap }

  /// Held at the longest there is.
  private static func time(from one: Journey.Event, to next: Journey.Event) -> Duration {
    let (length, overflow) = next.instant.microseconds.subtractingReportingOverflow(one.instant.microseconds)
    return Duration(microseconds: overflow ? .max : length)
  }

  /// Widths of the columns; 0 for one that is left out.
  private struct Shape {
    let clock: Int
    let event: Int
    let touchpoint: Int

    init(_ timeline: JourneyTimeline, clock: Int, _ context: RenderingContext) {
      self.clock = clock
      let room = max(1, context.width - 2 - (clock > 0 ? clock + 2 : 0))
      let names = timeline.journey.events.map { $0.name.withVisibleControls().displayWidth }.max() ?? 0
      let touchpoints = timeline.touchpoints.map { ($0 ?? "").withVisibleControls().displayWidth }.max() ?? 0
      event = min(names, room < 40 ? room : max(16, room / 3))
      let left = room - event - 2
      touchpoint = left >= 8 ? min(touchpoints, max(8, left / 2)) : 0
    }
  }
}
