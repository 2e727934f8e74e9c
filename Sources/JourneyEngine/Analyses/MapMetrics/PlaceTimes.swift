/// How long people take from each of some places to a later stage.
struct PlaceTimes: Sendable {
  /// By bit: microseconds from somebody's first event there to the first one after it at a later stage.
  private(set) var toNext = [[Int64]](repeating: [], count: 64)
  /// The same of one block, in columns as long as the block has people, and where what stands in each ends.
  private var found: [Int64] = []
  private var ends = [Int](repeating: 0, count: 64)
  /// By bit, of one person: the instant of the first event there.
  private var firsts = [Int64](repeating: 0, count: 64)
  /// By stage, the places whose stage is an earlier one; of the last stage all that anybody goes on from.
  private let behind: [UInt64]
  /// The same by place: the later stages.
  private let later: [UInt64]

  /// - Parameter behind: by stage, the places whose stage is an earlier one.
  init(behind: [UInt64]) {
    self.behind = behind
    later = (0..<64).map { place in
      behind.indices.reduce(0) { $0 | (behind[$1] >> UInt64(place) & 1) << UInt64($1) }
    }
  }

  /// Goes along the events of everyone of a block, as long as there is a place that they go on from.
  ///
  /// - Parameters:
  ///   - masks: by event, bit by place.
  ///   - places: those from which it is asked.
  ///   - gone: by person, the places that they are seen at a later stage of.
  mutating func follow(_ stages: BlockStages, _ masks: [UInt64], _ places: UInt64, gone: [UInt64]) {
    let (height, width) = (gone.count, 64 - (places & (behind.last ?? 0)).leadingZeroBitCount)
    if found.count < height * width {
      found.append(contentsOf: repeatElement(0, count: height * width - found.count))
    }
    for place in ends.indices { ends[place] = place * height }
    Self.follow(stages, masks, places, gone, behind, later, &firsts, &ends, &found)
    for place in 0..<width { toNext[place].append(contentsOf: found[place * height..<ends[place]]) }
  }

  private static func follow(
    _ stages: BlockStages, _ masks: [UInt64], _ places: UInt64, _ gone: [UInt64],
    _ behind: [UInt64], _ later: [UInt64], _ firsts: inout [Int64], _ ends: inout [Int], _ found: inout [Int64]
  ) {
    let (atPlaces, atStages, instants) = (masks.span, stages.masks.span, stages.reader.instants.span)
    let (firstInstant, behind, later) = (stages.reader.firstInstant, behind.span, later.span)
    var firsts = firsts.mutableSpan
    var ends = ends.mutableSpan
    var found = found.mutableSpan
    for (person, gone) in zip(stages.reader.people, gone) where gone & places != 0 {
      /// Places that they were not at yet, those behind which no later stage has come, and at least the stages that are later than one of these.
      var (ahead, open, awaited) = (gone & places, UInt64(0), UInt64(0))
      for event in stages.reader.events(of: person) {
        let (new, stage) = (atPlaces[event] & ahead, atStages[event] & awaited)
        guard new | stage != 0 else { continue }
        let instant = instants[firstInstant + event]
        if stage != 0 {
          let furthest = 63 - stage.leadingZeroBitCount
          let reached = open & behind[furthest]
          forEachBit(of: reached) { place in
            found[ends[place]] = instant - firsts[place]
            ends[place] += 1
          }
          open &= ~reached
          // Whatever is still open is a place of this stage or of a later one.
          awaited &= (.max << 1) << UInt64(furthest)
        }
        forEachBit(of: new) { place in
          firsts[place] = instant
          awaited |= later[place]
        }
        (ahead, open) = (ahead & ~new, open | new)
        if ahead | open == 0 { break }
      }
    }
  }
}

@inline(__always)
func forEachBit(of word: UInt64, _ body: (Int) -> Void) {
  var rest = word
  while rest != 0 {
    body(rest.trailingZeroBitCount)
    rest &= rest - 1
  }
}
