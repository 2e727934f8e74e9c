import JourneyQuery
import JourneyTime

extension Trend {
  /// Fewer times than this are no trend: nothing is drawn.
  private static let leastTimes = 3

  /// Nil where there is no trend to see.
  ///
  /// - Parameter what: of the figures, as `events`.
  init?(_ what: String, per unit: CalendarUnit, labels: [String], lines: [Line], unfinished: Int) {
    guard labels.count >= Self.leastTimes, lines.contains(where: { line in line.values.contains { $0.isDrawn } }) else {
      return nil
    }
    self.init("\(what) per \(unit.rawValue)", labels: labels, lines: lines, unfinished: unfinished)
  }
}

extension Cell {
  fileprivate var isDrawn: Bool { height != nil }
}
