import EventStore
import JourneyQuery

/// Reads which stages people come to, one after another.
///
/// After `read`, people and events are those of `reader`; `follow` then goes along the events of one person.
struct StageTraces: Sendable {
  private(set) var reader: JourneyReader
  /// Bit by stage.
  private let mask: UInt64
  /// Of the bucket read last, where it has any.
  private var orders: [Double]?

  /// The stages of the person followed last, visit by visit: those of one moment in map order, never one twice in a row.
  private(set) var visits: [UInt8] = []
  /// The same, each once, bit by stage.
  private(set) var seen: UInt64 = 0
  /// The first and the last event at a stage; of no meaning without visits.
  private(set) var first = 0
  private(set) var last = 0

  /// - Parameters:
  ///   - query: of at most 64 stages.
  ///   - names: of all events, by which those of `reader` are numbered.
  init(_ query: ConformQuery, in schema: StoreSchema, names: [String]) {
    var clauses = JourneyReader.Clauses(naming: Naming(), steps: query.stages, scope: query.scope)
    clauses.names = names
    reader = JourneyReader(clauses, in: schema)
    mask = query.stages.count == 64 ? .max : (1 << UInt64(query.stages.count)) - 1
  }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    reader.read(block, of: bucket)
    orders = bucket.orders
  }

  /// The stages an event is at, bit by stage.
  @inline(__always)
  func stages(of event: Int) -> UInt64 { reader.matches.isEmpty ? mask : reader.matches[event] & mask }

  /// O(events + visits).
  mutating func follow(_ person: Int) {
    visits.removeAll(keepingCapacity: true)
    seen = 0
    // The stages of a moment, and an event in it. Of one stage that comes again, alone, at later moments: the first of these.
    var (here, start, isFirst) = (UInt64(0), 0, true)
    for event in reader.events(of: person) {
      let stages = stages(of: event)
      guard stages != 0 else { continue }
      if stages != here || stages & (stages - 1) != 0 {
        if isFirst {
          (first, start, isFirst) = (event, event, false)
        } else if !isOneMoment(last, event) {
          visit(here)
          (here, start) = (0, event)
        } else if !isOneMoment(start, last) {
          visit(here)
          start = last
        }
        here |= stages
      }
      last = event
    }
    visit(here)
  }

  /// Adds the stages of one moment.
  @inline(__always)
  private mutating func visit(_ stages: UInt64) {
    seen |= stages
    forEachBit(of: stages) { stage in
      let stage = UInt8(truncatingIfNeeded: stage)
      if visits.last != stage { visits.append(stage) }
    }
  }

  @inline(__always)
  private func isOneMoment(_ event: Int, _ later: Int) -> Bool {
    guard reader.instants[reader.firstInstant + event] == reader.instants[reader.firstInstant + later] else {
      return false
    }
    guard let orders else { return true }
    return orders[reader.row(of: event)].isSameOrder(as: orders[reader.row(of: later)])
  }
}
