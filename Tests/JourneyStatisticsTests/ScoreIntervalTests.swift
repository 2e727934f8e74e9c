import JourneyStatistics
import Testing

@Suite struct ScoreIntervalTests {
  /// Against scipy 1.17.1, `binomtest(count, whole).proportion_ci(0.95, method="wilson")`.
  @Test(arguments: [
    (0, 10, 0.0, 0.27753279986288926),
    (1, 1, 0.20654931437723745, 1.0),
    (10, 100, 0.05522913706067508, 0.17436566150491345),
    (3, 29, 0.03581489135067706, 0.263850810907738),
    (598, 12_430, 0.044484996514468696, 0.05201305381007635),
    (29, 30, 0.8332960900859083, 0.9940914096183875),
    (999_999, 1_000_000, 0.9999943350881957, 0.9999998234754233),
  ])
  func known(count: Int, whole: Int, low: Double, high: Double) {
    let interval = ScoreInterval(count, of: whole)
    #expect(abs(interval.low - low) < 1e-12 && abs(interval.high - high) < 1e-12)
  }

  /// The ends are where the score test just holds the rate seen against them: |p − e| = z √(e (1 − e) / n).
  @Test func definition() {
    for whole in [1, 2, 7, 30, 1_000, 1_000_000] {
      for count in Set([0, 1, whole / 3, whole - 1, whole]) where (0...whole).contains(count) {
        let (interval, share) = (ScoreInterval(count, of: whole), Double(count) / Double(whole))
        #expect(interval.low <= share && share <= interval.high)
        for end in [interval.low, interval.high] where end > 0 && end < 1 {
          let distance = 1.959963984540054 * (end * (1 - end) / Double(whole)).squareRoot()
          #expect(abs(abs(share - end) - distance) < 1e-9)
        }
      }
    }
  }
}
