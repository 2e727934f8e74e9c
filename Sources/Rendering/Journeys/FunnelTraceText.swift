import JourneyQuery
import JourneyTime
import SourceText

extension FunnelTrace {
  /// `why customer`: the outcome, then every event with a sign (✓ taken, ✗ forbids a chain, · passed over) and the reason. No line is
  /// wider than the context's width; reasons wrap. Throws `cancelled` if the context's run is.
  package func text(
    for query: FunnelQuery, asked sentence: String, in context: RenderingContext
  ) throws(ExecutionError) -> PaintedText {
    var lines: [StyledLine] = []
    if !sentence.isEmpty { lines += .sentence(sentence, .dim, width: context.width) }
    lines += .sentence(outcomeSentence(query), .strong, width: context.width)
    lines.append(StyledLine())
    let readings = self.lines.map { ClockReading($0.event.instant, in: context.zone) }
    let precision = min(readings.map(\.precision).max() ?? .day, .second)
    let names = self.lines.map { $0.event.name.withVisibleControls() }
    let nameWidth = min(names.map(\.displayWidth).max() ?? 0, max(12, context.width / 4))
    for (index, line) in self.lines.enumerated() {
      try context.run.check()
      let (sign, ink) = Self.sign(line.verdict, context.glyphs)
      var text = StyledLine(sign + " ", ink)
      text.append(readings[index].text(precision) + "  ", .dim)
      let isTaken = ink == .good
      text.append(
        names[index].fitted(to: nameWidth, ellipsis: context.glyphs.ellipsis).padded(to: nameWidth) + "  ",
        isTaken ? .strong : .normal)
      let reason = Self.reason(line.verdict, query).withVisibleControls()
      lines += Self.attach(reason, to: text, isTaken ? .normal : ink == .bad ? .bad : .dim, context)
    }
    return try lines.painted(in: context)
  }

  /// A row per event: time, event, step it fills (if it does), reason.
  package func answer(to query: FunnelQuery, asked sentence: String) -> Answer {
    let rows = lines.map { line -> [Cell] in
      var step = Cell.missing
      if case .taken(let index) = line.verdict { step = .text(query.label(index)) }
      return [.instant(line.event.instant), .text(line.event.name), step, .text(Self.reason(line.verdict, query))]
    }
    return Answer(
      question: sentence,
      tables: [
        Table(
          title: "events",
          columns: [Table.Column("time"), Table.Column("event"), Table.Column("step"), Table.Column("reason")],
          rows: rows)
      ],
      notes: [outcomeSentence(query)], figures: [Answer.Figure("steps", .integer(depth))])
  }

  private func outcomeSentence(_ query: FunnelQuery) -> String {
    if !isAsked { return "\(customer): left out by 'for'; the journey is listed all the same" }
    return "\(customer): \(outcome.text(query, depth: depth))" + (isUnfinished ? "; there is still time" : "")
  }

  private static func sign(_ verdict: Verdict, _ glyphs: Glyphs) -> (String, Ink) {
    switch verdict {
    case .taken: (glyphs.taken, .good)
    case .excluded(forbids: true): (glyphs.forbidden, .bad)
    case .noStep, .filtered, .passedOver, .excluded(forbids: false): (glyphs.dot, .dim)
    }
  }

  private static func reason(_ verdict: Verdict, _ query: FunnelQuery) -> String {
    switch verdict {
    case .taken(let index): "step \(index + 1): \(query.label(index))"
    case .noStep: "matches no step"
    case .filtered: "dropped by 'where'"
    case .passedOver(let steps, let reason):
      (steps.isEmpty ? "" : steps.map(query.label).joined(separator: ", ") + ": ") + reason.text(query)
    case .excluded(forbids: true): "forbidden by 'without' inside a chain"
    case .excluded(forbids: false): "named by 'without', but inside no chain"
    }
  }

  /// The reason behind the line, wrapped under itself; on lines of its own where too little room is left.
  private static func attach(_ reason: String, to line: StyledLine, _ ink: Ink, _ context: RenderingContext)
    -> [StyledLine]
  {
    let isBeside = context.width - line.width >= 24
    let column = isBeside ? line.width : 4
    var lines = isBeside ? [] : [line.fitted(to: context.width, ellipsis: context.glyphs.ellipsis)]
    for (index, part) in reason.wrapped(to: context.width - column).enumerated() {
      var text = isBeside && index == 0 ? line : StyledLine(String(repeating: " ", count: column))
      text.append(part, ink)
      lines.append(text)
    }
    return lines
  }
}
