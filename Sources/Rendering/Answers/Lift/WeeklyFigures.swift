import JourneyQuery
import JourneyTime

/// The main figure of a question in each week that is over, of everybody or of two groups.
package struct WeeklyFigures: Sendable {
  package struct Week: Hashable, Sendable {
    package let start: Instant
    /// One, or one of each group; none of them is of nobody.
    package let samples: [ComparedFigure.Sample]

    /// The figure, or by how much the first group's is more than the second's.
    package var value: Double {
      let values = samples.compactMap(\.cell.amount)
      return values.count == 2 ? values[0] - values[1] : values.first ?? 0
    }
  }

  /// Weeks before something began beyond which nothing is asked: two years tell what is ordinary.
  private static let mostBefore = 104
  /// Weeks after it beyond which nothing is asked.
  private static let mostAfter = 52

  /// What the figure is called: `conversion`.
  package private(set) var name = ""
  package private(set) var unit = Estimate.Unit.share
  /// What is counted: `customers`, `answers`.
  package let counted: String
  package let scope: Scope
  /// How long what began in a week may take to be completed.
  package let window: Duration
  private var weeks: [Instant: Week] = [:]
  /// First and last instant of the data; nil without any.
  private let span: ClosedRange<Instant>?
  /// The data's days, or those of them that are asked of.
  private let dates: Range<Instant>?

  /// Asks each week by itself, so that who comes again in another week counts in both, and what happens later changes no week that is over.
  ///
  /// - Parameters:
  ///   - queries: of everybody, or of each of two groups.
  ///   - start: when something began.
  ///   - window: nil of a question that completes with the event that it counts.
  package init<Query: ComparedQuery>(
    of queries: [Query], around start: Instant, span: ClosedRange<Instant>?, window: Duration?,
    _ executor: some Executor, _ run: Run
  ) throws(ExecutionError) {
    (counted, scope) = (queries.first?.counted ?? "", queries.first?.scope ?? Scope(zone: .utc))
    (self.window, self.span) = (window ?? .days(0), span)
    let days = Basis(span: span).days(in: scope.zone)
    dates = scope.during.map { during in days.map { during.clamped(to: $0) } ?? during } ?? days
    for start in starts(around: start) {
      var samples: [ComparedFigure.Sample] = []
      for query in queries {
        var query = query
        query.scope.during = start..<next(start)
        guard let figure = query.compared(query.cut(try query.ask(executor, run)).total.figures).first else { continue }
        (name, unit) = (figure.name, figure.sample.unit)
        if figure.sample.cell.amount != nil { samples.append(figure.sample) }
      }
      if samples.count == queries.count { weeks[start] = Week(start: start, samples: samples) }
    }
  }

  /// Of the weeks that are over.
  private func starts(around start: Instant) -> [Instant] {
    let middle = CalendarUnit.week.start(of: start, in: scope.zone)
    return (-Self.mostBefore...Self.mostAfter).map { CalendarUnit.week.start($0, after: middle, in: scope.zone) }
      .filter(isWhole)
  }

  /// Whether the data has all days of the week that begins there, and those in which what began in it may be completed.
  private func isWhole(_ start: Instant) -> Bool {
    guard let dates, let last = span?.upperBound else { return false }
    let end = next(start)
    return start >= dates.lowerBound && end <= dates.upperBound && end.advanced(by: window) <= last
  }

  private func next(_ start: Instant) -> Instant { CalendarUnit.week.start(1, after: start, in: scope.zone) }

  /// The weeks from the one that begins there on, up to the first of which there is none.
  func following(_ start: Instant) -> [Week] {
    var (found, start): ([Week], Instant) = ([], start)
    while let week = weeks[start] {
      found.append(week)
      start = next(start)
    }
    return found
  }

  /// The weeks before the one that begins there, back to the first of which there is none; in order.
  func preceding(_ start: Instant) -> [Week] {
    var (found, start): ([Week], Instant) = ([], start)
    while let week = weeks[CalendarUnit.week.start(-1, after: start, in: scope.zone)] {
      found.append(week)
      start = week.start
    }
    return found.reversed()
  }

  /// The week that begins there, if it is over and somebody was in it.
  func week(_ start: Instant) -> Week? { weeks[start] }

  func label(_ start: Instant) -> String { CalendarUnit.week.label(of: start, in: scope.zone) }

  /// Whether a week ends after the dates that are asked of.
  func isCut(_ start: Instant) -> Bool { scope.during.map { next(start) > $0.upperBound } ?? false }

  /// The start of the first week that is not over.
  var open: Instant? {
    guard let last = span?.upperBound, let dates else { return nil }
    var start = CalendarUnit.week.start(of: min(last, dates.upperBound), in: scope.zone)
    while start > dates.lowerBound, !isWhole(CalendarUnit.week.start(-1, after: start, in: scope.zone)) {
      start = CalendarUnit.week.start(-1, after: start, in: scope.zone)
    }
    return start
  }
}
