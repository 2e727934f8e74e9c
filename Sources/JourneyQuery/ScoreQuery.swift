/// What answers are scored on.
public enum ScoreScale: String, CaseIterable, Hashable, Sendable, Codable {
  /// How likely somebody is to recommend, 0 to 10: the net promoter score.
  case nps
  /// How satisfied, 1 to 5.
  case csat
  /// How easy it was, 1 to 7, of which 7 is easy: the customer effort score.
  case ces

  /// Whole scores from the worst to the best.
  public var scores: ClosedRange<Int> {
    switch self {
    case .nps: 0...10
    case .csat: 1...5
    case .ces: 1...7
    }
  }
}

/// `nps`, `csat`, `ces`: how answers of a survey score. Answers are counted, each by itself, and not who gave them: one by nobody who is named
/// counts where no people are asked for, and is of no group of people. `during` bounds all answers; groups and calendar units are read at
/// each answer.
public struct ScoreQuery: Query {
  public var scale: ScoreScale
  /// The number property that holds the score, by its exact name; what is no whole score of the scale is no answer.
  public var property: String
  public var scope: Scope
  public var split: Split

  public init(_ scale: ScoreScale, property: String = "score", scope: Scope = Scope(), split: Split = Split()) {
    (self.scale, self.property) = (scale, property)
    (self.scope, self.split) = (scope, split)
  }

  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> ScoreReport {
    try executor.score(self, run)
  }
}

/// How many answers have which score; everything else follows.
public struct ScoreFigures: Hashable, Sendable, Codable {
  /// By score from 0 to 10; 0 where the scale has no such score.
  public var counts: [Int]

  public init(counts: [Int] = Array(repeating: 0, count: 11)) {
    self.counts = counts
  }

  public var answers: Int { counts.reduce(0, +) }
  /// Of an NPS: 9 and 10.
  public var promoters: Int { count(9...10) }
  /// Of an NPS: 7 and 8.
  public var passives: Int { count(7...8) }
  /// Of an NPS: 0 to 6.
  public var detractors: Int { count(0...6) }
  /// Of a CSAT: 4 and 5.
  public var satisfied: Int { count(4...5) }

  private func count(_ scores: ClosedRange<Int>) -> Int {
    scores.reduce(0) { $0 + (counts.indices.contains($1) ? counts[$1] : 0) }
  }

  /// The mean score; nil without answers.
  public var mean: Double? {
    let sum = counts.enumerated().reduce(0) { $0 + $1.offset * $1.element }
    return answers > 0 ? Double(sum) / Double(answers) : nil
  }

  /// The sum of the squared deviations from the mean; 0 without answers.
  public var squares: Double {
    guard let mean else { return 0 }
    return counts.enumerated().reduce(0) { sum, score in
      let deviation = Double(score.offset) - mean
      return sum + Double(score.element) * deviation * deviation
    }
  }

  /// How the answers score: of an NPS promoters less detractors, in points of a hundred, −100 … 100; of a CSAT the share of satisfied, 0 … 1;
  /// of a CES the mean. Nil without answers.
  public func score(on scale: ScoreScale) -> Double? {
    guard answers > 0 else { return nil }
    switch scale {
    case .nps: return Double(100 * (promoters - detractors)) / Double(answers)
    case .csat: return Double(satisfied) / Double(answers)
    case .ces: return mean
    }
  }

  /// The mean score as an emotion of a map: the worst score of the scale is −2, the best +2, and what lies between as far between. Nil
  /// without answers.
  public func emotion(on scale: ScoreScale) -> Double? {
    let (worst, best) = (Double(scale.scores.lowerBound), Double(scale.scores.upperBound))
    return mean.map { ($0 - worst) / (best - worst) * 4 - 2 }
  }
}

/// Groups are sorted by answers.
public typealias ScoreReport = Cut<ScoreFigures>
