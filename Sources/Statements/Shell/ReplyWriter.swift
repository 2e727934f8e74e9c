import JourneyModel
import JourneyQuery
import JourneyTime
import Rendering
import SourceText

/// Writes replies in the format of the moment; sentences and help stand as they are in every format.
struct ReplyWriter {
  let format: Format
  let context: RenderingContext

  /// The text to print, ending with a line feed unless empty.
  func text(of reply: Reply) -> PaintedText {
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
    case .answer(let answer): return render(answer, as: format, in: context)
    case .map(let map, let metrics): return self.map(map, metrics)
    case .element(let reference, let map):
      guard let card = ElementCard(reference, on: map) else { return PaintedText() }
      return isText ? card.text(in: context) : render(card.answer, as: format, in: context)
    case .journey(let journey, let touchpoints):
      let timeline = JourneyTimeline(journey) { touchpoints[$0.name]?.joined(separator: ", ") }
      return isText ? timeline.text(in: context) : render(timeline.answer(asked: ""), as: format, in: context)
    case .trace(let trace, let funnel, let sentence):
      guard !isText else { return trace.text(for: funnel, asked: sentence, in: context) }
      return render(trace.answer(to: funnel, asked: sentence), as: format, in: context)
    }
  }

  private var isText: Bool { format == .table }

  /// Pictures of a map where the format has one, else its elements as a table.
  private func map(_ map: JourneyMap, _ metrics: MapMetrics?) -> PaintedText {
    switch format {
    case .table: MapMatrix(map, metrics: metrics).text(in: context)
    case .svg: PaintedText(MapPicture(map, metrics: metrics).svg)
    case .html: PaintedText(MapPicture(map, metrics: metrics).html)
    default: render(map.listing(of: .touchpoint, metrics: metrics), as: format, in: context)
    }
  }
}
