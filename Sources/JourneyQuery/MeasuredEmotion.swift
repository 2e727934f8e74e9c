/// What customers said they felt somewhere: the mean score of their answers, each on the scale of an emotion of a map.
public struct MeasuredEmotion: Hashable, Sendable {
  /// −2 … +2.
  public let mean: Double
  public let answers: Int

  /// Fewer answers tell too little to be shown.
  public static let leastAnswers = 5

  /// Of all answers, whichever survey they are of. Nil of too few.
  ///
  /// - Parameter surveys: the answers of each, and the scale they are on.
  public init?(_ surveys: [(answers: ScoreFigures, scale: ScoreScale)]) {
    let answers = surveys.reduce(0) { $0 + $1.answers.answers }
    guard answers >= Self.leastAnswers else { return nil }
    let sum = surveys.reduce(0.0) { sum, survey in
      sum + (survey.answers.emotion(on: survey.scale) ?? 0) * Double(survey.answers.answers)
    }
    (mean, self.answers) = (sum / Double(answers), answers)
  }
}
