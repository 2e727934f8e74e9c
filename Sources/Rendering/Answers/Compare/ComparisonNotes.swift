import JourneyQuery
import JourneyStatistics
import JourneyTime

/// What an answer of two groups says in words: who is counted, by what statistic, what these sizes could have found.
struct ComparisonNotes {
  private let comparison: GroupComparison
  private let figures: [FigureComparison]
  private let groups: [FigureComparison]

  /// - Parameter groups: the main figure of each group that is shown.
  init(_ comparison: GroupComparison, _ figures: [FigureComparison], _ groups: [FigureComparison]) {
    (self.comparison, self.figures, self.groups) = (comparison, figures, groups)
  }

  var all: [String] {
    [counted] + leftOut + unfinished + [direction] + statistics + corrections + [power].compactMap(\.self)
      + independence
  }

  private var main: FigureComparison? { figures.first }

  /// Each with how many its main figure is of.
  private var sides: [(side: ComparedSide, size: Int)] {
    [
      (comparison.first, main?.samples.first.size ?? 0), (comparison.second, main?.samples.second.size ?? 0),
    ]
  }

  // MARK: who

  private var counted: String {
    let words = sides.map { side, size in
      let people = AnswerNotes.count(side.people, "customer", "customers")
      let unit = comparison.counted == "customers" ? "" : " \(comparison.counted)"
      return "\(HumanText.integer(size))\(unit) of \(people) (\(side.label))"
    }
    let dates = comparison.kind == .dates ? "" : comparison.first.basis.dates(comparison.scope)
    return "counted: \(words[0]), \(words[1])\(dates)"
  }

  private var leftOut: [String] {
    let what = comparison.counted == "answers" ? "answers" : "events"
    return AnswerNotes.leftOut(comparison.scope, filter: "\(what) that fail 'where'")
  }

  private var unfinished: [String] {
    let sides = [comparison.first, comparison.second]
    guard sides.contains(where: { $0.unfinished > 0 }) else { return [] }
    let parts = sides.map { "\(HumanText.integer($0.unfinished)) of \($0.label)" }
    return ["not completed and still having time: \(parts.joined(separator: ", "))"]
  }

  private var direction: String {
    let units = Set(figures.map(\.samples.first.unit))
    let isOfTimes = if case .times? = main?.samples.first { true } else { false }
    return "difference: \(comparison.first.label) less \(comparison.second.label)"
      + (units.contains(.mean) ? "" : ", in points")
      + (isOfTimes ? "" : "; in brackets where it may lie, at 95 %")
  }

  /// Of what several of one customer are counted.
  private var independence: [String] {
    if comparison.kind == .dates {
      return ["who is counted in both periods is taken for two: intervals and p are of people who are not the same"]
    }
    guard comparison.counted != "customers", sides.contains(where: { $0.size > $0.side.people }) else {
      return []
    }
    return [
      "\(comparison.counted) of one customer are alike, and counted as if they were not: intervals are somewhat too narrow, and p too small"
    ]
  }

  // MARK: how

  private var statistics: [String] {
    let samples = figures.map(\.samples.first)
    var notes: [String] = []
    func note(_ text: String, if isOf: (ComparedFigure.Sample) -> Bool) {
      if samples.contains(where: isOf) { notes.append(text) }
    }
    note("rates: interval and p are of one statistic, the score test of Miettinen and Nurminen") {
      if case .rate = $0 { true } else { false }
    }
    note("means: interval and p are of one statistic, the t test of Welch") {
      if case .mean = $0 { true } else { false }
    }
    note("nps: interval and p are adjusted Wald's, with ¾ promoters, 1½ passives and ¾ detractors added to each side") {
      if case .promoters = $0 { true } else { false }
    }
    note(
      "medians: p is of the rank test of Mann and Whitney, whether one of the two tends to take longer; it has no interval"
    ) {
      if case .times = $0 { true } else { false }
    }
    return notes
  }

  /// What was done about there being many tests.
  private var corrections: [String] {
    let others = figures.dropFirst()
    let families = [
      (others.map(\.p), others.first.map { _ in "the figures below \(main?.name ?? "")" } ?? ""),
      (groups.map(\.p), "the groups"),
    ].compactMap { tests, what in
      let count = tests.compactMap(\.self).count
      return count > 1 ? "\(what) are \(count) tests" : nil
    }
    guard !families.isEmpty else { return [] }
    return [
      "\(families.joined(separator: ", ")): their p and intervals are widened for that (Holm), since of many tests some always stand out"
    ]
  }

  /// What these sizes find, and what a lift of a tenth needs.
  private var power: String? {
    guard let main, main.size >= AnswerNotes.leastCounted else { return nil }
    let sizes = (main.samples.second.size, main.samples.first.size)
    switch main.samples.second {
    case .rate(let count, let whole):
      let rate = Double(count) / Double(whole)
      return words(
        // How large a fall is found, where no rise is left to find.
        finds: (detectableRise(of: rate, sizes: sizes) ?? detectableRise(of: 1 - rate, sizes: sizes)).map(points),
        lift: rate * 1.1 <= 1 && rate > 0
          ? (
            "\(HumanText.share(rate)) to \(HumanText.share(rate * 1.1))", sampleSizes(rates: (rate, rate * 1.1))?.first
          )
          : nil)
    case .mean(let mean?, let variance?, _, let unit):
      guard case .mean(_, let other?, _, _) = main.samples.first else { return nil }
      let write = { (value: Double) in unit == .share ? HumanText.share(value) : HumanText.number(value, decimals: 2) }
      return words(
        finds: found(variances: (variance, other), sizes).map { unit == .share ? points($0) : write($0) },
        lift: mean > 0 && variance > 0 && (unit != .share || mean * 1.1 <= 1)
          ? (
            "\(write(mean)) to \(write(mean * 1.1))",
            sampleSizes(difference: mean * 0.1, variances: (variance, other))?.first
          ) : nil)
    case .promoters(let counts):
      guard case .promoters(let other) = main.samples.first else { return nil }
      return words(
        finds: found(variances: (counts.variance, other.variance), sizes).map(points), lift: nil)
    case .mean, .times: return nil
    }
  }

  /// Nil where nobody's value deviates from the others': what that tells of further ones is not known.
  private func found(variances: (Double, Double), _ sizes: (Int, Int)) -> Double? {
    detectableDifference(variances: variances, sizes: sizes).flatMap { $0 > 0 ? $0 : nil }
  }

  private func words(finds: String?, lift: (from: String, customers: Int?)?) -> String? {
    let found = finds.map { "these sizes find a difference of \($0) 80 times of 100" }
    let needed = lift.flatMap { from, customers in
      customers.map { "a lift of a tenth, \(from), needs \(HumanText.integer($0)) on each side" }
    }
    let all = [found, needed].compactMap(\.self)
    return all.isEmpty ? nil : all.joined(separator: "; ")
  }

  private func points(_ difference: Double) -> String { "\(HumanText.percent(difference)) points" }
}
