import EventStore
import JourneyQuery

/// Whom one thread found at touchpoints and stages.
struct MapMetricsTally: Sendable {
  /// As many touchpoints as a reader tells apart.
  private static let width = 64

  /// One for each 64 touchpoints, in turn; at least one.
  private var readers: [JourneyReader]
  private var funnel: FunnelReader?
  /// Customers with an event.
  private var customers = 0
  /// By touchpoint, and behind them places that none has.
  private var reached: [Int]
  private var depths: DepthTally
  private let query: MapMetricsQuery

  /// Without `funnel` no stages are counted.
  init(_ query: MapMetricsQuery, _ funnel: FunnelReader?, in schema: StoreSchema) {
    let groups = stride(from: 0, to: max(1, query.touchpoints.count), by: Self.width).map {
      Array(query.touchpoints.dropFirst($0).prefix(Self.width))
    }
    readers = groups.map { steps in
      JourneyReader(JourneyReader.Clauses(steps: steps, scope: query.scope, needsInstants: false), in: schema)
    }
    reached = Array(repeating: 0, count: groups.count * Self.width)
    depths = DepthTally(stages: query.stages.count)
    (self.query, self.funnel) = (query, funnel)
  }

  var found: MapMetricsPartial {
    var found = MapMetricsPartial(query)
    found.customers = customers
    found.touchpoints = Array(reached.prefix(found.touchpoints.count))
    found.stages = depths.reached
    return found
  }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    for index in readers.indices {
      readers[index].read(block, of: bucket)
      let found = Self.count(readers[index], from: index * Self.width, &reached)
      if index == 0 { customers += found }
    }
    funnel?.read(block, of: bucket, into: &depths)
  }

  /// Adds everyone to each touchpoint, the first of which has place `first`; returns how many have an event.
  private static func count(_ reader: JourneyReader, from first: Int, _ reached: inout [Int]) -> Int {
    let matches = reader.matches.span
    var reached = reached.mutableSpan
    var customers = 0
    for person in reader.people {
      let events = reader.events(of: person)
      guard !events.isEmpty else { continue }
      customers += 1
      var met: UInt64 = matches.isEmpty ? .max : 0
      if !matches.isEmpty { for event in events { met |= matches[event] } }
      while met != 0 {
        reached[first + met.trailingZeroBitCount] += 1
        met &= met - 1
      }
    }
    return customers
  }
}

/// How many units of a funnel without optional steps reached each step.
private struct DepthTally: FunnelSink {
  /// By step.
  private(set) var reached: [Int]

  init(stages: Int) { reached = Array(repeating: 0, count: stages) }

  mutating func take(_ unit: FunnelUnit, in block: JourneyBlock) {
    for step in 0..<unit.chain.depth { reached[step] += 1 }
  }

  mutating func take(_ chains: ChainRecords, in block: JourneyBlock) {
    for index in 0..<chains.count {
      for step in 0..<chains.depth(index) { reached[step] += 1 }
    }
  }
}
