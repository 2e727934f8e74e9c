import EventStore
import JourneyQuery
import JourneyStatistics
import JourneyTime

/// Divides conversions among values.
struct AttributionSummary {
  private typealias Credits = [AttributionReport.Credit]

  /// Values are numbers, which sort as they do.
  private struct Path {
    var values: [Int]
    var conversions: Int
    var worth: Double
    var lost: Int
  }

  private let query: AttributionQuery
  private let found: AttributionPartial
  private let span: ClosedRange<Instant>?
  /// In the order of their bytes.
  private let values: [String]
  /// By number of a value in the paths that were found; −1 for what is missing.
  private let rank: [Int]

  init(query: AttributionQuery, found: AttributionPartial, span: ClosedRange<Instant>?) {
    (self.query, self.found, self.span) = (query, found, span)
    let texts = found.keys.keys.map { $0.first ?? nil }
    let sorted = texts.indices.filter { texts[$0] != nil }
      .sorted { (texts[$0] ?? "").comesBefore(texts[$1] ?? "") }
    values = sorted.compactMap { texts[$0] }
    var rank = [Int](repeating: -1, count: texts.count)
    for (place, number) in sorted.enumerated() { rank[number] = place }
    self.rank = rank
  }

  /// Throws `cancelled` if the run is, and `limit` for too many values of a chain, and for a sum beyond the largest number.
  func report(_ run: Run) throws(ExecutionError) -> AttributionReport {
    let paths = try sortedPaths(run)
    var report = AttributionReport(
      direct: .init(conversions: Double(found.paths.direct.count), worth: found.paths.direct.worth.value),
      conversions: paths.reduce(found.paths.direct.count) { $0 + $1.conversions }, customers: found.customers,
      worth: worth, distinct: paths.count { $0.conversions > 0 }, lost: paths.reduce(0) { $0 + $1.lost },
      basis: Basis(span: span, people: found.asked))
    guard report.worth.isFinite else { throw .limit(.sum(property: query.worth ?? "")) }
    let credits = try query.models.map { (model) throws(ExecutionError) in
      try run.check()
      return try self.credits(by: model, paths)
    }
    report.values = touched(paths, credits)
    report.paths = Array(
      paths.enumerated().filter { $0.element.conversions > 0 }.sorted { left, right in
        (right.element.conversions, left.element.lost, left.offset)
          < (left.element.conversions, right.element.lost, right.offset)
      }.prefix(max(0, query.top))
    ).map { (_, path) in
      AttributionReport.Path(
        values: path.values.map { values[$0] }, conversions: path.conversions, lost: path.lost, worth: path.worth)
    }
    return report
  }

  /// By their values, so that sums of parts come out the same whoever found them.
  private func sortedPaths(_ run: Run) throws(ExecutionError) -> [Path] {
    var paths: [Path] = []
    for (path, (converted, lost)) in zip(found.paths.converted, found.paths.lost).enumerated() {
      if path & 0x3FFF == 0 { try run.check() }
      guard converted.count > 0 || lost > 0 else { continue }
      paths.append(
        Path(
          values: found.paths.values(of: path).map { rank[$0] }, conversions: converted.count,
          worth: converted.worth.value, lost: lost))
    }
    return paths.sorted { $0.values.lexicographicallyPrecedes($1.values) }
  }

  private var worth: Double {
    var sum = found.paths.direct.worth
    for converted in found.paths.converted { sum.add(converted.worth) }
    return sum.value
  }

  /// Those that no path has are left out.
  private func touched(_ paths: [Path], _ credits: [Credits]) -> [AttributionReport.Touched] {
    var touched = values.indices.map { value in
      AttributionReport.Touched(
        value: values[value], conversions: 0, lost: 0, credits: credits.map { $0[value] })
    }
    for path in paths {
      for value in Set(path.values) {
        touched[value].conversions += path.conversions
        touched[value].lost += path.lost
      }
    }
    // Equal ones stay in the order of their bytes: the place breaks the tie.
    return touched.enumerated().filter { $0.element.conversions > 0 || $0.element.lost > 0 }
      .sorted { ($1.element.conversions, $0.offset) < ($0.element.conversions, $1.offset) }.map(\.element)
  }

  // MARK: models

  private func credits(by model: AttributionQuery.Model, _ paths: [Path]) throws(ExecutionError) -> Credits {
    switch model {
    case .first: divided(paths) { [($0[0], 1)] }
    case .last: divided(paths) { [($0[$0.count - 1], 1)] }
    case .linear: divided(paths) { touches in touches.map { ($0, 1 / Double(touches.count)) } }
    case .position: divided(paths, Self.positions)
    case .decay: decayed
    case .markov: try byRemoval(paths)
    case .shapley: byCoalitions(paths)
    }
  }

  /// - Parameter shares: of each touch of a path; together 1.
  private func divided(_ paths: [Path], _ shares: ([Int]) -> [(value: Int, share: Double)]) -> Credits {
    var credits = Credits(repeating: .init(), count: values.count)
    for path in paths where path.conversions > 0 {
      for (value, share) in shares(path.values) {
        credits[value].conversions += share * Double(path.conversions)
        credits[value].worth += share * path.worth
      }
    }
    return credits
  }

  private static func positions(_ touches: [Int]) -> [(value: Int, share: Double)] {
    let (last, between) = (touches.count - 1, Double(max(1, touches.count - 2)))
    return touches.enumerated().map { place, value in
      switch last {
      case 0: (value, 1)
      case 1: (value, 0.5)
      default: (value, place == 0 || place == last ? 0.4 : 0.2 / between)
      }
    }
  }

  private var decayed: Credits {
    var credits = Credits(repeating: .init(), count: values.count)
    for (number, weighed) in found.paths.decayed.enumerated() where rank[number] >= 0 {
      credits[rank[number]] = .init(conversions: weighed.conversions.value, worth: weighed.worth.value)
    }
    return credits
  }

  private func byRemoval(_ paths: [Path]) throws(ExecutionError) -> Credits {
    let ways = paths.map {
      AttributionPath($0.values, converted: Double($0.conversions), lost: Double($0.lost))
    }
    guard let chain = MarkovAttribution(ways, values: values.count) else {
      throw .limit(.values(MarkovAttribution.mostValues, of: query.heading))
    }
    let (effects, worth) = (chain.removalEffects.reduce(0, +), paths.reduce(0) { $0 + $1.worth })
    return zip(chain.credits, chain.removalEffects).map { conversions, effect in
      .init(conversions: conversions, worth: effects > 0 ? effect / effects * worth : 0)
    }
  }

  private func byCoalitions(_ paths: [Path]) -> Credits {
    func credits(_ amount: (Path) -> Double) -> [Double] {
      shapleyCredits(paths.map { AttributionPath($0.values, converted: amount($0)) }, values: values.count)
        ?? values.map { _ in 0 }
    }
    return zip(credits { Double($0.conversions) }, credits(\.worth)).map { .init(conversions: $0, worth: $1) }
  }
}
