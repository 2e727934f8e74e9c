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
  /// The visits of everyone in the block, as `stages` has them, and by person where theirs begin, and how many they are: −1 where an event is
  /// at several stages.
  private var room: [UInt8] = []
  private var plain: [(start: Int, count: Int)] = []

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
    if room.count <= count {
      stages = Array(repeating: 0, count: count)
      room = Array(repeating: 0, count: count + 1)
    }
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
    Self.followPlain(stages, block.reader, into: &room, &plain)
  }

  private static func look<Code: FixedWidthInteger>(
    up table: [UInt8], _ codes: [Code], _ reader: JourneyReader, into stages: inout [UInt8]
  ) {
    if let rows = reader.wholeRows { return codes.span.extracting(rows).look(up: table, into: &stages) }
    for event in 0..<reader.eventCount { stages[event] = table[Int(codes[reader.row(of: event)])] }
  }

  /// What is written behind the end is overwritten.
  private static func followPlain(
    _ stages: [UInt8], _ reader: JourneyReader, into room: inout [UInt8], _ plain: inout [(start: Int, count: Int)]
  ) {
    let stages = stages.span
    var room = room.mutableSpan
    var plain = plain.mutableSpan
    var end = 0
    for (index, person) in reader.people.enumerated() {
      let start = end
      var (last, all) = (UInt8(0), UInt8(0))
      // Without branches, as nobody foresees where people go.
      for event in reader.events(of: person) {
        let here = stages[event]
        room[end] = here
        end &+= here == 0 || here == last ? 0 : 1
        last = here == 0 ? last : here
        all |= here
      }
      plain[index] = (start, all & several == 0 ? end - start : -1)
    }
  }

  /// The visits of a person as a word, 0 without any; nil where they are too many for one. O(visits), and O(events) where moments matter.
  ///
  /// - Parameter index: of the person among those of the block.
  mutating func follow(_ index: Int, _ block: BlockStages, _ moments: Moments) -> UInt64? {
    let (start, count) = plain[index]
    if count >= 0, !moments.hasTies || !isTied(index, block.reader, moments) {
      if count <= words.most { return Self.word(room, start..<start + count, UInt64(truncatingIfNeeded: words.width)) }
      visits.removeAll(keepingCapacity: true)
      for visit in room[start..<start + count] { visits.append(visit &- 1) }
      return nil
    }
    visits.removeAll(keepingCapacity: true)
    followMoments(block.reader.events(of: block.reader.people.lowerBound + index), block, moments)
    return words.word(visits)
  }

  private static func word(_ room: [UInt8], _ visits: Range<Int>, _ width: UInt64) -> UInt64 {
    let room = room.span
    var word: UInt64 = 0
    for visit in visits { word = word &<< width | UInt64(room[visit]) }
    return word
  }

  /// Whether somebody comes to another stage at the instant of the event before.
  private func isTied(_ index: Int, _ reader: JourneyReader, _ moments: Moments) -> Bool {
    let events = reader.events(of: reader.people.lowerBound + index)
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
