/// How long people take from each of some places to a later stage.
struct PlaceTimes: Sendable {
  /// By bit: microseconds from somebody's first event there to the first one after it at a later stage.
  private(set) var toNext = [[Int64]](repeating: [], count: 64)
  /// By bit, of one person: the instant of the first event there.
  private var firsts = [Int64](repeating: 0, count: 64)

  /// Goes along the events of everyone of a block, as long as there is a place that they go on from.
  ///
  /// - Parameters:
  ///   - places: its steps are the places.
  ///   - stages: reads the same events; its first steps are the stages, bits of `mask`, and it has instants.
  ///   - gone: by person, the places that they are seen at a later stage of.
  ///   - behind: by stage, the places whose stage is an earlier one.
  mutating func follow(
    _ places: JourneyReader, _ stages: JourneyReader, _ mask: UInt64, gone: [UInt64], behind: [UInt64]
  ) {
    let (atPlaces, atStages, instants) = (places.matches.span, stages.matches.span, stages.instants.span)
    for (person, gone) in zip(places.people, gone) where gone != 0 {
      /// Places that they were not at yet, and those behind which no later stage has come.
      var (ahead, open) = (gone, UInt64(0))
      for event in places.events(of: person) {
        let stage = (atStages.isEmpty ? .max : atStages[event]) & mask
        let reached = stage == 0 ? 0 : open & behind[63 - stage.leadingZeroBitCount]
        // Without matches every event is at every place.
        let new = (atPlaces.isEmpty ? .max : atPlaces[event]) & ahead
        guard reached | new != 0 else { continue }
        let instant = instants[stages.firstInstant + event]
        forEachBit(of: reached) { toNext[$0].append(instant - firsts[$0]) }
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
