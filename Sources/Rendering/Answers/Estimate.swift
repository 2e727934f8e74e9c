import JourneyQuery
import SourceText

/// A figure that the answers of some tell of all, and where it may lie.
package struct Estimate: Hashable, Sendable {
  package enum Unit: Hashable, Sendable {
    /// −100 … 100, written with its sign.
    case points
    /// 0 … 1.
    case share
    /// Of scores.
    case mean
  }
  package var value: Double
  /// At 95 %; nil where that cannot be told, or is told elsewhere.
  package var ends: ClosedRange<Double>?
  /// How many answers it is of; few mark it as rough.
  package var answers: Int
  package var unit: Unit
  /// Whether it is by how much two of them differ, people are told of shares in points.
  package var isDifference = false
  /// Whether the unit is said elsewhere, once for all.
  package var isBare = false

  package init(_ value: Double, _ ends: ClosedRange<Double>?, of answers: Int, _ unit: Unit) {
    (self.value, self.ends, self.answers, self.unit) = (value, ends, answers, unit)
  }

  /// By how much this one is more than `before`.
  func change(from before: Estimate) -> Estimate {
    var change = Estimate(value - before.value, nil, of: min(answers, before.answers), unit)
    change.isDifference = true
    return change
  }

  /// `~+34 [+21 … +46]`.
  func text(_ glyphs: Glyphs) -> String {
    if isDifference { return difference(glyphs) }
    let mark = AnswerNotes.isFew(answers) ? "~" : ""
    let figure = mark + text(value) + (unit == .share ? " %" : "")
    guard let ends else { return figure }
    return figure + " [\(text(ends.lowerBound)) \(glyphs.ellipsis) \(text(ends.upperBound))]"
  }

  /// `+34 points`, of a share `+3.4 points`; where it may lie too, without the unit, which is said of many at once: `+3.4 [+2.1 … +4.6]`.
  private func difference(_ glyphs: Glyphs) -> String {
    func text(_ value: Double) -> String {
      switch unit {
      // What is not 0 is not written as if it were: it is on one side of it.
      case .points: value.rounded() == 0 ? signed(HumanText.number(value, decimals: 0), value) : points(value)
      case .share: signed(HumanText.percent(value), value)
      case .mean: signed(mean(value), value)
      }
    }
    guard let ends else {
      let text = text(value)
      return unit == .mean || isBare ? text : text + (["+1", "-1"].contains(text) ? " point" : " points")
    }
    return text(value) + " [\(text(ends.lowerBound)) \(glyphs.ellipsis) \(text(ends.upperBound))]"
  }

  private func text(_ value: Double) -> String {
    switch unit {
    case .points: points(value)
    case .share: HumanText.percent(value)
    case .mean: mean(value)
    }
  }

  private func points(_ value: Double) -> String {
    let points = value.rounded()
    return signed(HumanText.number(points, decimals: 0), points)
  }

  private func mean(_ value: Double) -> String { HumanText.number(value, decimals: 2) }

  private func signed(_ text: String, _ value: Double) -> String { value > 0 ? "+" + text : text }
}

extension Cell {
  /// The same to stand beside many of its kind: without the ends.
  var brief: Cell {
    guard case .estimate(var estimate) = self else { return self }
    estimate.ends = nil
    return .estimate(estimate)
  }
}

extension Table {
  /// The same with the ends of every estimate behind it, for programs; people are shown them beside it.
  var withEnds: Table {
    guard columns.contains(where: \.isEstimate) else { return self }
    var table = self
    table.columns = columns.flatMap { column in
      column.isEstimate ? [column, Column("low", isFigure: true), Column("high", isFigure: true)] : [column]
    }
    table.rows = rows.map { row in
      zip(columns, row).flatMap { column, cell -> [Cell] in
        guard column.isEstimate else { return [cell] }
        guard case .estimate(let estimate) = cell, let ends = estimate.ends else { return [cell, .missing, .missing] }
        return [cell, .number(ends.lowerBound), .number(ends.upperBound)]
      }
    }
    return table
  }
}
