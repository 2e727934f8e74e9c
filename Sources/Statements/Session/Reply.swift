import JourneyModel
import JourneyQuery

/// What a statement replies: plain data, written by `ReplyWriter` in the format of the moment.
package enum Reply: Sendable {
  /// One sentence, lower case, no full stop: `added touchpoint "Gift wrap" to Purchase`.
  case done(String)
  case answer(Answer)
  /// Running text: help, explanations.
  case text(String)
  case map(JourneyMap, MapMetrics?)
  case element(Element, of: JourneyMap)
  case journey(Journey)
  case trace(FunnelTrace)
  /// Replies of the statements of a script, in order.
  case several([Reply])
}
