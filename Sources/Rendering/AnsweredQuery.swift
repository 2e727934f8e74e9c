import JourneyQuery

/// A query whose report has an answer to show.
package protocol AnsweredQuery: Query {
  /// Without the sentence of the question, which is known to whoever asked.
  func answer(_ report: Report) -> Answer
}
