import JourneyQuery
import JourneyStatistics
import JourneyTime

/// One figure of two groups, and what can be told of its difference: the first less the second.
struct FigureComparison {
  /// What is said of it.
  enum Verdict: String {
    case higher, lower
    case untold = "not told apart"
    /// Of groups that are too small for one.
    case few = "too few"
  }

  private enum Test {
    case difference(any GroupDifference)
    /// Of times, by ranks: there is no interval.
    case ranks(MannWhitneyTest, isLonger: Bool)
  }

  let name: String
  let samples: (first: ComparedFigure.Sample, second: ComparedFigure.Sample)
  private let test: Test?
  /// Of as many tests as it stands among.
  private var adjustment: HolmAdjustment?

  init(_ first: ComparedFigure, _ second: ComparedFigure) {
    name = first.name
    samples = (first.sample, second.sample)
    test = Self.test(first.sample, second.sample)
  }

  /// The tests of the module tell the second less the first.
  private static func test(_ first: ComparedFigure.Sample, _ second: ComparedFigure.Sample) -> Test? {
    let difference: (any GroupDifference)?
    switch (first, second) {
    case (.rate(let count, let whole), .rate(let other, let otherWhole)):
      guard let one = Proportion(count, of: whole), let two = Proportion(other, of: otherWhole) else { return nil }
      difference = ProportionDifference(two, one)
    case (.mean, .mean):
      guard let one = first.moments, let two = second.moments else { return nil }
      difference = MeanDifference(two, one)
    case (.promoters(let one), .promoters(let two)): difference = NetPromoterDifference(two, one)
    case (.times(let one, _), .times(let two, _)):
      let values = [one, two].map { $0.map { Double($0.microseconds) } }
      guard let ranks = MannWhitneyTest(values[0], values[1]) else { return nil }
      return .ranks(ranks, isLonger: ranks.u > Double(one.count) * Double(two.count) / 2)
    default: return nil
    }
    return difference.map(Test.difference)
  }

  /// How many stand behind the smaller group.
  var size: Int { min(samples.first.size, samples.second.size) }
  private var isFew: Bool { size < AnswerNotes.leastCounted }

  /// As it is by itself; nil where there is none, or no verdict is given.
  private var plainP: Double? {
    guard !isFew else { return nil }
    switch test {
    case .difference(let difference): return difference.p
    case .ranks(let ranks, _): return ranks.p
    case nil: return nil
    }
  }

  /// How likely chance alone makes so large a difference, of as many tests as it stands among.
  var p: Double? { plainP.map { adjustment?.p ?? $0 } }

  var verdict: Verdict {
    guard !isFew else { return .few }
    guard let p, p < 0.05 else { return .untold }
    switch test {
    case .ranks(_, let isLonger): return isLonger ? .higher : .lower
    case .difference(let difference):
      let interval = interval(of: difference)
      return interval.low + interval.high > 0 ? .higher : .lower
    case nil: return .untold
    }
  }

  private func interval(of difference: any GroupDifference) -> Interval {
    difference.interval(level: adjustment?.level ?? 0.95)
  }

  /// The difference, and where it may lie.
  var difference: Cell {
    switch test {
    case nil: return .missing
    case .ranks:
      guard case (.times(_, let one?), .times(_, let two?)) = samples else { return .missing }
      return .duration(Duration(microseconds: one.microseconds - two.microseconds))
    case .difference(let found):
      let scale: Double = samples.first.unit == .points ? 100 : 1
      let interval = interval(of: found)
      let value = found.difference * scale
      // A score that is drawn to the middle may leave out what was seen of few.
      let (low, high) = (min(value, interval.low * scale), max(value, interval.high * scale))
      var estimate = Estimate(value, low <= high ? low...high : nil, of: size, samples.first.unit)
      estimate.isDifference = true
      return .estimate(estimate)
    }
  }

  /// Each as one of so many tests, by Holm's method; those without a verdict are none.
  static func adjusted(_ figures: [FigureComparison]) -> [FigureComparison] {
    let tests = figures.map(\.plainP)
    guard tests.compactMap(\.self).count > 1 else { return figures }
    return zip(figures, holmAdjusted(tests.map { $0 ?? .nan })).map { figure, adjustment in
      var figure = figure
      if figure.plainP != nil { figure.adjustment = adjustment }
      return figure
    }
  }
}

extension ComparedFigure.Sample {
  /// How many it is of.
  var size: Int {
    switch self {
    case .rate(_, let whole): whole
    case .mean(_, _, let count, _): count
    case .promoters(let counts): counts.promoters + counts.passives + counts.detractors
    case .times(let times, _): times.count
    }
  }

  var unit: Estimate.Unit {
    switch self {
    case .rate: .share
    case .mean(_, _, _, let unit): unit
    case .promoters: .points
    case .times: .mean
    }
  }

  /// Of a mean; nil of any other, and of too few values.
  var moments: Sample? {
    guard case .mean(let mean?, let variance?, let count, _) = self else { return nil }
    return Sample(count: count, mean: mean, variance: variance)
  }

  /// The figure itself.
  var cell: Cell {
    switch self {
    case .rate(let count, let whole): return .rate(count, whole)
    case .mean(let mean, _, _, let unit): return mean.map { unit == .share ? .share($0) : .number($0) } ?? .missing
    case .promoters(let counts):
      guard size > 0 else { return .missing }
      let points = 100 * (Double(counts.promoters) - Double(counts.detractors)) / Double(size)
      return .estimate(Estimate(points, nil, of: size, .points))
    case .times(_, let median): return .time(median)
    }
  }
}
