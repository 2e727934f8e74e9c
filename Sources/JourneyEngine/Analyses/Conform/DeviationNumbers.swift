import JourneyQuery

/// Deviations as numbers from 0, in the order in which equally frequent ones are listed: skipped stages in map order, then extra visits
/// by their stage and by the one before, the start first.
struct DeviationNumbers: Sendable {
  let stages: Int

  var count: Int { stages + stages * (stages + 1) }

  @inline(__always)
  func visit(_ stage: Int, from: Int?) -> Int { stages + stage * (stages + 1) + (from ?? -1) + 1 }

  func number(_ deviation: ConformQuery.Deviation) -> Int {
    switch deviation {
    case .skipped(let stage): stage
    case .visited(let stage, let from): visit(stage, from: from)
    }
  }

  func deviation(_ number: Int) -> ConformQuery.Deviation {
    guard number >= stages else { return .skipped(number) }
    let (stage, from) = (number - stages).quotientAndRemainder(dividingBy: stages + 1)
    return .visited(stage, from: from == 0 ? nil : from - 1)
  }
}
