import JourneyQuery
import JourneyStatistics
import JourneyTime

/// What an answer about a win says in words: what was set against what, how ordinary weeks differ, why nothing more is told.
struct LiftNotes {
  private let lift: WinLift

  init(_ lift: WinLift) { self.lift = lift }

  var all: [String] {
    [measured, counted] + left + ordinary + [reason, missing].compactMap(\.self)
  }

  private var figures: WeeklyFigures { lift.figures }

  private var measured: String { "each week by itself: \(figures.name) of \(lift.sentence)" }

  // MARK: sides

  private var counted: String {
    let sides = [(lift.weeksBefore, "before"), (lift.weeksAfter, "after")].map { weeks, side in
      let sizes = (0..<lift.groupCount).map { HumanText.integer(lift.size(weeks, group: $0)) }
      return
        "\(AnswerNotes.count(weeks.count, "week", "weeks")) \(side) with \(sizes.joined(separator: " and ")) \(figures.counted)"
    }
    return "counted: \(sides.joined(separator: ", "))" + (lift.dates.map { ", \($0.label(in: zone))" } ?? "")
  }

  private var left: [String] {
    var notes = AnswerNotes.leftOut(figures.scope)
    if let begun = lift.begun {
      notes.append("it began on \(lift.since), within \(figures.label(begun)): that week is in neither side")
    }
    if let open = figures.open, lift.verdict != .tooEarly || lift.after.count < lift.shift.side {
      let reason =
        figures.isCut(open)
        ? "it is not wholly within the dates"
        : figures.window > .days(0)
          ? "what began in it could still be completed when the data ends" : "it had not ended"
      notes.append("the weeks end before \(figures.label(open)): \(reason)")
    }
    return notes
  }

  // MARK: ordinary weeks

  private var ordinary: [String] {
    guard let difference = lift.shift.difference, !lift.shift.placebos.isEmpty else { return [] }
    let (count, asLarge) = (lift.shift.placebos.count, lift.shift.asLarge)
    let weeks = AnswerNotes.count(count, "week", "weeks")
    let rank =
      asLarge == 0
      ? "none of \(weeks) before \(lift.since) taken for its beginning shows a difference as large, to either side"
      : "\(HumanText.integer(asLarge)) of \(weeks) before \(lift.since) taken for its beginning \(asLarge == 1 ? "shows" : "show") a difference as large, to either side"
    var width = ""
    if lift.shift.widening > 1, difference.standardError > 0 {
      let times = HumanText.number(lift.shift.widening.squareRoot(), decimals: 2)
      width = ", \(times) times as wide as of weeks that tell nothing of the next"
    }
    return [
      rank,
      "difference: the mean of weeks after less before, by the t test of Welch, in brackets where it may lie at 95 %"
        + width,
    ]
  }

  /// Why two signs of one thing do not agree.
  private var reason: String? {
    guard lift.verdict == .untold, let difference = lift.shift.difference, let ordinary = lift.shift.ordinary else {
      return nil
    }
    let far = abs(difference.difference)
    if !difference.interval.contains(0) {
      return "the brackets leave out 0, but ordinary weeks go as far: a difference counts beyond \(amount(ordinary))"
    }
    return far > ordinary
      ? "no ordinary week goes as far, but the weeks scatter too much: the brackets hold 0" : nil
  }

  private func amount(_ value: Double) -> String {
    switch figures.unit {
    case .share: HumanText.percent(value) + " points"
    case .points: HumanText.number(value, decimals: 0) + " points"
    case .mean: HumanText.number(value, decimals: 2)
    }
  }

  // MARK: too early

  /// What is missing for a verdict.
  private var missing: String? {
    guard lift.verdict == .tooEarly else { return nil }
    let least = SeriesShift.sides.lowerBound
    if lift.after.isEmpty, lift.before.isEmpty {
      return "no week around \(lift.since) that is over has \(figures.counted)"
    }
    for (weeks, side) in [(lift.after, "after"), (lift.before, "before")] where weeks.count < least {
      let there = weeks.isEmpty ? "there are none" : weeks.count == 1 ? "there is 1" : "there are \(weeks.count)"
      return
        "\(least) weeks \(side) \(lift.since) in a row with \(figures.counted) are needed, and \(there)"
        + (side == "after" ? sooner : "")
    }
    if lift.fewest < AnswerNotes.leastCounted {
      return "\(AnswerNotes.leastCounted) \(figures.counted) are needed before and after, and there are \(lift.fewest)"
    }
    let weeks = 2 * least + SeriesShift.leastPlacebos - (lift.begun == nil ? 1 : 0)
    return
      "\(weeks) weeks before \(lift.since) in a row are needed to know ordinary weeks, and there are \(lift.before.count)"
  }

  /// A shorter window lets more weeks be over.
  private var sooner: String {
    figures.window >= .days(7) ? "; within 1d waits less long for what began in a week" : ""
  }

  private var zone: Zone { figures.scope.zone }
}
