/// What the scores of a survey are, and what they are boiled down to.
public enum SurveyScale: String, CaseIterable, Hashable, Sendable, Codable {
  /// Would recommend, 0 … 10: the net promoter score.
  case nps
  /// Satisfied, 1 … 5: the share of 4 and 5.
  case csat
  /// Easy, 1 … 7: the mean; 7 is easy.
  case ces

  public var scores: ClosedRange<Int> {
    switch self {
    case .nps: 0...10
    case .csat: 1...5
    case .ces: 1...7
    }
  }
}
