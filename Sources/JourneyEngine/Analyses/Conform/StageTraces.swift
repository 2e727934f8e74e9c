/// Which stages somebody comes to, one after another.
struct StageTraces: Sendable {
  /// The stages of the person followed last, visit by visit: those of one moment in map order, never one twice in a row.
  private(set) var visits: [UInt8] = []

  /// Room for the visits of a plain journey.
  private var room: [UInt8] = []

  /// O(events + visits).
  ///
  /// - Parameter orders: by row, where there are any.
  mutating func follow(_ person: Int, _ block: BlockStages, _ orders: [Double]?) {
    visits.removeAll(keepingCapacity: true)
    let events = block.reader.events(of: person)
    if room.count <= events.count { room = Array(repeating: 0, count: 2 * events.count + 1) }
    if let count = Self.followPlain(events, block, into: &room) {
      visits.append(contentsOf: room[..<count])
    } else {
      followMoments(events, block, orders)
    }
  }

  /// The number of visits; nil where an event is at several stages, or at another one than before at the instant of the event before.
  private static func followPlain(_ events: Range<Int>, _ block: BlockStages, into room: inout [UInt8]) -> Int? {
    let (stages, mask) = (block.masks.span.extracting(events), block.mask)
    let instants = block.reader.instants.span.extracting(
      block.reader.firstInstant + events.lowerBound..<block.reader.firstInstant + events.upperBound)
    var room = room.mutableSpan
    var (count, last, before) = (0, UInt64(0), Int64.min)
    var (others, ties) = (UInt64(0), 0)
    // Without branches, as nobody foresees where people go: what is written behind the end is overwritten.
    for event in stages.indices {
      let (here, instant) = (stages[event] & mask, instants[event])
      let comes = here == 0 || here == last ? 0 : 1
      room[count] = UInt8(truncatingIfNeeded: here.trailingZeroBitCount)
      count &+= comes
      others |= here & (here &- 1)
      ties |= instant == before ? comes : 0
      last = here == 0 ? last : here
      before = instant
    }
    return others == 0 && ties == 0 ? count : nil
  }

  private mutating func followMoments(_ events: Range<Int>, _ block: BlockStages, _ orders: [Double]?) {
    let reader = block.reader
    func isOneMoment(_ event: Int, _ later: Int) -> Bool {
      guard reader.instants[reader.firstInstant + event] == reader.instants[reader.firstInstant + later] else {
        return false
      }
      guard let orders else { return true }
      return orders[reader.row(of: event)].isSameOrder(as: orders[reader.row(of: later)])
    }
    // The stages of a moment, and an event in it. Of one stage that comes again, alone, at later moments: the first of these.
    var (here, start, last) = (UInt64(0), 0, 0)
    for event in events {
      let stages = block[event]
      guard stages != 0 else { continue }
      if stages != here || stages & (stages - 1) != 0 {
        if here == 0 {
          start = event
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
    forEachBit(of: stages) { stage in
      let stage = UInt8(truncatingIfNeeded: stage)
      if visits.last != stage { visits.append(stage) }
    }
  }
}
