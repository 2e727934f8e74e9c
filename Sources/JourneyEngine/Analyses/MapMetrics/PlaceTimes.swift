/// How long people take from each of some places to a later stage.
struct PlaceTimes: Sendable {
  /// By bit: microseconds from somebody's first event there to the first one after it at a later stage.
  private(set) var toNext = [[Int64]](repeating: [], count: 64)
  /// The same of one block, in columns as long as the block has people, and where what stands in each ends.
  private var found: [Int64] = []
  private var ends = [Int](repeating: 0, count: 64)
  /// By bit, of one person: the instant of the first event there.
  private var firsts = [Int64](repeating: 0, count: 64)

  /// Goes along the events of everyone of a block, as long as there is a place that they go on from.
  ///
  /// - Parameters:
  ///   - places: its steps are the places.
  ///   - stages: reads the same events; its first steps are the stages, bits of `mask`, and it has instants.
  ///   - timed: the places from which it is asked.
  ///   - gone: by person, the places that they are seen at a later stage of.
  ///   - behind: by stage, the places whose stage is an earlier one; of the last stage all that anybody goes on from.
  mutating func follow(
    _ places: JourneyReader, _ stages: JourneyReader, _ mask: UInt64, _ timed: UInt64, gone: [UInt64],
    behind: [UInt64]
  ) {
    let (height, width) = (gone.count, 64 - (timed & (behind.last ?? 0)).leadingZeroBitCount)
    if found.count < height * width {
      found.append(contentsOf: repeatElement(0, count: height * width - found.count))
    }
    for place in ends.indices { ends[place] = place * height }
    Self.follow(places, stages, mask, timed, gone, behind, &firsts, &ends, &found)
    for place in 0..<width { toNext[place].append(contentsOf: found[place * height..<ends[place]]) }
  }

  private static func follow(
    _ places: JourneyReader, _ stages: JourneyReader, _ mask: UInt64, _ timed: UInt64, _ gone: [UInt64],
    _ behind: [UInt64], _ firsts: inout [Int64], _ ends: inout [Int], _ found: inout [Int64]
  ) {
    let (atPlaces, atStages, instants) = (places.matches.span, stages.matches.span, stages.instants.span)
    let behind = behind.span
    var firsts = firsts.mutableSpan
    var ends = ends.mutableSpan
    var found = found.mutableSpan
    for (person, gone) in zip(places.people, gone) where gone & timed != 0 {
      /// Places that they were not at yet, and those behind which no later stage has come.
      var (ahead, open) = (gone & timed, UInt64(0))
      for event in places.events(of: person) {
        let stage = (atStages.isEmpty ? .max : atStages[event]) & mask
        let reached = stage == 0 ? 0 : open & behind[63 - stage.leadingZeroBitCount]
        // Without matches every event is at every place.
        let new = (atPlaces.isEmpty ? .max : atPlaces[event]) & ahead
        guard reached | new != 0 else { continue }
        let instant = instants[stages.firstInstant + event]
        forEachBit(of: reached) { place in
          found[ends[place]] = instant - firsts[place]
          ends[place] += 1
        }
        forEachBit(of: new) { firsts[$0] = instant }
        (ahead, open) = (ahead & ~new, open & ~reached | new)
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
