import JourneyQuery
import JourneyTime

extension Trend {
  /// Fewer times than this are no trend: nothing is drawn.
  private static let leastTimes = 3

  /// A line per group, in the order of their first rows, from rows of groups by periods; nil where there is no trend to see.
  ///
  /// - Parameter what: of the figures, as `events`.
  static func picture(
    _ what: String, per unit: CalendarUnit?, rows: [(group: [Cell], period: String?, value: Cell)]
  ) -> Picture? {
    guard let unit else { return nil }
    var names: [String] = []
    var lines: [String: [Cell]] = [:]
    var labels: [String] = []
    for row in rows {
      let name = row.group.map { $0.text() }.joined(separator: ", ")
      if lines[name] == nil { names.append(name) }
      lines[name, default: []].append(row.value)
      if names.count == 1 { labels.append(row.period ?? "") }
    }
    return picture(what, per: unit, labels: labels, lines: names.map { Line($0, lines[$0] ?? []) })
  }

  static func picture(_ what: String, per unit: CalendarUnit, labels: [String], lines: [Line]) -> Picture? {
    guard labels.count >= leastTimes, lines.contains(where: { line in line.values.contains { $0.isDrawn } }) else {
      return nil
    }
    return .trend(Trend("\(what) per \(unit.rawValue)", labels: labels, lines: lines))
  }
}

extension Cell {
  fileprivate var isDrawn: Bool { height != nil }
}
