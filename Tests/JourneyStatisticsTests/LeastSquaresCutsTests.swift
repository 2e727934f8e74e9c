import JourneyStatistics
import TestSupport
import Testing

@Suite struct LeastSquaresCutsTests {
  /// Every way to cut, and of those as good as the best the one that comes first.
  @Test(arguments: 0..<4) func `cuts are the best of all`(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    for _ in 0..<500 {
      let values = (0..<Int.random(in: 1...9, using: &random)).map { _ in
        random.one(in: 3) ? Double(Int.random(in: 0...4, using: &random)) / 4 : Double.random(in: 0...1, using: &random)
      }.sorted()
      let groups = Int.random(in: 1...5, using: &random)
      let ways = Self.cuts(0, values.count, min(groups, values.count))
      let sums = ways.map { way in way.reduce(0) { $0 + Self.deviation(values[$1]) } }
      let least = sums.min() ?? 0
      let best = zip(ways, sums).first { $0.1 <= least + 1e-12 }?.0
      #expect(leastSquaresCuts(of: values, into: groups) == best, "\(values) \(groups)")
    }
  }

  @Test func `few values make few groups`() {
    #expect(leastSquaresCuts(of: [], into: 3) == [])
    #expect(leastSquaresCuts(of: [0.5], into: 3) == [0..<1])
    #expect(leastSquaresCuts(of: [1, 2], into: 0) == [])
    #expect(leastSquaresCuts(of: [0, 0.1, 0.9, 1], into: 2) == [0..<2, 2..<4])
  }

  /// In the order of their first cut, then of the second.
  private static func cuts(_ first: Int, _ end: Int, _ groups: Int) -> [[Range<Int>]] {
    if groups == 1 { return [[first..<end]] }
    return (first + 1...end - groups + 1).flatMap { cut in cuts(cut, end, groups - 1).map { [first..<cut] + $0 } }
  }

  private static func deviation(_ values: ArraySlice<Double>) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }
}
