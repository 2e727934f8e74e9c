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
  ///   - masks: by event, bit by place.
  ///   - places: those from which it is asked.
  ///   - gone: by person, the places that they are seen at a later stage of.
  ///   - behind: by stage, the places whose stage is an earlier one; of the last stage all that anybody goes on from.
  mutating func follow(
    _ stages: BlockStages, _ masks: [UInt64], _ places: UInt64, gone: [UInt64], behind: [UInt64]
  ) {
    let (height, width) = (gone.count, 64 - (places & (behind.last ?? 0)).leadingZeroBitCount)
    if found.count < height * width {
      found.append(contentsOf: repeatElement(0, count: height * width - found.count))
    }
    for place in ends.indices { ends[place] = place * height }
    Self.follow(stages, masks, places, gone, behind, &firsts, &ends, &found)
    for place in 0..<width { toNext[place].append(contentsOf: found[place * height..<ends[place]]) }
  }

  private static func follow(
    _ stages: BlockStages, _ masks: [UInt64], _ places: UInt64, _ gone: [UInt64],
    _ behind: [UInt64], _ firsts: inout [Int64], _ ends: inout [Int], _ found: inout [Int64]
  ) {
    let (atPlaces, atStages, instants) = (masks.span, stages.masks.span, stages.reader.instants.span)
    let (mask, firstInstant, behind) = (stages.mask, stages.reader.firstInstant, behind.span)
    var firsts = firsts.mutableSpan
    var ends = ends.mutableSpan
    var found = found.mutableSpan
    for (person, gone) in zip(stages.reader.people, gone) where gone & places != 0 {
      /// Places that they were not at yet, those behind which no later stage has come, and the stages that are later than some of these.
      var (ahead, open, later) = (gone & places, UInt64(0), UInt64(0))
      for event in stages.reader.events(of: person) {
        let (new, stage) = (atPlaces[event] & ahead, atStages[event] & later)
        guard new | stage != 0 else { continue }
        let reached = stage == 0 ? 0 : open & behind[63 - stage.leadingZeroBitCount]
        let instant = instants[firstInstant + event]
        forEachBit(of: reached) { place in
          found[ends[place]] = instant - firsts[place]
          ends[place] += 1
        }
        forEachBit(of: new) { firsts[$0] = instant }
        (ahead, open) = (ahead & ~new, open & ~reached | new)
        if ahead | open == 0 { break }
        // Behind a stage is all that is behind an earlier one, too.
        later = mask
        while later != 0, open & behind[later.trailingZeroBitCount] == 0 { later &= later - 1 }
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
