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
    /// What these brought.
    var values = [ExactSum](repeating: ExactSum(), count: 64)
    /// By stage: the places that whoever came so far, and no further, has gone on from.
    var behind: [UInt64]

    /// The places that an event is at; without matches, all.
    func matches(of event: Int) -> UInt64 { reader.matches.isEmpty ? .max : reader.matches[event] }
  }

  private let query: MapMetricsQuery
  private var words: [Word]
  private var stages: StageTally
  private var customers = 0
  /// The property of `value`; nil where it is not asked, and where the store has no numbers of this name.
  private let value: Int?
  /// What each person of a block brought, where they did; empty without `value`.
  private var brought: [ExactSum?] = []

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
    value = query.value.flatMap(schema.index(ofProperty:))
    self.query = query
  }

  var found: MapMetricsPartial {
    var found = MapMetricsPartial(query)
    (found.asked, found.customers, found.onMap) = (words[0].reader.asked, customers, stages.onMap)
    found.stages = stages.stages
    let (seen, wentOn, values) = (words.flatMap(\.seen), words.flatMap(\.wentOn), words.flatMap(\.values))
    for (index, place) in zip(found.stages.indices, 0...) {
      found.stages[index].seen = seen[place]
      found.stages[index].left = seen[place] - wentOn[place]
      found.stages[index].value = values[place]
    }
    for (index, place) in zip(found.touchpoints.indices, query.stages.count...) {
      found.touchpoints[index] = .init(seen: seen[place], wentOn: wentOn[place], value: values[place])
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
        brought = value.map { Self.values(reader, bucket.properties[$0]) } ?? []
      }
      Self.count(&words[index], stages.furthest)
      if !brought.isEmpty { Self.add(brought, to: &words[index], stages.furthest) }
    }
  }

  /// What each person brought; nil of those without a value.
  private static func values(_ reader: JourneyReader, _ column: PropertyColumn) -> [ExactSum?] {
    guard case .number(let numbers, let present) = column else { return [] }
    return reader.people.map { person in
      var sum: ExactSum?
      for event in reader.events(of: person) {
        let row = reader.row(of: event)
        if present[row] { sum = sum ?? ExactSum(); sum?.add(numbers[row]) }
      }
      return sum
    }
  }

  /// Adds what people brought to all the places that they went on from.
  private static func add(_ brought: [ExactSum?], to word: inout Word, _ furthest: [Int]) {
    for ((person, sum), last) in zip(zip(word.reader.people, brought), furthest) where last >= 0 {
      guard let sum else { continue }
      var gone = word.behind[last] & word.reader.events(of: person).reduce(0) { $0 | word.matches(of: $1) }
      while gone != 0 {
        word.values[gone.trailingZeroBitCount].add(sum)
        gone &= gone - 1
      }
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
