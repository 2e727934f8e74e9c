/// What people came across on their way, in order, and how often that way ended in a conversion and how often not.
package struct AttributionPath: Hashable, Sendable {
  /// Each value by its number, from 0.
  package let values: [Int]
  package let converted: Double
  package let lost: Double

  package init(_ values: [Int], converted: Double, lost: Double = 0) {
    (self.values, self.converted, self.lost) = (values, converted, lost)
  }

  fileprivate func isOf(_ count: Int) -> Bool {
    converted >= 0 && lost >= 0 && converted.isFinite && lost.isFinite && names(valuesBelow: count)
  }

  fileprivate func names(valuesBelow count: Int) -> Bool { values.allSatisfy { 0 <= $0 && $0 < count } }
}

/// The credit of each value by the chain of first order that the paths make: by how much less would convert without it.
///
/// E. Anderl, I. Becker, F. von Wangenheim and J. H. Schumann, "Mapping the customer journey", International Journal of Research in Marketing 33
/// (2016). A removed value ends the ways that come to it; its removal effect is the share of conversions that is lost. Exactly, and of
/// all values at once: a way that does not come to a value stays as it is, so what is lost is the probability to come to it, times that to
/// convert from there, and both stand in the fundamental matrix of the absorbing chain (J. G. Kemeny and J. L. Snell, "Finite Markov Chains", 1960).
package struct MarkovAttribution: Hashable, Sendable {
  /// How many values there may be, since the work grows with their cube.
  package static let mostValues = 500

  /// By value, 0 … 1.
  package let removalEffects: [Double]

  /// By value: the conversions of all paths that have a value, as the removal effects divide them.
  package let credits: [Double]

  /// - Parameters:
  ///   - paths: in any order, the same perhaps more than once; those without a value say nothing.
  ///   - count: how many values there are.
  /// - Returns: nil of weights below 0 or not finite, of values that there are not, and of more values than `mostValues`.
  package init?(_ paths: [AttributionPath], values count: Int) {
    guard (0...Self.mostValues).contains(count), paths.allSatisfy({ $0.isOf(count) }) else { return nil }
    let chain = AbsorbingChain(paths, values: count)
    guard let visits = chain.fundamental else { return nil }
    let converting = visits.map { dot($0, chain.converting) }
    let all = dot(chain.entering, converting)
    removalEffects = (0..<count).map { value in
      guard all > 0 else { return 0 }
      let visiting = (0..<count).reduce(0) { $0 + chain.entering[$1] * visits[$1][value] } / visits[value][value]
      return min(1, max(0, visiting * converting[value] / all))
    }
    let (effects, conversions) = (removalEffects.reduce(0, +), conversions(of: paths))
    guard effects.isFinite, conversions.isFinite else { return nil }
    credits = removalEffects.map { effects > 0 ? $0 / effects * conversions : 0 }
  }
}

/// The credit of each value by the game in which v(S) is how many conversions have all their values in S.
///
/// L. S. Shapley, "A value for n-person games" (1953). That game is a sum of unanimity games, one for each set of values that converts, whose
/// value is its conversions; the Shapley value is additive, and divides a unanimity game equally among its players (J. C. Harsanyi, 1959).
/// So each conversion is divided equally among its distinct values, which is exact for any number of them.
///
/// - Returns: by value; together the conversions of all paths that have a value, which may be worth less than nothing. Nil of what is not finite, and
///   of values that there are not.
package func shapleyCredits(_ paths: [AttributionPath], values count: Int) -> [Double]? {
  guard count >= 0, paths.allSatisfy({ $0.names(valuesBelow: count) }), conversions(of: paths).isFinite else {
    return nil
  }
  var credits = [Double](repeating: 0, count: count)
  for path in paths {
    let players = Set(path.values)
    for player in players { credits[player] += path.converted / Double(players.count) }
  }
  return credits
}

private func conversions(of paths: [AttributionPath]) -> Double {
  paths.reduce(0) { $0 + ($1.values.isEmpty ? 0 : $1.converted) }
}

private func dot(_ one: [Double], _ other: [Double]) -> Double { zip(one, other).reduce(0) { $0 + $1.0 * $1.1 } }

/// Where ways begin, from what to what they lead, and where they convert, as probabilities.
private struct AbsorbingChain {
  var entering: [Double]
  var converting: [Double]
  private var moving: [[Double]]

  init(_ paths: [AttributionPath], values count: Int) {
    entering = [Double](repeating: 0, count: count)
    converting = entering
    moving = [[Double]](repeating: entering, count: count)
    var leaving = entering
    var all = 0.0
    for path in paths {
      guard let first = path.values.first, let last = path.values.last else { continue }
      let weight = path.converted + path.lost
      all += weight
      entering[first] += weight
      for (value, next) in zip(path.values, path.values.dropFirst()) { moving[value][next] += weight }
      for value in path.values { leaving[value] += weight }
      converting[last] += path.converted
    }
    entering = entering.map { all > 0 ? $0 / all : 0 }
    for value in 0..<count where leaving[value] > 0 {
      moving[value] = moving[value].map { $0 / leaving[value] }
      converting[value] /= leaving[value]
    }
  }

  /// How often a way that is at one value comes to another, itself included, before it ends.
  var fundamental: [[Double]]? {
    inverse(
      of: moving.indices.map { row in
        moving[row].indices.map { column in (row == column ? 1 : 0) - moving[row][column] }
      })
  }
}
