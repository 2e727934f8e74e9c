import JourneyModel
import JourneyQuery
import Rendering
import SourceText

/// What a statement replies: plain data, written by `ReplyWriter` in the format of the moment.
package enum Reply: Sendable {
  /// What was done, lower case, no full stop, one line or a few: `added touchpoint 'Gift wrap' to stage 'Purchase'`.
  case done(String, warnings: [Diagnostic] = [])
  case answer(Answer)
  /// Running text: help, explanations.
  case text(String)
  case map(JourneyMap, MapReading?)
  case element(ElementReference, of: JourneyMap, Measured? = nil)
  /// A timeline, with touchpoint names by event name.
  case journey(Journey, touchpoints: [String: [String]])
  case trace(FunnelTrace, of: FunnelQuery, asked: String)
  /// All of a walk, or one stop of it for whoever takes it step by step.
  case walk(JourneyWalk, stop: Int? = nil)
  /// What a lesson says.
  case lesson(LessonPage)
  /// Nothing to add: what was to be shown is shown.
  case silence

  /// Whether it is shown at once, and never by a pager: the next key goes on from it.
  var isStep: Bool {
    switch self {
    case .walk(_, _?), .lesson: true
    default: false
    }
  }

  /// Whether a document has a place of its own for it.
  var isAsked: Bool {
    switch self {
    case .done, .text, .lesson, .silence: false
    case .answer, .map, .element, .journey, .trace, .walk: true
    }
  }

  /// Whether it only says what was done, or what a lesson says, and is no answer.
  var isRemark: Bool {
    switch self {
    case .done, .lesson: true
    default: false
    }
  }
}
