import JourneyStatistics
import TestSupport
import Testing

@Suite struct MultipleTestsTests {
  /// Against statsmodels 0.15.0 (`Fixtures/make_comparisons.py`).
  @Test func known() throws {
    let rows = try Fixture.rows("adjusted").map { $0.map(Fixture.numbers) }
    #expect(rows.count == 6)
    for row in rows {
      for (found, expected) in zip(holmAdjusted(row[0]), row[1]) { #expect(abs(found.p - expected) <= 1e-12) }
      for (found, expected) in zip(benjaminiHochbergAdjusted(row[0]), row[2]) {
        #expect(abs(found - expected) <= 1e-12)
      }
    }
  }

  /// The tests are gone through from the least p: Holm's stand until the first that does not, Benjamini and Hochberg's up to the last that
  /// does. An interval of the level given leaves out 0 where Holm's stands.
  @Test(arguments: 0..<4) func `what stands`(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    for _ in 0..<500 {
      let ps = (0...random.next(12)).map { _ in
        random.one(in: 4) ? Double(random.next(5)) / 100 : Double.random(in: 0...0.2, using: &random)
      }
      let (holm, discovery) = (holmAdjusted(ps), benjaminiHochbergAdjusted(ps))
      let rising = ps.sorted()
      let first = rising.indices.first { rising[$0] * Double(ps.count - $0) >= 0.05 } ?? ps.count
      let last = rising.indices.last { rising[$0] <= 0.05 * Double($0 + 1) / Double(ps.count) }
      for (index, p) in ps.enumerated() {
        #expect((holm[index].p < 0.05) == rising[..<first].contains(p), "\(ps)")
        #expect((discovery[index] <= 0.05 + 1e-15) == (last.map { p <= rising[$0] } ?? false), "\(ps)")
        #expect(
          (p < 1 - holm[index].level - 1e-16) == (holm[index].p < 0.05) || abs(holm[index].p - 0.05) < 1e-12, "\(ps)")
      }
    }
  }

  /// Of eight rates compared at once, an interval of the level given leaves out 0 exactly where Holm's test stands.
  @Test(arguments: 0..<2) func `intervals that are widened`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    var standing = 0
    for _ in 0..<40 {
      let differences = try (0..<8).map { _ in
        ProportionDifference(
          try #require(Proportion(random.next(20), of: 40)), try #require(Proportion(random.next(35), of: 60)))
      }
      for (difference, adjusted) in zip(differences, holmAdjusted(differences.map(\.p))) {
        #expect(difference.interval(level: adjusted.level).contains(0) == (adjusted.p >= 0.05), "\(difference)")
        standing += adjusted.p < 0.05 ? 1 : 0
      }
    }
    #expect((80..<300).contains(standing))
  }

  @Test func levels() {
    #expect(holmAdjusted([0.03]).map(\.p) == [0.03] && holmAdjusted([0.03]).map(\.level) == [0.95])
    let two = holmAdjusted([0.04, 0.01])
    #expect(two.map(\.p) == [0.04, 0.02] && two.map(\.level) == [0.95, 0.975])
    #expect(holmAdjusted([0.8, 0.9]).map(\.p) == [1, 1])
    // Where tests do not stand all intervals are alike, however large p is.
    #expect(holmAdjusted([0.8, 0.9]).map(\.level) == [0.975, 0.975])
    #expect(holmAdjusted([0, 0.5]).map(\.level) == [0.975, 0.975])
    #expect(holmAdjusted([0.001, 0.03, 1, 0.97]).map(\.level) == [0.9875, 0.9875, 0.9875, 0.9875])
  }

  /// What is no p is no test.
  @Test func edges() {
    #expect(holmAdjusted([]).isEmpty && benjaminiHochbergAdjusted([]).isEmpty)
    for other in [Double.nan, -0.1, 1.1, .infinity] {
      #expect(holmAdjusted([other, 0.03])[1] == holmAdjusted([0.03])[0] && holmAdjusted([other, 0.03])[0].p.isNaN)
      #expect(benjaminiHochbergAdjusted([other, 0.03])[1] == 0.03 && benjaminiHochbergAdjusted([other])[0].isNaN)
    }
    #expect(
      holmAdjusted([Double.leastNonzeroMagnitude, 1]).allSatisfy {
        (0...1).contains($0.p) && (0...1).contains($0.level)
      })
  }
}
