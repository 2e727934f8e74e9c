import JourneyQuery
import JourneyStatistics
import JourneyTime
import SourceText

/// Two groups of people, or two periods, that were asked the same.
package struct GroupComparison: Sendable {
  /// What differs between the two.
  package enum Kind: Sendable { case people, dates }

  package var kind: Kind
  package var first: ComparedSide
  package var second: ComparedSide
  /// What each of them counts, and whose figures these are, without the tests of the groups.
  package var counted: String
  package var scope: Scope
  /// Of the groups of `by`; nil without it.
  package var breakdown: Breakdown?
  /// What is to be known of the two before their difference is believed.
  package var warnings: [Answer.Warning]

  package init<Query: ComparedQuery>(
    _ kind: Kind, _ first: ComparedSide, _ second: ComparedSide, _ query: Query, scope: Scope,
    warnings: [Answer.Warning] = []
  ) {
    (self.kind, self.first, self.second, self.scope) = (kind, first, second, scope)
    (counted, breakdown) = (query.counted, query.breakdown)
    self.warnings = warnings
  }

  /// A row per figure, and with `by` a row per group of the main one. Figures: the difference of the main figure with its `low` and `high`
  /// and its `p`, both groups' main figure as `first` and `second`, and the difference of each figure by its name.
  package var answer: Answer {
    let (figures, groups) = (figures, groups)
    var tables = [table(figures.map { ([.text($0.name)], $0) }, names: ["figure"])]
    if let keys = breakdown?.names {
      tables[0].title = "\(first.label) against \(second.label)"
      var byGroup = table(groups.map { ($0.key.cells(count: keys.count), $0.figure) }, names: keys)
      byGroup.title = "\(figures.first?.name ?? "") by " + keys.joined(separator: ", ")
      byGroup.sortableRows = groups.prefix { $0.key.hasValue }.count
      tables.append(byGroup)
    }
    return Answer(
      tables: tables, notes: ComparisonNotes(self, figures, groups.map(\.figure)).all,
      warnings: AnswerNotes.few(in: tables) + warnings, figures: Self.named(figures))
  }

  /// The main figure stands alone; the others are as many tests.
  private var figures: [FigureComparison] {
    let second = Dictionary(second.figures.map { ($0.name, $0) }) { first, _ in first }
    let compared = first.figures.compactMap { figure in second[figure.name].map { FigureComparison(figure, $0) } }
    return compared.prefix(1) + FigureComparison.adjusted(Array(compared.dropFirst()))
  }

  /// The main figure of the groups that both have, those that are largest in both together, each as one of so many tests.
  private var groups: [(key: GroupKey, figure: FigureComparison)] {
    guard let breakdown else { return [] }
    let others = Dictionary(second.groups.map { ($0.key, $0.figure) }) { first, _ in first }
    let both = first.groups.compactMap { group in
      others[group.key].map { (key: group.key, figure: FigureComparison(group.figure, $0)) }
    }
    let named = both.filter(\.key.hasValue)
    let size = { (figure: FigureComparison) in figure.samples.first.size + figure.samples.second.size }
    let shown =
      breakdown.isByCalendar
      ? Array(named.prefix(breakdown.top))
      : Array(
        named.enumerated().sorted { size($0.element.figure) > size($1.element.figure) }
          .prefix(breakdown.top).map(\.element))
    let all = shown + both.filter { !$0.key.hasValue }
    return Array(zip(all.map(\.key), FigureComparison.adjusted(all.map(\.figure)))).map { (key: $0, figure: $1) }
  }

  /// - Parameter names: what tells the rows apart.
  private func table(_ rows: [(names: [Cell], figure: FigureComparison)], names: [String]) -> Table {
    let isOfTimes = if case .times? = first.figures.first?.sample { true } else { false }
    let sides = [first.label, second.label].flatMap { label in
      [Table.Column(label, isFigure: true), Table.Column("of", isFigure: true, priority: 2)]
    }
    let columns =
      names.map { Table.Column($0) } + sides + [
        Table.Column("difference", isDuration: isOfTimes, isEstimate: !isOfTimes),
        Table.Column("p", isFigure: true, priority: 1), Table.Column("verdict", isWhole: true),
      ]
    let rows = rows.map { names, figure -> [Cell] in
      let (one, other) = figure.samples
      let sides: [Cell] = [one.cell, .integer(one.size), other.cell, .integer(other.size)]
      return names + sides + [figure.difference, .p(figure.p), .text(figure.verdict.rawValue)]
    }
    return Table(columns: columns, rows: rows)
  }

  private static func named(_ figures: [FigureComparison]) -> [Answer.Figure] {
    guard let main = figures.first else { return [] }
    var (low, high) = (Cell.missing, Cell.missing)
    if case .estimate(let estimate) = main.difference, let ends = estimate.ends {
      (low, high) = (.number(ends.lowerBound), .number(ends.upperBound))
    }
    return [
      Answer.Figure("difference", main.difference.brief), Answer.Figure("low", low), Answer.Figure("high", high),
      Answer.Figure("p", .p(main.p)), Answer.Figure("first", main.samples.first.cell),
      Answer.Figure("second", main.samples.second.cell),
    ] + figures.map { Answer.Figure($0.name, $0.difference.brief) }
  }
}

extension Cell {
  /// Missing where no test was made.
  fileprivate static func p(_ p: Double?) -> Cell { p.map(Cell.probability) ?? .missing }
}
