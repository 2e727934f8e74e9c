import JourneyStatistics
import Testing

@Suite struct IntervalTests {
  /// Against statsmodels 0.15.0 (`Fixtures/make.py`).
  @Test func known() throws {
    let rows = try Fixture.rows("intervals")
    #expect(Set(rows.map { $0[0] }) == ["nps", "csat", "ces"])
    for row in rows {
      let counts = row[1].split(separator: " ").compactMap { Int($0) }
      let (low, high) = (try #require(Double(row[2])), try #require(Double(row[3])))
      let found: (low: Double, high: Double)
      switch row[0] {
      case "csat":
        let interval = ScoreInterval(counts[0], of: counts[1])
        found = (interval.low, interval.high)
      case "nps":
        let interval = AdjustedWaldInterval(promoters: counts[0], passives: counts[1], detractors: counts[2])
        found = (interval.low, interval.high)
      default:
        let interval = try #require(ofScores(counts))
        found = (interval.low, interval.high)
      }
      #expect(abs(found.low - low) < 1e-9 && abs(found.high - high) < 1e-9, "\(row): \(found)")
    }
  }

  /// Of few who nearly all are promoters, 93 in 100 intervals hold the true score; of the plain interval it would be 65 in 100.
  ///
  /// Ten answers, nine in ten from promoters and one in fifty from detractors, over all that they may be.
  @Test func coverage() {
    let (promoters, detractors, answers) = (0.9, 0.02, 10)
    var held = 0.0
    for up in 0...answers {
      for down in 0...answers - up {
        let interval = AdjustedWaldInterval(promoters: up, passives: answers - up - down, detractors: down)
        guard interval.low <= promoters - detractors, promoters - detractors <= interval.high else { continue }
        var likely = 1.0
        for (index, share) in shares(up, answers - up - down, down, of: [promoters, 0.08, detractors]).enumerated() {
          likely *= share.probability * Double(index + 1) / Double(share.place)
        }
        held += likely
      }
    }
    #expect(abs(held - 0.93) < 0.005)
  }

  @Test func fewValues() {
    #expect(MeanInterval(count: 0, mean: 0, squares: 0) == nil)
    #expect(MeanInterval(count: 1, mean: 3, squares: 0) == nil)
    #expect(MeanInterval(count: 2, mean: 3, squares: 0)?.low == 3)
    let none = AdjustedWaldInterval(promoters: 0, passives: 0, detractors: 0)
    #expect(none.low == -none.high && none.high < 1)
  }

  /// Of how many gave 1, 2 …
  private func ofScores(_ counts: [Int]) -> MeanInterval? {
    let count = counts.reduce(0, +)
    let mean = counts.enumerated().reduce(0) { $0 + Double(($1.offset + 1) * $1.element) } / Double(count)
    let squares = counts.enumerated().reduce(0) { sum, score in
      let deviation = Double(score.offset + 1) - mean
      return sum + Double(score.element) * deviation * deviation
    }
    return MeanInterval(count: count, mean: mean, squares: squares)
  }

  /// The answers one after another: each one's probability, and which of its kind it is, so that their factors are the multinomial's.
  private func shares(_ counts: Int..., of probabilities: [Double]) -> [(probability: Double, place: Int)] {
    zip(counts, probabilities).flatMap { count, probability in (0..<count).map { (probability, $0 + 1) } }
  }
}
