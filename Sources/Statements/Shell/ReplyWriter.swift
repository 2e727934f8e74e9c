import JourneyModel
import JourneyQuery
import Rendering

/// Writes replies in the format of the moment. What has no shape in a format (a sentence in CSV) is not written there.
package struct ReplyWriter {
  package var format: Format
  package var context: RenderingContext
  /// Touchpoint names by event, for timelines.
  package var touchpoints: [String: [String]] = [:]

  package init(format: Format, context: RenderingContext) {
    self.format = format
    self.context = context
  }

  /// The text to print, ending with a line feed unless empty.
  package func text(of reply: Reply) -> String {
    let text = body(of: reply)
    return text.isEmpty || text.hasSuffix("\n") ? text : text + "\n"
  }
}
