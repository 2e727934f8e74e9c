import JourneyStatistics
import TestSupport
import Testing

/// Before and after, by its definition: every start is tried, and every side is written out.
@Suite struct SeriesShiftTests {
  @Test func `sides, placebos and verdict are those of the definition`() {
    var random = SeededRandom(seed: 11)
    var verdicts: [SeriesShift.Verdict: Int] = [:]
    for _ in 0..<3_000 {
      let (history, future) = (Int.random(in: 0...60, using: &random), Int.random(in: 0...12, using: &random))
      let isWithin = Bool.random(using: &random)
      let step = Double.random(in: -0.3...0.3, using: &random)
      // Rates of few, so that many are the same.
      func value(_ shift: Double) -> Double {
        (Double(Int.random(in: 0...20, using: &random)) / 40 + 0.25 + shift * 2).rounded() / 2 + shift
      }
      let (before, after) = ((0..<history).map { _ in value(0) }, (0..<future).map { _ in value(step) })
      let found = SeriesShift(before: before, after: after, isWithin: isWithin)
      let expected = Definition(before: before, after: after, isWithin: isWithin)
      #expect(found.side == expected.side)
      #expect(found.placebos.count == expected.placebos.count)
      for (one, other) in zip(found.placebos, expected.placebos) { #expect(abs(one - other) < 1e-12) }
      #expect(found.verdict == expected.verdict, "\(before) \(after) \(isWithin)")
      if let difference = expected.difference {
        #expect(abs((found.difference?.difference ?? .nan) - difference) < 1e-12)
        #expect(found.asLarge == expected.asLarge)
      }
      verdicts[found.verdict, default: 0] += 1
      // Told means that it lies beyond what is drawn as ordinary.
      if [.raised, .lowered].contains(found.verdict), let ordinary = found.ordinary, let means = found.means {
        #expect(abs(means.after - means.before) > ordinary)
      }
    }
    for verdict in [SeriesShift.Verdict.raised, .lowered, .untold, .tooShort] {
      #expect(verdicts[verdict, default: 0] > 30, "\(verdict)")
    }
  }

  /// 16 units before are 9 placebos of 4 a side, 17 where one is left out; 19 placebos take 26 units.
  @Test(arguments: [
    (15, 4, false, 4, 8), (16, 4, false, 4, 9), (16, 4, true, 4, 8), (26, 8, false, 4, 19), (27, 8, false, 4, 20),
    (28, 5, false, 5, 19), (34, 8, false, 8, 19), (34, 7, false, 7, 21), (34, 8, true, 7, 20), (100, 40, false, 8, 85),
    (3, 40, false, 4, 0), (0, 0, true, 4, 0),
  ])
  func sides(before: Int, after: Int, isWithin: Bool, side: Int, placebos: Int) {
    let found = SeriesShift(
      before: (0..<before).map { Double($0 % 3) }, after: Array(repeating: 1, count: after), isWithin: isWithin)
    #expect(found.side == side && found.placebos.count == placebos)
  }

  @Test func valuesWithoutAnyScatter() {
    let flat = Array(repeating: 0.1, count: 20)
    #expect(SeriesShift(before: flat, after: flat, isWithin: false).verdict == .untold)
    let risen = SeriesShift(before: flat, after: Array(repeating: 0.3, count: 20), isWithin: false)
    #expect(risen.verdict == .raised && risen.asLarge == 0 && risen.ordinary.map { $0 < 1e-12 } == true)
    #expect(SeriesShift(before: flat, after: [.nan, 1, 1, 1], isWithin: false).verdict == .tooShort)
    #expect(SeriesShift(before: [], after: flat, isWithin: false).ordinary == nil)
  }
}

private struct Definition {
  var side = 4
  var placebos: [Double] = []
  var difference: Double?
  var asLarge = 0
  var verdict = SeriesShift.Verdict.tooShort

  init(before: [Double], after: [Double], isWithin: Bool) {
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    func placebos(_ side: Int) -> [Double] {
      var found: [Double] = []
      for start in before.indices {
        let first = isWithin ? start + 1 : start
        if start < side || first + side > before.count { continue }
        found.append(mean(Array(before[first..<first + side])) - mean(Array(before[start - side..<start])))
      }
      return found
    }
    for wanted in [8, 7, 6, 5] where wanted <= after.count && placebos(wanted).count >= 19 {
      side = wanted
      break
    }
    self.placebos = placebos(side)
    let (last, first) = (Array(before.suffix(side)), Array(after.prefix(side)))
    guard last.count > 1, first.count > 1 else { return }
    let found = mean(first) - mean(last)
    difference = found
    asLarge = self.placebos.count { abs($0) >= abs(found) - 1e-12 * abs(found) }
    guard last.count == side, first.count == side, self.placebos.count >= 9,
      let one = Sample(last), let other = Sample(first),
      let test = MeanDifference(one, other)?.widened(by: lagOneWidening(of: before) ?? 1)
    else { return }
    let count = self.placebos.count
    let isRare = count < 19 ? asLarge == 0 : Double(1 + asLarge) / Double(1 + count) <= 1 / 20.0 + 1e-15
    verdict = test.interval.contains(0) || !isRare ? .untold : found > 0 ? .raised : .lowered
  }
}
