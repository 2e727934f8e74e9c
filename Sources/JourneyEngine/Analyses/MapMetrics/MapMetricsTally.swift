import EventStore
import JourneyQuery

/// Whom one thread found at touchpoints and stages.
///
/// Places are the bits of words: stages are the first of the first word, touchpoints come behind them.
struct MapMetricsTally: Sendable {
  /// Some places, as many as a reader tells apart.
  private struct Word: Sendable {
    var reader: JourneyReader
    /// By bit: everyone there, and those of them who were seen at a later stage than the place's.
    var seen = [Int](repeating: 0, count: 64)
    var wentOn = [Int](repeating: 0, count: 64)
    /// By stage: the places that whoever came so far, and no further, has gone on from.
    var behind: [UInt64]
  }

  private let query: MapMetricsQuery
  private var words: [Word]
  private var stages: StageTally
  private var customers = 0

  /// - Precondition: no more stages than are told apart.
  init(_ query: MapMetricsQuery, in schema: StoreSchema) {
    let steps = query.stages + query.touchpoints.map(\.step)
    let stageOf = Array(query.stages.indices) + query.touchpoints.map(\.stage)
    words = stride(from: 0, to: max(1, steps.count), by: 64).map { first in
      let places = first..<min(first + 64, steps.count)
      let clauses = JourneyReader.Clauses(
        steps: Array(steps[places]), scope: query.scope, needsInstants: first == 0 && !query.stages.isEmpty)
      let behind = query.stages.indices.map { furthest in
        places.reduce(into: UInt64(0)) { if stageOf[$1] < furthest { $0 |= 1 << UInt64($1 - first) } }
      }
      return Word(reader: JourneyReader(clauses, in: schema), behind: behind)
    }
    stages = StageTally(count: query.stages.count)
    self.query = query
  }

  var found: MapMetricsPartial {
    var found = MapMetricsPartial(query)
    (found.asked, found.customers, found.onMap) = (words[0].reader.asked, customers, stages.onMap)
    found.stages = stages.stages
    let (seen, wentOn) = (words.flatMap(\.seen), words.flatMap(\.wentOn))
    for (index, place) in zip(found.stages.indices, 0...) {
      found.stages[index].seen = seen[place]
      found.stages[index].left = seen[place] - wentOn[place]
    }
    for (index, place) in zip(found.touchpoints.indices, query.stages.count...) {
      found.touchpoints[index] = .init(seen: seen[place], wentOn: wentOn[place])
    }
    return found
  }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    for index in words.indices {
      words[index].reader.read(block, of: bucket)
      if index == 0 {
        let reader = words[0].reader
        customers += reader.people.count { !reader.events(of: $0).isEmpty }
        stages.read(reader)
      }
      Self.count(&words[index], stages.furthest)
    }
  }

  private static func count(_ word: inout Word, _ furthest: [Int]) {
    count(word.reader, furthest, word.behind, &word.seen, &word.wentOn)
  }

  /// Adds everyone of a block to each place they were at.
  private static func count(
    _ reader: JourneyReader, _ furthest: [Int], _ behind: [UInt64], _ seen: inout [Int], _ wentOn: inout [Int]
  ) {
    let matches = reader.matches.span
    var seen = seen.mutableSpan
    var wentOn = wentOn.mutableSpan
    for (person, last) in zip(reader.people, furthest) {
      let events = reader.events(of: person)
      // Without matches every event is at every place.
      var met: UInt64 = matches.isEmpty && !events.isEmpty ? .max : 0
      if !matches.isEmpty { for event in events { met |= matches[event] } }
      var gone = last < 0 ? 0 : met & behind[last]
      while gone != 0 {
        wentOn[gone.trailingZeroBitCount] += 1
        gone &= gone - 1
      }
      while met != 0 {
        seen[met.trailingZeroBitCount] += 1
        met &= met - 1
      }
    }
  }
}
