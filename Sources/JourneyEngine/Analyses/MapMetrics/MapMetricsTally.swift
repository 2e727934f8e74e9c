import EventStore
import JourneyQuery

/// Whom one thread found at touchpoints and stages.
///
/// Places are the bits of words: stages are the first of the first word, touchpoints come behind them.
struct MapMetricsTally: Sendable {
  private let query: MapMetricsQuery
  private var words: [PlaceWord]
  private var stages: StageTally
  private var customers = 0
  /// The property of `value`; nil where it is not asked, and where the store has no numbers of this name.
  private let value: Int?

  /// - Precondition: no more stages than are told apart.
  init(_ query: MapMetricsQuery, in schema: StoreSchema) {
    let steps = query.stages + query.touchpoints.map(\.step)
    let stageOf = Array(query.stages.indices) + query.touchpoints.map(\.stage)
    words = stride(from: 0, to: max(1, steps.count), by: 64).map { first in
      let places = first..<min(first + 64, steps.count)
      var clauses = JourneyReader.Clauses(
        steps: Array(steps[places]), scope: query.scope, needsInstants: first == 0 && !query.stages.isEmpty)
      let timed = query.timesTouchpoints ? places : places.clamped(to: query.stages.indices)
      clauses.marked = timed.count
      return PlaceWord(
        JourneyReader(clauses, in: schema), stages: Array(stageOf[places]), of: query.stages.count, timed: timed.count)
    }
    stages = StageTally(count: query.stages.count)
    value = query.value.flatMap(schema.index(ofProperty:))
    self.query = query
  }

  var found: MapMetricsPartial {
    var found = MapMetricsPartial(query)
    (found.asked, found.customers, found.onMap) = (words[0].reader.asked, customers, stages.onMap)
    let (seen, wentOn, values) = (words.flatMap(\.seen), words.flatMap(\.wentOn), words.flatMap(\.values))
    let toNext = words.flatMap(\.times.toNext)
    for place in found.stages.indices {
      found.stages[place] = .init(
        seen: seen[place], joined: stages.joined[place], passed: stages.passed[place],
        left: seen[place] - wentOn[place], toNext: toNext[place], value: values[place])
    }
    for (index, place) in zip(found.touchpoints.indices, query.stages.count...) {
      found.touchpoints[index] = .init(
        seen: seen[place], wentOn: wentOn[place], toNext: toNext[place], value: values[place])
    }
    return found
  }

  /// Returns what is known of the events of the block, in words of the first places: not to be kept, as a reader changes its columns in place.
  @discardableResult
  mutating func read(_ block: Range<Int>, of bucket: Bucket) -> BlockStages {
    for index in words.indices { words[index].read(block, of: bucket) }
    let block = BlockStages(words[0].reader, count: stages.count)
    customers += block.reader.people.count { !block.reader.events(of: $0).isEmpty }
    stages.read(words[0].met)
    for index in words.indices {
      words[index].count(stages.furthest)
      words[index].time(block)
      if let value { words[index].add(bucket.properties[value]) }
    }
    return block
  }
}

/// Some places, as many as a reader tells apart.
private struct PlaceWord: Sendable {
  private(set) var reader: JourneyReader
  /// By bit: everyone there, and those of them who were seen at a later stage than the place's, and what these brought.
  private(set) var seen: [Int]
  private(set) var wentOn: [Int]
  private(set) var values: [ExactSum]
  private(set) var times: PlaceTimes
  /// By stage: the places that whoever came so far, and no further, has gone on from.
  private let behind: [UInt64]
  /// Those from which it is asked how long people take to a later stage.
  private let timed: UInt64
  /// By person of a block: the places they were at, and those they went on from.
  private(set) var met: [UInt64] = []
  private var gone: [UInt64] = []

  /// - Parameters:
  ///   - stages: by place; there are `count`.
  ///   - timed: of how many places, the first, it is asked how long people take from them to a later stage.
  init(_ reader: JourneyReader, stages: [Int], of count: Int, timed: Int) {
    self.reader = reader
    behind = (0..<count).map { furthest in
      stages.indices.reduce(0) { $0 | (stages[$1] < furthest ? 1 << UInt64($1) : 0) }
    }
    self.timed = timed == 64 ? .max : (1 << UInt64(timed)) - 1
    seen = stages.map { _ in 0 }
    wentOn = seen
    values = stages.map { _ in ExactSum() }
    times = PlaceTimes(stages: stages)
  }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    reader.read(block, of: bucket)
    reader.gatherSteps(of: bucket, into: &met)
  }

  /// Adds everyone of a block to each place they were at.
  mutating func count(_ furthest: [Int]) {
    gone = Array(repeating: 0, count: met.count)
    for (person, last) in furthest.enumerated() where last >= 0 { gone[person] = met[person] & behind[last] }
    countBits(of: met, into: &seen)
    countBits(of: gone, into: &wentOn)
  }

  /// - Parameter stages: of the same events.
  mutating func time(_ stages: BlockStages) {
    guard timed != 0 else { return }
    let timed = timed
    times.find(stages, reader.marks, gone: gone.map { $0 & timed })
  }

  /// Adds what people brought to all the places that they went on from.
  mutating func add(_ column: PropertyColumn) {
    guard case .number(let numbers, let present) = column else { return }
    guard let rows = reader.wholeRows else {
      for (person, gone) in zip(reader.people, gone) where gone != 0 {
        for event in reader.events(of: person) {
          let row = reader.row(of: event)
          if present[row] { add(numbers[row], to: gone) }
        }
      }
      return
    }
    // Most events have none.
    var next = present.first(in: rows) ?? rows.upperBound
    for (person, gone) in zip(reader.people, gone) {
      let end = reader.slots(of: person).upperBound
      while next < end {
        if gone != 0 { add(numbers[next], to: gone) }
        next = present.first(in: next + 1..<rows.upperBound) ?? rows.upperBound
      }
    }
  }

  private mutating func add(_ number: Double, to places: UInt64) {
    forEachBit(of: places) { values[$0].add(number) }
  }
}
