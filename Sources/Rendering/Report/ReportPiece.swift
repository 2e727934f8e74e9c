/// What a report consists of, in its order. Headings are told apart from the rest, as their levels follow from all of them.
enum ReportPiece: Hashable, Sendable {
  /// A line or more.
  case markup(String)
  case heading(Heading)

  struct Heading: Hashable, Sendable {
    /// 1 … 6, as written.
    var level: Int
    /// What stands in the element.
    var markup: String
    /// The same without marks.
    var words: String
    /// Of the prose, and not of an answer.
    var isProse: Bool
  }
}
