import JourneyQuery
import JourneyStatistics

// What each question has to be compared by; the main figure stands first.

extension FunnelQuery: SplitComparedQuery {
  package var counted: String { counting.rawValue }
  package var isOpenEnded: Bool { window == nil }
  package func unfinished(_ report: FunnelReport) -> Int { report.total.figures.unfinished }

  /// The conversion, then each step of those at the required one before it; where there is one alone, it is the conversion.
  package func compared(_ figures: FunnelFigures) -> [ComparedFigure] {
    var (steps, previous): ([ComparedFigure], Int?) = ([], nil)
    for row in figures.rows {
      let name = (row.isOptional ? row.label + "?" : row.label) + " of previous"
      if let previous { steps.append(ComparedFigure(name, .rate(row.count, of: previous))) }
      if !row.isOptional { previous = row.count }
    }
    let conversion = ComparedFigure("conversion", .rate(figures.converted, of: figures.entered))
    return [conversion] + (steps.count > 1 ? steps : [])
  }
}

extension TimeQuery: ComparedQuery {
  package var breakdown: Breakdown? {
    get { funnel.split.breakdown }
    set { funnel.split.breakdown = newValue }
  }
  package var counted: String { funnel.counting.rawValue }
  package var isOpenEnded: Bool { funnel.isOpenEnded }
  package mutating func keepSamples() { keepsTimes = true }
  package func cut(_ report: TimeReport) -> Cut<TimeFigures> { report.cut }
  package func unfinished(_ report: TimeReport) -> Int { report.unfinished }

  package func compared(_ figures: TimeFigures) -> [ComparedFigure] {
    [ComparedFigure("median", .times(figures.times, median: figures.spread?.median))]
  }
}

extension RetentionQuery: ComparedQuery {
  /// Units after the cohort's own that are compared: with more of them each would need a larger difference.
  private static let mostUnits = 12

  /// The unit right after the cohort's own, then its own and the others, as far as they are observed.
  package func compared(_ figures: RetentionFigures) -> [ComparedFigure] {
    let observed = figures.cohorts.map(\.returned.count).max() ?? 0
    let others = (0..<min(observed, Self.mostUnits + 1)).filter { $0 != 1 }
    return ([1] + others).map { after in
      let whole = figures.whole(after: after)
      return ComparedFigure("\(unit.rawValue) \(after)", .rate(whole.returned, of: whole.customers))
    }
  }
}

extension ValueQuery: SplitComparedQuery {
  package var counted: String { counting.rawValue }
  package var isOpenEnded: Bool { counting == .customers }

  package func compared(_ figures: ValueFigures) -> [ComparedFigure] {
    [ComparedFigure("mean", .mean(figures.mean, variance: figures.variance, of: figures.counted, .mean))]
  }
}

extension ScoreQuery: SplitComparedQuery {
  package var counted: String { "answers" }

  package func compared(_ figures: ScoreFigures) -> [ComparedFigure] {
    let sample: ComparedFigure.Sample =
      switch scale {
      case .nps:
        .promoters(
          PromoterCounts(
            promoters: figures.promoters, passives: figures.passives, detractors: figures.detractors))
      case .csat: .rate(figures.satisfied, of: figures.answers)
      case .ces:
        .mean(
          figures.mean, variance: figures.answers > 1 ? figures.squares / Double(figures.answers - 1) : nil,
          of: figures.answers, .mean)
      }
    return [ComparedFigure(scale.rawValue, sample)]
  }
}

extension SessionsQuery: SplitComparedQuery {
  package var counted: String { "sessions" }

  package func compared(_ figures: SessionsFigures) -> [ComparedFigure] {
    [ComparedFigure("bounce rate", .rate(figures.bounces, of: figures.sessions))]
  }
}

extension ConformQuery: SplitComparedQuery {
  package var isOpenEnded: Bool { true }
  package func cut(_ report: ConformReport) -> Cut<ConformFigures> { report.figures }

  package func compared(_ figures: ConformFigures) -> [ComparedFigure] {
    [
      ComparedFigure(
        "fitness", .mean(figures.fitness, variance: figures.fitnessVariance, of: figures.customers, .share)),
      ComparedFigure("without deviation", .rate(figures.straight, of: figures.customers)),
    ]
  }
}
