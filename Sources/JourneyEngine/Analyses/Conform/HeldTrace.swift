import JourneyQuery

/// One customer's trace held against the designed order.
struct HeldTrace: Sendable {
  let numbers: DeviationNumbers
  private let isStrict: Bool
  private var alignment: StageAlignment
  /// Of the trace held last: stages of the run that are not matched, bit by stage; stages that an extra visit leads back to; the numbers of
  /// the deviations, one of them perhaps several times.
  private(set) var skipped: UInt64 = 0
  private(set) var returned: UInt64 = 0
  private(set) var deviations: [Int] = []
  private(set) var fitness = 1.0

  init(_ query: ConformQuery) {
    numbers = DeviationNumbers(stages: query.stages.count)
    isStrict = query.isStrict
    alignment = StageAlignment(stages: query.stages.count)
  }

  /// - Precondition: somebody's visits, at least one, and the stages seen.
  mutating func hold(_ visits: [UInt8], _ seen: UInt64) {
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
    var rest = skipped
    while rest != 0 {
      deviations.append(rest.trailingZeroBitCount)
      rest &= rest - 1
    }
    guard alignment.places.count < visits.count else { return }
    var next = 0
    for place in visits.indices {
      if next < alignment.places.count, alignment.places[next] == place {
        next += 1
        continue
      }
      let (stage, from) = (Int(visits[place]), place > 0 ? Int(visits[place - 1]) : nil)
      if let from, stage < from { returned |= 1 << UInt64(stage) }
      deviations.append(numbers.visit(stage, from: from))
    }
  }
}
