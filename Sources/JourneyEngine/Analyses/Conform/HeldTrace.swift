import JourneyQuery

/// One customer's trace held against the designed order.
struct HeldTrace: Sendable {
  let numbers: DeviationNumbers
  private let isStrict: Bool
  private var alignment: StageAlignment
  /// By deviation: the number of the trace that had it last, from 1.
  private var met: [Int]
  private var traces = 0
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
    met = Array(repeating: 0, count: numbers.count)
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
    traces += 1
    returned = 0
    forEachBit(of: skipped) { note($0) }
    guard alignment.places.count < visits.count else { return }
    var next = 0
    for place in visits.indices {
      if next < alignment.places.count, alignment.places[next] == place {
        next += 1
        continue
      }
      let (stage, from) = (Int(visits[place]), place > 0 ? Int(visits[place - 1]) : nil)
      if let from, stage < from { returned |= 1 << UInt64(stage) }
      note(numbers.visit(stage, from: from))
    }
  }

  private mutating func note(_ deviation: Int) {
    guard met[deviation] != traces else { return }
    met[deviation] = traces
    deviations.append(deviation)
  }
}
