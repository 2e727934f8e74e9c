import EventStore
import JourneyQuery

/// Where people join a map, leave it, pass stages by, and how long it takes them to a later one.
struct StageTally: Sendable {
  /// What is counted here is all but who was seen and who left.
  private(set) var stages: [MapMetricsPartial.Stage]
  /// Everyone at some stage.
  private(set) var onMap = 0
  /// Furthest stage of each person of the last block; −1 for those who are at none.
  private(set) var furthest: [Int] = []
  /// By stage, of one person: the instant of the first event there.
  private var first: [Int64]

  /// At most 64 stages.
  init(count: Int) {
    stages = Array(repeating: MapMetricsPartial.Stage(toNext: [[]]), count: count)
    first = Array(repeating: 0, count: count)
  }

  private var mask: UInt64 { stages.count == 64 ? .max : (1 << UInt64(stages.count)) - 1 }

  /// - Parameters:
  ///   - reader: its first steps are the stages, and it has instants if there are any.
  ///   - met: by person, the steps of all events.
  mutating func read(_ reader: JourneyReader, met: [UInt64]) {
    furthest.removeAll(keepingCapacity: true)
    let mask = mask
    for (person, steps) in zip(reader.people, met) {
      let seen = steps & mask
      furthest.append(63 - seen.leadingZeroBitCount)
      guard seen != 0 else { continue }
      if seen & (seen - 1) != 0 { follow(reader, reader.events(of: person), seen) }
      onMap += 1
      stages[seen.trailingZeroBitCount].joined += 1
      // From the earliest to the furthest, without those between where they were.
      let between = (UInt64.max << UInt64(seen.trailingZeroBitCount)) & (UInt64.max >> UInt64(seen.leadingZeroBitCount))
      Self.forEachBit(of: between & ~seen) { stages[$0].passed += 1 }
    }
  }

  /// Goes along a journey that is at the stages `all`, as long as anything can change.
  private mutating func follow(_ reader: JourneyReader, _ events: Range<Int>, _ all: UInt64) {
    let (matches, instants) = (reader.matches.span, reader.instants.span)
    /// Stages it was at, and those of them behind which no later one has come yet.
    var (seen, open): (UInt64, UInt64) = (0, 0)
    /// Stages that it was not at yet, and those that come behind an open one.
    var wanted = all
    for event in events {
      let here = matches.isEmpty ? all : matches[event]
      guard here & wanted != 0 else { continue }
      let latest: UInt64 = 1 << UInt64(63 - (here & all).leadingZeroBitCount)
      let (reached, new) = (open & (latest - 1), here & all & ~seen)
      let instant = instants[reader.firstInstant + event]
      Self.forEachBit(of: reached) { stages[$0].toNext[0].append(instant - first[$0]) }
      Self.forEachBit(of: new) { first[$0] = instant }
      open = open & ~reached | new
      seen |= new
      let earliest = open & (0 &- open)
      wanted = all & ~(seen & (earliest | (earliest &- 1)))
      if wanted == 0 { return }
    }
  }

  @inline(__always)
  private static func forEachBit(of word: UInt64, _ body: (Int) -> Void) {
    var rest = word
    while rest != 0 {
      body(rest.trailingZeroBitCount)
      rest &= rest - 1
    }
  }
}
