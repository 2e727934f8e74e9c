import JourneyModel
import JourneyQuery
import JourneyTime
import Rendering
import SourceText

/// Writes replies in the format of the moment; sentences and help stand as they are in every format.
package struct ReplyWriter {
  private let format: Format
  private let context: RenderingContext

  package init(format: Format, context: RenderingContext) {
    (self.format, self.context) = (format, context)
  }

  /// The text to print, ending with a line feed unless empty.
  package func text(of reply: Reply) -> PaintedText {
    var text = body(of: reply)
    if !text.isEmpty, !text.endsWithNewline { text.append("\n") }
    return text
  }

  /// Sentences are for people wherever they go, so that what a terminal might obey is a sign in them. A terminal would break words;
  /// files and pipes take lines as they are.
  private func filled(_ text: String) -> PaintedText {
    let shown = text.withVisibleControls(keepingLines: true)
    return PaintedText(context.isTerminal ? shown.filled(to: context.width) : shown)
  }

  private func body(of reply: Reply) -> PaintedText {
    switch reply {
    case .silence: return PaintedText()
    case .done(let sentence, let warnings):
      return filled(([sentence] + warnings.map { $0.rendered(in: "", width: context.width) }).joined(separator: "\n"))
    case .text(let text): return filled(text)
    case .answer, .map, .element, .journey, .trace:
      return picture(of: reply) ?? answer(of: reply).map { render($0, as: format, in: context) } ?? PaintedText()
    }
  }

  /// What the format has of its own for a reply that others have as tables.
  private func picture(of reply: Reply) -> PaintedText? {
    switch (reply, format) {
    case (.map(let map, let metrics), .table): MapMatrix(map, metrics: metrics).text(in: context)
    case (.map(let map, let metrics), .svg): PaintedText(MapPicture(map, metrics: metrics).svg)
    case (.map(let map, let metrics), .html): PaintedText(MapPicture(map, metrics: metrics).html)
    case (.element(let reference, let map), .table): ElementCard(reference, on: map)?.text(in: context)
    case (.journey(let journey, let touchpoints), .table): timeline(journey, touchpoints).text(in: context)
    case (.trace(let trace, let funnel, let sentence), .table):
      trace.text(for: funnel, asked: sentence, in: context)
    default: nil
    }
  }

  /// The tables of a reply; nil for a sentence.
  private func answer(of reply: Reply) -> Answer? {
    switch reply {
    case .answer(let answer): answer
    case .map(let map, let metrics): map.listing(of: .touchpoint, metrics: metrics)
    case .element(let reference, let map): ElementCard(reference, on: map)?.answer
    case .journey(let journey, let touchpoints): timeline(journey, touchpoints).answer(asked: "")
    case .trace(let trace, let funnel, let sentence): trace.answer(to: funnel, asked: sentence)
    case .done, .text, .silence: nil
    }
  }

  private func timeline(_ journey: Journey, _ touchpoints: [String: [String]]) -> JourneyTimeline {
    JourneyTimeline(journey) { touchpoints[$0.name]?.joined(separator: ", ") }
  }

  /// How many cells a spreadsheet would take for formulas.
  func formulaCount(in reply: Reply) -> Int {
    answer(of: reply).map { Rendering.formulaCount(in: $0, as: format) } ?? 0
  }
}
