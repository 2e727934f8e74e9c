import JourneyModel
import JourneyQuery

extension ConformQuery: AnsweredQuery {
  /// The place of the visit before, where there is none; a stage of this name is written in quotes.
  package static let start = "(start)"

  package func answer(_ report: ConformReport) -> Answer { report.answer(to: self) }
}

extension ConformReport {
  /// Tables: `journeys` with how well they fit, the same of the dates of `vs` and by group; then `stages`, `touchpoints`, `deviations` and
  /// `events on no touchpoint`, always these. Figures: fitness, fitness of several stages, without deviation, customers.
  ///
  /// - Parameter emotions: what customers felt, by touchpoint, where enough answered.
  package func answer(to query: ConformQuery, emotions: [String: MeasuredEmotion] = [:]) -> Answer {
    let cut = CutTables(cut: figures, scope: query.scope, split: query.split)
    var journeys = cut.whole(Self.columns)
    journeys.title = "journeys"
    let tables =
      [journeys] + [cut.comparison(Self.columns), cut.groups(Self.columns)].compactMap(\.self)
      + [stageTable(query), touchpointTable(query, emotions), deviationTable(query), elsewhereTable]
    let whole = figures.total.figures
    return Answer(
      tables: tables, notes: notes(query, emotions) + cut.notes, warnings: AnswerNotes.few(in: tables),
      figures: Self.columns.map { Answer.Figure($0.column.name, $0.cell(whole, whole)) })
  }

  private static var columns: [FigureColumn<ConformFigures>] {
    [
      FigureColumn(Table.Column("fitness", isFigure: true)) { .mean($0.fitness) },
      FigureColumn(Table.Column("fitness of several stages", isFigure: true, priority: 2)) {
        .mean($0.fitnessOfSeveral)
      },
      FigureColumn(Table.Column("without deviation", isRate: true, priority: 1)) {
        .rate($0.straight, $0.customers)
      },
      FigureColumn(Table.Column("customers")) { .integer($0.customers) },
    ]
  }

  // MARK: tables

  private func stageTable(_ query: ConformQuery) -> Table {
    Table(
      title: "stages",
      columns: [
        Table.Column("stage"), Table.Column("seen"), Table.Column("joined", priority: 2), Table.Column("skipped"),
        Table.Column("returned to"), Table.Column("left", priority: 1),
      ],
      rows: stages.map {
        [
          .name($0.name), .integer($0.seen), .integer($0.joined), .integer($0.skipped), .integer($0.returned),
          .integer($0.left),
        ]
      }, picture: .order(designedOrder))
  }

  private var designedOrder: DesignedOrder {
    DesignedOrder(
      stages: stages.map { DesignedOrder.Stage(name: $0.name, seen: $0.seen, skipped: $0.skipped) },
      returns: deviations.compactMap { found in
        guard case .visited(let stage, let from?) = found.deviation, from > stage else { return nil }
        return DesignedOrder.Return(from: from, to: stage, customers: found.customers)
      })
  }

  private func touchpointTable(_ query: ConformQuery, _ emotions: [String: MeasuredEmotion]) -> Table {
    let whole = figures.total.figures.customers
    return Table(
      title: "touchpoints",
      columns: [
        Table.Column("touchpoint"), Table.Column("stage", priority: 2),
        Table.Column("planned emotion", isFigure: true, priority: 1),
        Table.Column("measured emotion", isFigure: true, priority: 1),
        Table.Column("answers", isFigure: true, priority: 3), Table.Column("seen", isFigure: true),
        Table.Column("share", isBar: true, isRate: true),
        Table.Column("median to a later stage", isDuration: true, priority: 1),
      ],
      rows: zip(query.touchpoints, touchpoints).map { planned, found in
        [
          .name(found.name), .name(planned.stage), planned.emotion.map(Cell.integer) ?? .missing,
          emotions[found.name]?.cell ?? .missing, emotions[found.name].map { .integer($0.answers) } ?? .missing,
          found.seen.map(Cell.integer) ?? .missing, found.seen.map { .rate($0, whole) } ?? .missing,
          found.medianToNext.map(Cell.duration) ?? .missing,
        ]
      })
  }

  private func deviationTable(_ query: ConformQuery) -> Table {
    let whole = figures.total.figures.customers
    return Table(
      title: "deviations",
      columns: [
        Table.Column("deviation", isWhole: true), Table.Column("customers", isFigure: true),
        Table.Column("share", isRate: true, priority: 3),
        Table.Column("conversion", isRate: true, priority: 1),
        Table.Column("conversion of others", isRate: true, priority: 2),
      ],
      rows: deviations.map { found in
        [
          .text(query.words(of: found.deviation)), .integer(found.customers), .rate(found.customers, whole),
          .rate(found.converted, found.customers), .rate(found.othersConverted, found.others),
        ]
      })
  }

  private var elsewhereTable: Table {
    Table(
      title: "events on no touchpoint", columns: [Table.Column("event"), Table.Column("events", isFigure: true)],
      rows: elsewhere.map { [.name($0.name), .integer($0.events)] })
  }

  // MARK: notes

  private func notes(_ query: ConformQuery, _ emotions: [String: MeasuredEmotion]) -> [String] {
    let onMap = figures.total.figures.customers
    let people = AnswerNotes.count(figures.basis.people, "customer", "customers")
    var notes = [
      "counted: the journeys of \(HumanText.integer(onMap)) of \(people)\(figures.basis.dates(query.scope))",
      "fitness: of the visits of a journey and the stages it is held against, the share that fit each other; the mean over customers",
    ]
    if let last = stages.last, !deviations.isEmpty {
      notes.append(
        "conversion: seen at \(last.name); the others came past the same stage without the deviation")
    }
    if touchpoints.contains(where: { emotions[$0.name] != nil }) {
      notes.append(
        "measured emotion: the mean of the answers there, each survey's scale drawn out to −2 … +2, where at least "
          + "\(MeasuredEmotion.leastAnswers) answered")
    }
    if touchpoints.contains(where: { $0.medianToNext != nil }) {
      notes.append("median to a later stage: from the first event there to the first one behind it that is at one")
    }
    if distinct > deviations.count {
      let rarer = AnswerNotes.count(distinct - deviations.count, "rarer deviation", "rarer deviations")
      notes.append("not shown: \(rarer); top \(distinct) lists all")
    }
    if !query.unmeasured.isEmpty {
      notes.append("not measured, since no event realises them: stages \(query.unmeasured.listed(most: 8))")
    }
    let unseen = touchpoints.filter { $0.seen ?? 0 == 0 }.map(\.name)
    if !unseen.isEmpty { notes.append("never seen: touchpoints \(unseen.listed(most: 8))") }
    let off = customers - onMap
    return notes
      + AnswerNotes.leftOut(
        query.scope, during: "events",
        more: off > 0 ? [AnswerNotes.count(off, "customer", "customers") + " with events on no touchpoint alone"] : [])
  }
}

extension ConformQuery {
  /// As behind `people $x`: `skipped Cart`, `back to Discover from Checkout`.
  func words(of deviation: Deviation) -> String {
    func name(_ stage: Int) -> String { nameLiteral(stages[stage].label) }
    switch deviation {
    case .skipped(let stage): return "skipped \(name(stage))"
    case .visited(let stage, let from):
      let origin = from.map(name) ?? Self.start
      return from.map { $0 > stage } ?? false
        ? "back to \(name(stage)) from \(origin)" : "ahead to \(name(stage)) from \(origin)"
    }
  }
}

extension Cell {
  /// A mean of shares; missing of nobody.
  fileprivate static func mean(_ mean: Double?) -> Cell { mean.map(Cell.share) ?? .missing }
}
