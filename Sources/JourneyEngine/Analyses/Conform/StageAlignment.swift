/// The best match of a trace with stages in their order: of its longest strictly ascending subsequences the one at the
/// lexicographically least places. A value of it is used for many traces: it holds scratch space.
///
/// Stages are few, so what is best behind a place is known by stage: it takes O(visits + stages²) steps, and a byte a visit.
struct StageAlignment: Sendable {
  /// Matched places of the trace matched last, ascending: no more than there are stages.
  private(set) var places: [Int] = []
  /// The stages that stand there, bit by stage.
  private(set) var matched: UInt64 = 0
  /// By place: the length of the longest ascending subsequence that begins there.
  private var lengths: [UInt8] = []
  /// By stage: the same of all places looked at, of this stage or later ones; behind the last stands 0.
  private var best: [UInt8]

  /// At most 64 stages.
  init(stages: Int) { best = Array(repeating: 0, count: stages + 1) }

  /// - Precondition: `trace` has stages from 0 to below the number of stages.
  mutating func match(_ trace: [UInt8]) {
    places.removeAll(keepingCapacity: true)
    matched = 0
    if lengths.count < trace.count {
      lengths.append(contentsOf: repeatElement(0, count: trace.count - lengths.count))
    }
    Self.measure(trace, &lengths, &best)
    // The first place of the greatest length begins the match; each further one is the next that leaves as much behind it as there is.
    var (wanted, least) = (best[0], 0)
    for (place, stage) in trace.enumerated() {
      if wanted == 0 { break }
      guard lengths[place] == wanted, Int(stage) >= least else { continue }
      places.append(place)
      matched |= 1 << UInt64(stage)
      (wanted, least) = (wanted - 1, Int(stage) + 1)
    }
  }

  /// Leaves the lengths of all places, from the last to the first.
  private static func measure(_ trace: [UInt8], _ lengths: inout [UInt8], _ best: inout [UInt8]) {
    let trace = trace.span
    var lengths = lengths.mutableSpan
    var best = best.mutableSpan
    for stage in best.indices { best[stage] = 0 }
    for place in trace.indices.reversed() {
      var stage = Int(trace[place])
      let length = best[stage + 1] + 1
      lengths[place] = length
      while stage >= 0, best[stage] < length {
        best[stage] = length
        stage -= 1
      }
    }
  }
}
