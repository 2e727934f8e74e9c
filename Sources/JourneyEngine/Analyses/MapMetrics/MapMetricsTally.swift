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
  /// - Parameter names: of all events, where events are to have names: numbers of these.
  init(_ query: MapMetricsQuery, in schema: StoreSchema, names: [String]? = nil) {
    let steps = query.stages + query.touchpoints.map(\.step)
    let stageOf = Array(query.stages.indices) + query.touchpoints.map(\.stage)
    words = stride(from: 0, to: max(1, steps.count), by: 64).map { first in
      let places = first..<min(first + 64, steps.count)
      var clauses = JourneyReader.Clauses(
        steps: Array(steps[places]), scope: query.scope, needsInstants: first == 0 && !query.stages.isEmpty)
      if first == 0, let names { (clauses.naming, clauses.names) = (Naming(), names) }
      let behind = query.stages.indices.map { furthest in
        places.reduce(into: UInt64(0)) { if stageOf[$1] < furthest { $0 |= 1 << UInt64($1 - first) } }
      }
      let timed = places.reduce(into: UInt64(0)) {
        if query.timesTouchpoints || $1 < query.stages.count { $0 |= 1 << UInt64($1 - first) }
      }
      return PlaceWord(JourneyReader(clauses, in: schema), behind: behind, timed: timed)
    }
    stages = StageTally(count: query.stages.count)
    value = query.value.flatMap(schema.index(ofProperty:))
    self.query = query
  }

  var found: MapMetricsPartial {
    var found = MapMetricsPartial(query)
    (found.asked, found.customers, found.onMap) = (words[0].reader.asked, customers, stages.onMap)
    found.stages = stages.stages
    let (seen, wentOn, values) = (words.flatMap(\.seen), words.flatMap(\.wentOn), words.flatMap(\.values))
    let toNext = words.flatMap(\.times.toNext)
    for (index, place) in zip(found.stages.indices, 0...) {
      found.stages[index].seen = seen[place]
      found.stages[index].left = seen[place] - wentOn[place]
      found.stages[index].toNext = [toNext[place]]
      found.stages[index].value = values[place]
    }
    for (index, place) in zip(found.touchpoints.indices, query.stages.count...) {
      found.touchpoints[index] = .init(
        seen: seen[place], wentOn: wentOn[place], toNext: [toNext[place]], value: values[place])
    }
    return found
  }

  /// Of the block read last.
  var block: BlockStages { BlockStages(words[0].reader, count: stages.count) }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    for index in words.indices {
      words[index].read(block, of: bucket)
      let block = self.block
      if index == 0 {
        customers += block.reader.people.count { !block.reader.events(of: $0).isEmpty }
        stages.read(words[0].met, block.mask)
      }
      words[index].count(stages.furthest)
      if stages.count > 0 { words[index].time(block) }
      if let value { words[index].add(bucket.properties[value]) }
    }
  }
}

/// Some places, as many as a reader tells apart.
private struct PlaceWord: Sendable {
  private(set) var reader: JourneyReader
  /// By bit: everyone there, and those of them who were seen at a later stage than the place's, and what these brought.
  private(set) var seen = [Int](repeating: 0, count: 64)
  private(set) var wentOn = [Int](repeating: 0, count: 64)
  private(set) var values = [ExactSum](repeating: ExactSum(), count: 64)
  private(set) var times: PlaceTimes
  /// By stage: the places that whoever came so far, and no further, has gone on from.
  private let behind: [UInt64]
  /// Those from which it is asked how long people take to a later stage.
  private let timed: UInt64
  /// By person of a block: the places they were at, and those they went on from.
  private(set) var met: [UInt64] = []
  private var gone: [UInt64] = []

  init(_ reader: JourneyReader, behind: [UInt64], timed: UInt64) {
    (self.reader, self.behind, self.timed) = (reader, behind, timed)
    times = PlaceTimes(behind: behind)
  }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    reader.read(block, of: bucket)
    Self.gather(reader, into: &met)
  }

  private static func gather(_ reader: JourneyReader, into met: inout [UInt64]) {
    met.removeAll(keepingCapacity: true)
    let masks = reader.masks
    let matches = masks.span
    for person in reader.people {
      var places: UInt64 = 0
      for event in reader.events(of: person) { places |= matches[event] }
      met.append(places)
    }
  }

  /// Adds everyone of a block to each place they were at.
  mutating func count(_ furthest: [Int]) {
    gone.removeAll(keepingCapacity: true)
    for (places, last) in zip(met, furthest) { gone.append(last < 0 ? 0 : places & behind[last]) }
    Self.count(met, &seen)
    Self.count(gone, &wentOn)
  }

  private static func count(_ places: [UInt64], _ counts: inout [Int]) {
    var counts = counts.mutableSpan
    for places in places { forEachBit(of: places) { counts[$0] += 1 } }
  }

  /// - Parameter stages: of the same events.
  mutating func time(_ stages: BlockStages) {
    if timed != 0 { times.follow(stages, reader.masks, timed, gone: gone) }
  }

  /// Adds what people brought to all the places that they went on from.
  mutating func add(_ column: PropertyColumn) {
    guard case .number(let numbers, let present) = column else { return }
    for (person, gone) in zip(reader.people, gone) where gone != 0 {
      if let rows = reader.wholeRows(of: person) {
        // Most events have none.
        var from = rows.lowerBound
        while let row = present.first(in: from..<rows.upperBound) {
          add(numbers[row], to: gone)
          from = row + 1
        }
      } else {
        for event in reader.events(of: person) {
          let row = reader.row(of: event)
          if present[row] { add(numbers[row], to: gone) }
        }
      }
    }
  }

  private mutating func add(_ number: Double, to places: UInt64) {
    forEachBit(of: places) { values[$0].add(number) }
  }
}
