import JourneyQuery
import JourneyStatistics

extension ScoreQuery: AnsweredQuery {
  package func answer(_ report: ScoreReport) -> Answer { report.answer(to: self) }
}

extension ScoreReport {
  /// The figures, by group and calendar unit as asked, each score with where it may lie. Figures: the score (`nps` in points of a hundred,
  /// `csat` a share, `ces` a mean), its `low` and `high`, answers, mean, and of an NPS promoters, passives and detractors.
  func answer(to query: ScoreQuery) -> Answer {
    let tables = CutTables(cut: self, scope: query.scope, split: query.split)
    let score = FigureColumn<ScoreFigures>(Table.Column(query.scale.rawValue, isEstimate: true)) {
      $0.scoreCell(on: query.scale)
    }
    let answers = FigureColumn<ScoreFigures>(Table.Column("answers")) { .integer($0.answers) }
    let share = FigureColumn<ScoreFigures>(Table.Column("share", isBar: true, priority: 3)) {
      .quotient($0.answers, $1.answers)
    }
    let parts = query.scale == .nps ? Self.partColumns : []
    // By how much parts of a whole differ says nothing that the score does not say.
    let uncut = [answers] + (versus == nil ? parts : []) + [score]
    let shown = tables.all(uncut: uncut, cut: [answers, share] + parts + [score], drawn: score)
    return Answer(
      tables: shown, notes: notes(query) + tables.notes, warnings: AnswerNotes.few(in: shown),
      figures: total.figures.named(on: query.scale))
  }

  private static var partColumns: CutTables<ScoreFigures>.Columns {
    [
      FigureColumn(Table.Column("promoters", isRate: true, priority: 1)) { .rate($0.promoters, $0.answers) },
      FigureColumn(Table.Column("passives", isRate: true, priority: 2)) { .rate($0.passives, $0.answers) },
      FigureColumn(Table.Column("detractors", isRate: true, priority: 1)) { .rate($0.detractors, $0.answers) },
    ]
  }

  private func notes(_ query: ScoreQuery) -> [String] {
    let counted = AnswerNotes.count(total.figures.answers, "answer", "answers")
    let unnamed = query.scope.people == nil ? [] : ["answers of nobody who is named"]
    return ["counted: \(counted)\(basis.dates(query.scope))", query.scale.note]
      + AnswerNotes.leftOut(query.scope, filter: "answers that fail 'where'", more: unnamed)
  }
}

extension ScoreFigures {
  /// The figures of a scale by their names, the score first: what `assert` holds against a value.
  package func named(on scale: ScoreScale) -> [Answer.Figure] {
    let score = scoreCell(on: scale)
    var (low, high) = (Cell.missing, Cell.missing)
    if case .estimate(let estimate) = score, let ends = estimate.ends {
      (low, high) = (.number(ends.lowerBound), .number(ends.upperBound))
    }
    let parts = [("promoters", promoters), ("passives", passives), ("detractors", detractors)]
    return [
      Answer.Figure(scale.rawValue, score), Answer.Figure("low", low), Answer.Figure("high", high),
      Answer.Figure("answers", .integer(answers)), Answer.Figure("mean", mean.map(Cell.number) ?? .missing),
    ] + (scale == .nps ? parts.map { Answer.Figure($0.0, .rate($0.1, answers)) } : [])
  }

  /// The score and where it may lie at 95 %: the adjusted Wald interval of an NPS, Wilson's of a CSAT, that of t of a CES. Missing without
  /// answers.
  package func scoreCell(on scale: ScoreScale) -> Cell {
    guard let score = score(on: scale), let mean else { return .missing }
    switch scale {
    case .nps:
      let ends = AdjustedWaldInterval(promoters: promoters, passives: passives, detractors: detractors)
      // Drawn to the middle, that of few who all are detractors, or promoters, would leave out what they said.
      let (low, high) = (min(score, ends.low * 100), max(score, ends.high * 100))
      return .estimate(Estimate(score, low...high, of: answers, .points))
    case .csat:
      let ends = ScoreInterval(satisfied, of: answers)
      return .estimate(Estimate(score, ends.low...ends.high, of: answers, .share))
    case .ces:
      let ends = MeanInterval(count: answers, mean: mean, squares: squares)
      return .estimate(Estimate(score, ends.map { $0.low...$0.high }, of: answers, .mean))
    }
  }
}

extension ScoreScale {
  /// What its score is, and what stands in brackets.
  fileprivate var note: String {
    let meaning =
      switch self {
      case .nps: "nps: promoters (9 and 10) less detractors (0 to 6), in points of a hundred"
      case .csat: "csat: the share of scores 4 and 5"
      case .ces: "ces: the mean score, 7 is easy"
      }
    return meaning + "; in brackets where it may lie, at 95 %"
  }
}
