import JourneyStatistics
import TestSupport

/// How often what is said is right, by simulation of data whose truth is known: tables in Markdown for docs/STATISTICS.md.
@main struct Coverage {
  private let times = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 20_000
  private var random = SeededRandom(seed: 20_261_130)

  static func main() {
    var coverage = Coverage()
    coverage.lift()
    coverage.intervals()
  }

  // MARK: lift

  /// How often a win that raises a rate of 45 % by `points` is told, by weeks and by a test that counts customers.
  private mutating func verdicts(customers: Int, noise: Double, points: Double) -> (
    byWeeks: Double, byCustomers: Double
  ) {
    let (history, future) = (52, 8)
    var (byWeeks, byCustomers) = (0, 0)
    for _ in 0..<times {
      let weeks = random.weeks(history + future, noise: noise / 100).enumerated().map { week, noise in
        let rate = 0.45 + noise + (week >= history ? points / 100 : 0)
        return random.successes(of: customers, min(1, max(0, rate)))
      }
      let rates = weeks.map { Double($0) / Double(customers) }
      let shift = SeriesShift(
        before: Array(rates[..<history]), after: Array(rates[history...]), isWithin: false)
      if shift.verdict == .raised || shift.verdict == .lowered { byWeeks += 1 }
      let sides = [weeks[(history - shift.side)..<history], weeks[history..<(history + shift.side)]]
      let proportions = sides.map { Proportion($0.reduce(0, +), of: $0.count * customers) }
      if let one = proportions[0], let other = proportions[1], ProportionDifference(one, other).p < 0.05 {
        byCustomers += 1
      }
    }
    return (Double(byWeeks) / Double(times), Double(byCustomers) / Double(times))
  }

  private mutating func lift() {
    print("| customers a week | weeks differ by | false verdicts | a test of customers | +3 points found | +6 | +10 |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for customers in [300, 1_500] {
      for noise in [1.0, 2, 4] {
        let none = verdicts(customers: customers, noise: noise, points: 0)
        let found = [3.0, 6, 10].map { percent(verdicts(customers: customers, noise: noise, points: $0).byWeeks) }
        print(
          "| \(customers) | \(Int(noise)) \(noise == 1 ? "point" : "points") | \(percent(none.byWeeks)) | \(percent(none.byCustomers)) | "
            + found.joined(separator: " | ") + " |")
      }
    }
  }

  // MARK: intervals

  /// How often intervals hold the truth.
  private mutating func coverage(_ truth: Double, _ draw: (inout SeededRandom) -> (any GroupDifference)?) -> Double {
    var (held, all) = (0, 0)
    for _ in 0..<times {
      guard let difference = draw(&random) else { continue }
      all += 1
      if difference.interval.contains(truth) { held += 1 }
    }
    return Double(held) / Double(all)
  }

  private mutating func rates(_ sizes: (Int, Int), _ shares: (Double, Double)) -> Double {
    coverage(shares.1 - shares.0) { random in
      guard let one = Proportion(random.successes(of: sizes.0, shares.0), of: sizes.0),
        let other = Proportion(random.successes(of: sizes.1, shares.1), of: sizes.1)
      else { return nil }
      return ProportionDifference(one, other)
    }
  }

  private mutating func means(_ sizes: (Int, Int), _ deviations: (Double, Double)) -> Double {
    coverage(1) { random in
      guard let one = Sample((0..<sizes.0).map { _ in deviations.0 * random.normal() }),
        let other = Sample((0..<sizes.1).map { _ in 1 + deviations.1 * random.normal() })
      else { return nil }
      return MeanDifference(one, other)
    }
  }

  private mutating func scores(_ size: Int, _ shares: [(promoters: Double, detractors: Double)]) -> Double {
    func counts(_ share: (promoters: Double, detractors: Double), _ random: inout SeededRandom) -> PromoterCounts {
      var (promoters, detractors) = (0, 0)
      for _ in 0..<size {
        let drawn = Double.random(in: 0..<1, using: &random)
        if drawn < share.promoters { promoters += 1 } else if drawn > 1 - share.detractors { detractors += 1 }
      }
      return PromoterCounts(promoters: promoters, passives: size - promoters - detractors, detractors: detractors)
    }
    let truth = (shares[1].promoters - shares[1].detractors) - (shares[0].promoters - shares[0].detractors)
    return coverage(truth) { NetPromoterDifference(counts(shares[0], &$0), counts(shares[1], &$0)) }
  }

  private mutating func intervals() {
    print("\n| 95 % intervals of | hold the truth in |\n| --- | ---: |")
    for (sizes, shares) in [
      ((30, 30), (0.1, 0.3)), ((30, 200), (0.05, 0.05)), ((70, 80), (0.5, 0.6)), ((400, 400), (0.02, 0.03)),
    ] {
      print(
        "| rates of \(sizes.0) and \(sizes.1), \(percent(shares.0)) and \(percent(shares.1)) | \(percent(rates(sizes, shares))) |"
      )
    }
    for (sizes, deviations) in [((30, 30), (1.0, 1.0)), ((30, 100), (3, 1)), ((30, 300), (1, 5))] {
      print(
        "| means of \(sizes.0) and \(sizes.1), deviations \(Int(deviations.0)) and \(Int(deviations.1)) | \(percent(means(sizes, deviations))) |"
      )
    }
    for (size, shares) in [
      (30, [(promoters: 0.5, detractors: 0.2), (promoters: 0.6, detractors: 0.1)]),
      (100, [(promoters: 0.9, detractors: 0.02), (promoters: 0.8, detractors: 0.1)]),
    ] {
      print("| `nps` of \(size) and \(size) | \(percent(scores(size, shares))) |")
    }
  }
}

private func percent(_ share: Double) -> String {
  let tenths = Int((share * 1_000).rounded())
  return "\(tenths / 10).\(tenths % 10) %"
}

extension RandomNumberGenerator {
  /// Of mean 0 and standard deviation 1.
  fileprivate mutating func normal() -> Double {
    normalQuantile(min(max(Double.random(in: 0..<1, using: &self), 1e-12), 1 - 1e-12))
  }

  /// How many of so many come out: each drawn where they are few, by the normal curve where they are many.
  fileprivate mutating func successes(of count: Int, _ share: Double) -> Int {
    guard count > 200 else { return (0..<count).count { _ in Double.random(in: 0..<1, using: &self) < share } }
    let deviation = (Double(count) * share * (1 - share)).squareRoot()
    return min(count, max(0, Int((Double(count) * share + deviation * normal()).rounded())))
  }

  /// So many weeks that differ from the usual by `noise`, each holding 0.6 of the week before.
  fileprivate mutating func weeks(_ count: Int, noise: Double) -> [Double] {
    var (weeks, last) = ([Double](), noise * normal())
    for _ in 0..<count {
      last = 0.6 * last + noise * (1 - 0.36).squareRoot() * normal()
      weeks.append(last)
    }
    return weeks
  }
}
