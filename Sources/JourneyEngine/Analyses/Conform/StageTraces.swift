import EventStore
import JourneyQuery

/// Which stages people of a block come to, one after another.
struct StageTraces: Sendable {
  let words: TraceWords
  /// The stages of the person followed last, visit by visit, where there is no word for them: those of one moment in map order, never one
  /// twice in a row.
  private(set) var visits: [UInt8] = []
  /// By event code, as `stages`; nil where stages depend on more.
  private let stagesByCode: [UInt8]?
  /// By event of the block: its stage, counted from 1, 0 at none, and `several`.
  private var stages: [UInt8] = []
  /// By person of the block: the visits as a word, if they are few enough, and how many there are; −1 where an event is at several stages.
  private var plain: [(word: UInt64, count: Int)] = []
  /// Room for the visits of a plain journey, as `stages` has them.
  private var room: [UInt8] = []

  private static let several: UInt8 = 0x80

  init(_ stages: [Step], in schema: StoreSchema) {
    words = TraceWords(stages: stages.count)
    let matcher = StepMatcher(stages, in: schema)
    stagesByCode = matcher.conditional.isEmpty ? matcher.certain.map(Self.stage) : nil
  }

  private static func stage(_ stages: UInt64) -> UInt8 {
    if stages & (stages &- 1) != 0 { return several }
    return stages == 0 ? 0 : UInt8(truncatingIfNeeded: stages.trailingZeroBitCount) + 1
  }

  /// Reads the events of a block. O(events).
  mutating func read(_ block: BlockStages, of bucket: Bucket) {
    let count = block.reader.eventCount
    if stages.count < count { stages = Array(repeating: 0, count: count) }
    if let stagesByCode {
      switch bucket.events {
      case .narrow(let codes): Self.look(up: stagesByCode, codes, block.reader, into: &stages)
      case .medium(let codes): Self.look(up: stagesByCode, codes, block.reader, into: &stages)
      case .wide(let codes): Self.look(up: stagesByCode, codes, block.reader, into: &stages)
      }
    } else {
      let first = block.reader.firstInstant
      for event in 0..<count { stages[event] = Self.stage(block.stages(atSlot: first + event)) }
    }
    plain = Array(repeating: (0, 0), count: block.reader.people.count)
    Self.followPlain(stages, block.reader, UInt64(truncatingIfNeeded: words.width), into: &plain)
  }

  private static func look<Code: FixedWidthInteger>(
    up table: [UInt8], _ codes: [Code], _ reader: JourneyReader, into stages: inout [UInt8]
  ) {
    if let rows = reader.wholeRows { return codes.span.extracting(rows).look(up: table, into: &stages) }
    for event in 0..<reader.eventCount { stages[event] = table[Int(codes[reader.row(of: event)])] }
  }

  private static func followPlain(
    _ stages: [UInt8], _ reader: JourneyReader, _ width: UInt64, into plain: inout [(word: UInt64, count: Int)]
  ) {
    let stages = stages.span
    var plain = plain.mutableSpan
    for (index, person) in reader.people.enumerated() {
      var (count, word, last, all) = (UInt64(0), UInt64(0), UInt64(0), UInt64(0))
      // Without branches, as nobody foresees where people go.
      for event in reader.events(of: person) {
        let here = UInt64(stages[event])
        // Of what is below 2^63, one less has the highest bit if it is 0.
        let isNone = (here &- 1) &>> 63
        let stays = isNone | ((here ^ last) &- 1) &>> 63
        let visit = stays &- 1
        word = word &<< (width & visit) | here & visit
        count &+= 1 &- stays
        last = here | last & (0 &- isNone)
        all |= here
      }
      plain[index] = (word, all & UInt64(several) == 0 ? Int(count) : -1)
    }
  }

  /// The visits of a person as a word, 0 without any; nil where they are too many for one. O(events) where they are.
  mutating func follow(_ person: Int, _ block: BlockStages, _ moments: Moments) -> UInt64? {
    let (word, count) = plain[person - block.reader.people.lowerBound]
    let isPlain = count >= 0 && !(moments.hasTies && isTied(person, block.reader, moments))
    if isPlain, count <= words.most { return word }
    visits.removeAll(keepingCapacity: true)
    let events = block.reader.events(of: person)
    if isPlain {
      if room.count <= events.count { room = Array(repeating: 0, count: 2 * events.count + 1) }
      Self.list(stages, events, into: &room)
      visits.append(contentsOf: room[..<count])
      return nil
    }
    followMoments(events, block, moments)
    return words.word(visits)
  }

  /// Leaves the stages of the visits, counted from 0. What is written behind the end is overwritten.
  private static func list(_ stages: [UInt8], _ events: Range<Int>, into visits: inout [UInt8]) {
    let stages = stages.span
    var visits = visits.mutableSpan
    var (count, last) = (0, UInt8(0))
    for event in events {
      let here = stages[event]
      visits[count] = here &- 1
      count &+= here == 0 || here == last ? 0 : 1
      last = here == 0 ? last : here
    }
  }

  /// Whether somebody comes to another stage at the instant of the event before.
  private func isTied(_ person: Int, _ reader: JourneyReader, _ moments: Moments) -> Bool {
    let events = reader.events(of: person)
    guard moments.haveTies(events, reader) else { return false }
    var (last, before) = (UInt8(0), Int64.min)
    for event in events {
      let (here, instant) = (stages[event], reader.instants[reader.firstInstant + event])
      if here != 0, here != last, instant == before { return true }
      if here != 0 { last = here }
      before = instant
    }
    return false
  }

  private mutating func followMoments(_ events: Range<Int>, _ block: BlockStages, _ moments: Moments) {
    // The stages of a moment, and an event in it. Of one stage that comes again, alone, at later moments: the first of these.
    var (here, start, last) = (UInt64(0), 0, 0)
    for event in events where self.stages[event] != 0 {
      let stages = block.stages(atSlot: block.reader.firstInstant + event)
      if stages != here || stages & (stages - 1) != 0 {
        if here == 0 {
          start = event
        } else if !moments.isOne(last, event, block.reader) {
          visit(here)
          (here, start) = (0, event)
        } else if !moments.isOne(start, last, block.reader) {
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
