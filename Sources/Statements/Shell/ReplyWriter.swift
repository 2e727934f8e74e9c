import JourneyModel
import JourneyQuery
import JourneyTime
import Rendering
import SourceText

/// Writes replies in the format of the moment; sentences and help stand as they are in every format.
package struct ReplyWriter {
  let format: Format
  private let context: RenderingContext

  /// As many as anybody reads.
  private static let mostWarnings = 20

  package init(format: Format, context: RenderingContext) {
    (self.format, self.context) = (format, context)
  }

  /// The text to print, ending with a line feed unless empty. Throws `cancelled` if the context's run is.
  package func text(of reply: Reply) throws(ExecutionError) -> PaintedText {
    var text = try body(of: reply)
    if !text.isEmpty, !text.endsWithNewline { text.append("\n") }
    return text
  }

  /// Sentences are for people wherever they go, so that what a terminal might obey is a sign in them. A terminal would break words;
  /// files and pipes take lines as they are.
  private func filled(_ text: String) -> PaintedText {
    let shown = text.withVisibleControls(keepingLines: true)
    return PaintedText(context.isTerminal ? shown.filled(to: context.width) : shown)
  }

  private func body(of reply: Reply) throws(ExecutionError) -> PaintedText {
    switch reply {
    case .silence: return PaintedText()
    case .done(let sentence, let warnings):
      var lines = [sentence] + warnings.prefix(Self.mostWarnings).map { $0.rendered(in: "", width: context.width) }
      if warnings.count > Self.mostWarnings {
        lines.append("and \((warnings.count - Self.mostWarnings).grouped) more like these")
      }
      return filled(lines.joined(separator: "\n"))
    case .text(let text): return filled(text)
    case .lesson(let page): return try page.text(in: context)
    case .answer, .map, .element, .journey, .trace, .walk:
      if let picture = try picture(of: reply) { return picture }
      guard let answer = answer(of: reply) else { return PaintedText() }
      return try render(answer, as: format, in: context)
    }
  }

  /// What the format has of its own for a reply that others have as tables.
  private func picture(of reply: Reply) throws(ExecutionError) -> PaintedText? {
    switch (reply, format) {
    case (.map(let map, let reading), .table): try MapMatrix(map, reading: reading).text(in: context)
    case (.map(let map, let reading), .svg): PaintedText(try MapPicture(map, reading: reading, context.run).svg)
    case (.map(let map, let reading), .html): PaintedText(try MapPicture(map, reading: reading, context.run).html)
    case (.element(let reference, let map, let measured), .table):
      try ElementCard(reference, on: map, measured)?.text(in: context)
    case (.journey(let journey, let touchpoints), .table): try timeline(journey, touchpoints).text(in: context)
    case (.trace(let trace, let funnel, let sentence), .table):
      try trace.text(for: funnel, asked: sentence, in: context)
    case (.walk(let walk, let stop), .table): try text(of: walk, stop)
    case (.walk(let walk, _), .markdown): PaintedText(walk.markdown)
    case (.walk(let walk, _), .html): PaintedText(walk.html)
    default: nil
    }
  }

  private func text(of walk: JourneyWalk, _ stop: Int?) throws(ExecutionError) -> PaintedText {
    guard let stop else { return try walk.text(in: context) }
    var text = PaintedText()
    if stop == 0 {
      text.append(try walk.opening(in: context))
      text.append("\n")
    }
    text.append(try walk.text(of: stop, in: context))
    return text
  }

  /// The tables of a reply; nil for a sentence.
  func answer(of reply: Reply) -> Answer? {
    switch reply {
    case .answer(let answer): answer
    case .map(let map, let reading): reading.map(map.measured) ?? map.listing(of: .touchpoint)
    case .element(let reference, let map, let measured): ElementCard(reference, on: map, measured)?.answer
    case .journey(let journey, let touchpoints): timeline(journey, touchpoints).answer(asked: "")
    case .trace(let trace, let funnel, let sentence): trace.answer(to: funnel, asked: sentence)
    case .walk(let walk, _): walk.answer
    case .done, .text, .lesson, .silence: nil
    }
  }

  private func timeline(_ journey: Journey, _ touchpoints: [String: [String]]) -> JourneyTimeline {
    JourneyTimeline(journey) { touchpoints[$0.name]?.joined(separator: ", ") }
  }

  /// How many cells a spreadsheet would take for formulas.
  func formulaCount(in reply: Reply) throws(ExecutionError) -> Int {
    guard let answer = answer(of: reply) else { return 0 }
    return try Rendering.formulaCount(in: answer, as: format, context.run)
  }
}
