import JourneyQuery

extension EmbeddedEngine {
  /// What customers bring, in all and each. Throws `limit` for too many periods, and for a sum beyond the largest number.
  public func value(_ query: ValueQuery, _ run: Run) throws(ExecutionError) -> ValueReport {
    let report = try deriving(query.scope).cut(query, run, by: ValueTally.self)
    let figures =
      report.groups.flatMap { [$0.figures] + $0.periods } + report.total.periods
      + [report.versus, report.total.figures].compactMap(\.self)
    guard figures.allSatisfy(\.isFinite) else {
      throw .limit("values of \(query.property) add up to more than 1.8 × 10^308, the largest number")
    }
    return report
  }
}

extension ValueQuery: CutQuery {}

extension ValueFigures {
  fileprivate var isFinite: Bool { total.isFinite && [median, p90].allSatisfy { $0?.isFinite ?? true } }
}
