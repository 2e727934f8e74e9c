import JourneyStatistics
import Testing

@Suite struct AutocorrelationTests {
  /// By hand: of 1 2 3 the deviations are −1 0 1; of 1 2 3 4 5 they are −2 … 2, and 2 + 0 + 0 + 2 of 10 is 0.4; taken with (1 + 1.2) / 5 it is 0.84,
  /// which is held to 0.8.
  @Test(arguments: [
    ([1.0, 2, 3], 0.0, 2.0), ([1, 2, 3, 4, 5], 0.4, 9), ([1, 3, 1, 3], -0.75, 1), ([0, 0, 1, 1], 0.25, 5.4),
    ([7, 9], -0.5, 1), ([2, 2, 2, 6, 6, 2, 2, 2], 0.2916666666666667, 3.2197802197802199),
  ])
  func byHand(values: [Double], r: Double, widening: Double) throws {
    for factor in [1, -3, 1e150, 1e300, 1e-300] {
      let scaled = values.map { $0 * factor }
      let found = try #require(lagOneAutocorrelation(scaled))
      #expect(abs(found - r) < 1e-12)
      let widened = try #require(lagOneWidening(of: scaled))
      #expect(abs(widened - widening) < 1e-10)
    }
  }

  @Test func edges() {
    for values in [[], [1], [0.1, 0.1, 0.1], [1, .nan], [.infinity, 1], [1, 2, -.infinity]] as [[Double]] {
      #expect(lagOneAutocorrelation(values) == nil && lagOneWidening(of: values) == nil)
    }
    #expect((lagOneWidening(of: [1.7e308, -1.7e308, 1.7e308, 1.7e308]) ?? 0) >= 1)
    let saw = (0..<1_000).map { Double($0 % 2) }
    #expect(lagOneWidening(of: saw) == 1)
    let rising = (0..<1_000).map(Double.init)
    #expect(abs((lagOneWidening(of: rising) ?? 0) - 9) < 1e-12)
  }
}
