import EventStore
import JourneyQuery

/// Makes the blocks of a funnel: finds which events fill which steps.
struct StepMarker: Sendable {
  private let steps: Int
  /// The steps of the path, and behind them one that stands for all that `without` names.
  private let matcher: StepMatcher
  private let filter: ConditionProgram?
  private let during: Range<Int64>?
  private let holding: ValueKeys?

  init(_ query: FunnelQuery, in schema: StoreSchema) {
    let excluded = Step(label: "", alternatives: query.without.flatMap(\.alternatives))
    steps = query.path.steps.count
    matcher = StepMatcher(query.path.steps.map(\.step) + [excluded], in: schema)
    filter = query.scope.filter.map { ConditionProgram($0, in: schema) }
    during = query.scope.during.map { $0.lowerBound.microseconds..<$0.upperBound.microseconds }
    holding = query.holding.map { ValueKeys($0, in: schema) }
  }

  /// Whether some event may be named by `without` and fill a step as well.
  var excludesSteps: Bool { (0..<steps).contains { matcher.canShareEvents($0, steps) } }

  /// Whether some event may fill two steps behind the first.
  var sharesEvents: Bool {
    (1..<max(1, steps)).contains { step in (1..<step).contains { matcher.canShareEvents(step, $0) } }
  }

  /// No event of a customer whose event mask shares no bit with this can start a chain.
  var startMask: UInt64 { matcher.eventMasks[0] }

  /// Reads the events of some customers. Once the run is cancelled what is left has no bits set.
  func read(_ customers: Range<Int>, of bucket: Bucket, _ run: Run) -> JourneyBlock {
    var block = JourneyBlock(customers, of: bucket, steps: steps, holding: holding)
    let rows = block.bitmaps.rows
    var truths: [UInt8] = []
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.chunk) where !run.isCancelled {
      let part = start..<min(start + Self.chunk, rows.upperBound)
      matcher.mark(part, of: bucket, block.events, in: &block.bitmaps)
      keep(part, of: bucket, in: &block, &truths)
    }
    if during != nil || holding != nil { restrictStarts(&block) }
    return block
  }

  /// Rows between two looks at whether the run is cancelled; a multiple of 64.
  private static let chunk = 65_536

  /// Fills the plane of kept events, and clears in those of the steps what `where` does not keep.
  private func keep(_ rows: Range<Int>, of bucket: Bucket, in block: inout JourneyBlock, _ truths: inout [UInt8]) {
    let origin = block.bitmaps.rows.lowerBound
    filter?.evaluate(rows, of: bucket, into: &truths)
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: 64) {
      let (index, count) = ((start - origin) / 64, min(64, rows.upperBound - start))
      var bits: UInt64 = .max >> UInt64(64 - count)
      if filter != nil {
        for place in 0..<count where truths[start - rows.lowerBound + place] != Truth.yes {
          bits &= ~(1 << UInt64(place))
        }
        for plane in 0...block.excluded { block.bitmaps[plane, word: index] &= bits }
      }
      block.bitmaps[block.kept, word: index] = bits
    }
  }

  /// Leaves in plane 0 only events that a chain may start with.
  private func restrictStarts(_ block: inout JourneyBlock) {
    let rows = block.bitmaps.rows
    var next = block.bitmaps.first(0, in: rows)
    while let row = next {
      let isInside = during?.contains(block.instants[row]) ?? true
      if !isInside || holding != nil && block.value(at: row) == nil { block.bitmaps[0, row] = false }
      next = block.bitmaps.first(0, in: row + 1..<rows.upperBound)
    }
  }
}
