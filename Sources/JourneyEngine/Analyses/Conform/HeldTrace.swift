import JourneyQuery

/// One customer's trace held against the designed order.
struct HeldTrace: Sendable {
  let numbers: DeviationNumbers
  private let isStrict: Bool
  private var alignment: StageAlignment
  /// By the stage before, from 1, behind the start: the stages that extra visits come to, bit by stage. Nothing between two traces.
  private var extra: [UInt64]
  /// Of the trace held last: its stages, bit by stage; those of the run that are not matched; those that an extra visit leads back to; the
  /// numbers of the deviations, each once.
  private(set) var seen: UInt64 = 0
  private(set) var skipped: UInt64 = 0
  private(set) var returned: UInt64 = 0
  private(set) var deviations: [Int] = []
  private(set) var fitness = 1.0

  init(_ query: ConformQuery) {
    numbers = DeviationNumbers(stages: query.stages.count)
    isStrict = query.isStrict
    alignment = StageAlignment(stages: query.stages.count)
    extra = Array(repeating: 0, count: query.stages.count + 1)
  }

  /// - Precondition: somebody's visits, at least one.
  mutating func hold(_ visits: [UInt8]) {
    seen = visits.reduce(0) { $0 | 1 << UInt64($1) }
    let earliest = isStrict ? 0 : seen.trailingZeroBitCount
    let run = (UInt64.max << UInt64(earliest)) & (UInt64.max >> UInt64(seen.leadingZeroBitCount))
    alignment.match(visits)
    skipped = run & ~alignment.matched
    let whole = visits.count + run.nonzeroBitCount
    let cost = whole - 2 * alignment.places.count
    fitness = 1 - Double(cost) / Double(whole)
    noteDeviations(visits)
  }

  private mutating func noteDeviations(_ visits: [UInt8]) {
    deviations.removeAll(keepingCapacity: true)
    returned = 0
    forEachBit(of: skipped) { deviations.append($0) }
    guard alignment.places.count < visits.count else { return }
    Self.gather(visits, but: alignment.places, into: &extra)
    for before in extra.indices where extra[before] != 0 {
      let from = before > 0 ? before - 1 : nil
      forEachBit(of: extra[before]) { deviations.append(numbers.visit($0, from: from)) }
      if let from { returned |= extra[before] & (1 << UInt64(from) - 1) }
      extra[before] = 0
    }
  }

  private static func gather(_ visits: [UInt8], but matched: [Int], into extra: inout [UInt64]) {
    let (visits, matched) = (visits.span, matched.span)
    var extra = extra.mutableSpan
    var (next, before) = (0, 0)
    for place in visits.indices {
      if next < matched.count, matched[next] == place {
        next += 1
      } else {
        extra[before] |= 1 << UInt64(visits[place])
      }
      before = Int(visits[place]) + 1
    }
  }
}
