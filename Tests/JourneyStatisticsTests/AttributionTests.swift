import JourneyStatistics
import TestSupport
import Testing

@Suite struct AttributionTests {
  /// Each value is removed in turn, and the chain of the rest followed step by step until nearly nobody is on the way.
  @Test(arguments: 0..<4) func `removal effects, value by value`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    for _ in 0..<100 {
      let count = 1 + random.next(6)
      let paths = Self.some(&random, values: count)
      let attribution = try #require(MarkovAttribution(paths, values: count))
      let all = Self.converting(paths, without: nil, values: count)
      for value in 0..<count {
        let effect = all == 0 ? 0 : 1 - Self.converting(paths, without: value, values: count) / all
        #expect(abs(attribution.removalEffects[value] - effect) < 1e-9, "\(paths)")
      }
      expectWhole(attribution.credits, of: paths)
    }
  }

  /// By all orders in which the values may come together.
  @Test(arguments: 0..<4) func `Shapley, order by order`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    for _ in 0..<15 {
      let count = 1 + random.next(6)
      let paths = Self.some(&random, values: count)
      let credits = try #require(shapleyCredits(paths, values: count))
      let orders = Self.orders(Array(0..<count))
      for value in 0..<count {
        let sum = orders.reduce(0.0) { sum, order in
          let before = Set(order.prefix { $0 != value })
          return sum + Self.worth(before.union([value]), paths) - Self.worth(before, paths)
        }
        #expect(abs(credits[value] - sum / Double(orders.count)) < 1e-9, "\(paths)")
      }
      expectWhole(credits, of: paths)
    }
  }

  /// By all coalitions of twelve: |S|! (n − |S| − 1)! / n! (v(S ∪ i) − v(S)).
  @Test func `Shapley, coalition by coalition`() throws {
    var random = SeededRandom(seed: 12)
    let (count, paths) = (12, Self.some(&random, values: 12, paths: 20))
    let worths = (0..<1 << count).map { set in Self.worth(Set((0..<count).filter { set >> $0 & 1 == 1 }), paths) }
    let factorials = (1...count).reduce(into: [1.0]) { $0.append($0[$0.count - 1] * Double($1)) }
    let credits = try #require(shapleyCredits(paths, values: count))
    for value in 0..<count {
      let credit = worths.indices.filter { $0 >> value & 1 == 0 }.reduce(0.0) { sum, set in
        let weight = factorials[set.nonzeroBitCount] * factorials[count - set.nonzeroBitCount - 1] / factorials[count]
        return sum + weight * (worths[set | 1 << value] - worths[set])
      }
      #expect(abs(credits[value] - credit) < 1e-9)
    }
  }

  /// Two of three ways through a convert, one of two through b; half of those through a come to b.
  @Test func byHand() throws {
    let paths = [
      AttributionPath([0], converted: 1, lost: 0), AttributionPath([0, 1], converted: 1, lost: 1),
      AttributionPath([], converted: 50, lost: 9),
    ]
    let attribution = try #require(MarkovAttribution(paths, values: 3))
    #expect(zip(attribution.removalEffects, [1, 0.5, 0]).allSatisfy { abs($0 - $1) < 1e-15 })
    #expect(zip(attribution.credits, [4.0 / 3, 2.0 / 3, 0]).allSatisfy { abs($0 - $1) < 1e-15 })
    #expect(shapleyCredits(paths, values: 3) == [1.5, 0.5, 0])
  }

  /// A long chain, and one that goes around many times before it ends.
  @Test func many() throws {
    let long = [AttributionPath(Array(0..<120), converted: 3, lost: 4)]
    let chain = try #require(MarkovAttribution(long, values: 120))
    #expect(chain.credits.allSatisfy { abs($0 - 3.0 / 120) < 1e-12 })
    let around = [
      AttributionPath((0..<9_999).map { $0 % 3 }, converted: 1, lost: 1), AttributionPath([3], converted: 1),
    ]
    let credits = try #require(MarkovAttribution(around, values: 4)).credits
    #expect(credits.allSatisfy { abs($0 - 0.5) < 1e-9 })
  }

  @Test func edges() throws {
    for bad in [
      AttributionPath([0], converted: -1), AttributionPath([0], converted: .nan), AttributionPath([2], converted: 1),
      AttributionPath([-1], converted: 1), AttributionPath([0], converted: 1, lost: .infinity),
    ] {
      #expect(MarkovAttribution([bad], values: 2) == nil)
    }
    for bad in [
      AttributionPath([0], converted: .nan), AttributionPath([2], converted: 1), AttributionPath([-1], converted: 1),
    ] {
      #expect(shapleyCredits([bad], values: 2) == nil)
    }
    #expect(shapleyCredits([AttributionPath([0, 1], converted: -3)], values: 2) == [-1.5, -1.5])
    let vast = [AttributionPath([0], converted: 1.7e308), AttributionPath([1], converted: 1.7e308)]
    #expect(MarkovAttribution(vast, values: 2) == nil && shapleyCredits(vast, values: 2) == nil)
    #expect(MarkovAttribution([], values: -1) == nil && MarkovAttribution([], values: .max) == nil)
    #expect(shapleyCredits([], values: -1) == nil && shapleyCredits([], values: 0) == [])
    #expect(MarkovAttribution([], values: 0)?.credits == [])
    let lost = [AttributionPath([0, 1], converted: 0, lost: 4), AttributionPath([1], converted: 0)]
    #expect(MarkovAttribution(lost, values: 2)?.credits == [0, 0])
    let counted = [AttributionPath([0, 1], converted: 1e9, lost: 1e9)]
    #expect(MarkovAttribution(counted, values: 2)?.credits == [5e8, 5e8])
  }

  private func expectWhole(_ credits: [Double], of paths: [AttributionPath]) {
    let conversions = paths.reduce(0) { $0 + ($1.values.isEmpty ? 0 : $1.converted) }
    #expect(abs(credits.reduce(0, +) - conversions) <= 1e-9 * max(1, conversions))
  }

  private static func some(_ random: inout SeededRandom, values: Int, paths: Int = 8) -> [AttributionPath] {
    (0..<1 + random.next(paths)).map { _ in
      AttributionPath(
        (0..<random.next(6)).map { _ in random.next(values) }, converted: Double(random.next(4)),
        lost: Double(random.next(4)))
    }
  }

  /// How likely a way converts that begins at a value as often as the paths do; who comes to what is removed is lost.
  private static func converting(_ paths: [AttributionPath], without removed: Int?, values: Int) -> Double {
    let paths = paths.filter { !$0.values.isEmpty }
    func weight(_ path: AttributionPath) -> Double { path.converted + path.lost }
    var present = [Double](repeating: 0, count: values)
    let all = paths.reduce(0) { $0 + weight($1) }
    guard all > 0 else { return 0 }
    for path in paths { present[path.values[0]] += weight(path) / all }
    var converted = 0.0
    for _ in 0..<5_000 {
      if let removed { present[removed] = 0 }
      var next = [Double](repeating: 0, count: values)
      for value in 0..<values where present[value] > 0 {
        let leaving = paths.reduce(0) { sum, path in sum + weight(path) * Double(path.values.count { $0 == value }) }
        for path in paths {
          for (place, at) in path.values.enumerated() where at == value {
            if place + 1 < path.values.count {
              next[path.values[place + 1]] += present[value] * weight(path) / leaving
            } else {
              converted += present[value] * path.converted / leaving
            }
          }
        }
      }
      present = next
      if present.allSatisfy({ $0 < 1e-13 }) { break }
    }
    return converted
  }

  private static func worth(_ coalition: Set<Int>, _ paths: [AttributionPath]) -> Double {
    paths.reduce(0) { $0 + (!$1.values.isEmpty && coalition.isSuperset(of: $1.values) ? $1.converted : 0) }
  }

  private static func orders(_ values: [Int]) -> [[Int]] {
    values.isEmpty ? [[]] : values.flatMap { first in orders(values.filter { $0 != first }).map { [first] + $0 } }
  }
}
