/// Whether a series of figures, one of each week or other unit, moved when something began: as many units before and after it are set against
/// each other, and the same is done at every earlier unit, where nothing began.
///
/// Units scatter more than the customers in them do, so the units are the sample. W. R. Shadish, T. D. Cook and D. T. Campbell, "Experimental and
/// Quasi-Experimental Designs" (2002) has interrupted series; A. Abadie, A. Diamond and J. Hainmueller, Journal of the American Statistical
/// Association 105 (2010), the placebos and their rank.
package struct SeriesShift: Hashable, Sendable {
  package enum Verdict: Hashable, Sendable {
    case raised, lowered
    /// Units as ordinary as those before differ as much by themselves.
    case untold
    /// Nothing is said.
    case tooShort
  }

  package struct Means: Hashable, Sendable {
    package let before: Double
    package let after: Double
  }

  /// How many units stand on a side, at the least and at the most.
  package static let sides = 4...8
  /// Of so many placebos the rank alone tells what is one in twenty; of fewer none may be as large.
  package static let enoughPlacebos = 19
  /// Of fewer nothing is told.
  package static let leastPlacebos = 9

  /// Units on each side.
  package let side: Int
  /// The mean of the last units before, and of the first after; nil of fewer than two.
  package let means: Means?
  /// After less before, with its variance widened as far as units tell of the next; nil of fewer than two units on a side.
  package let difference: MeanDifference?
  /// How many times the variance was widened.
  package let widening: Double
  /// Differences at earlier units, the earliest first.
  package let placebos: [Double]

  /// - Parameters:
  ///   - before: figures of the units before it began, in order, none left out.
  ///   - after: those of the units after, likewise.
  ///   - isWithin: whether it began within a unit, which is in neither: placebos leave out one, too.
  package init(before: [Double], after: [Double], isWithin: Bool) {
    let gap = isWithin ? 1 : 0
    func placebos(_ side: Int) -> Range<Int> { side..<max(side, before.count - side - gap + 1) }
    let side =
      Self.sides.reversed().first { $0 <= after.count && placebos($0).count >= Self.enoughPlacebos }
      ?? Self.sides.lowerBound
    self.side = side
    self.placebos = placebos(side).map { start in
      Self.mean(before[(start + gap)..<(start + gap + side)]) - Self.mean(before[(start - side)..<start])
    }
    let (last, first) = (before.suffix(side), after.prefix(side))
    guard let one = Sample(last), let other = Sample(first), let plain = MeanDifference(one, other) else {
      (means, difference, widening, isComplete) = (nil, nil, 1, false)
      return
    }
    means = Means(before: one.mean, after: other.mean)
    widening = lagOneWidening(of: before) ?? 1
    difference = plain.widened(by: widening)
    isComplete = last.count == side && first.count == side
  }

  private let isComplete: Bool

  /// Placebos that are as large as the difference, to either side.
  package var asLarge: Int {
    guard let difference else { return 0 }
    return placebos.count { abs($0) >= abs(difference.difference) - Self.rounding(difference.difference) }
  }

  /// How far from 0 a difference must be to be larger than all but one in twenty; nil of too few placebos.
  package var ordinary: Double? {
    guard placebos.count >= Self.leastPlacebos else { return nil }
    return placebos.map(abs).sorted(by: >)[Self.mostAsLarge(of: placebos.count)]
  }

  package var verdict: Verdict {
    guard isComplete, let difference, placebos.count >= Self.leastPlacebos else { return .tooShort }
    guard !difference.interval.contains(0), asLarge <= Self.mostAsLarge(of: placebos.count) else { return .untold }
    return difference.difference > 0 ? .raised : .lowered
  }

  /// (1 + as large) / (1 + placebos) is at most one in twenty; of fewer than 19 none may be as large.
  private static func mostAsLarge(of placebos: Int) -> Int { max(0, (placebos + 1) / 20 - 1) }

  /// Differences that are the same by their definition may be a rounding apart.
  private static func rounding(_ value: Double) -> Double { abs(value) * 1e-12 }

  private static func mean(_ values: ArraySlice<Double>) -> Double { values.reduce(0, +) / Double(values.count) }
}
