/// How long people take from each of some places to a later stage.
struct PlaceTimes: Sendable {
  /// By bit: microseconds from somebody's first event there to the first one after it at a later stage, in lists.
  private(set) var toNext: [[[Int64]]]
  /// The same of one block, in columns as long as the block has people, and where what stands in each ends.
  private var found: [Int64] = []
  private var ends: [Int]
  /// By bit: the plane of what is later, of `BlockStages.reached`.
  private let later: [Int]

  /// - Parameter stages: by place.
  init(stages: [Int]) {
    later = stages.map { $0 + 1 }
    toNext = Array(repeating: [], count: stages.count)
    ends = Array(repeating: 0, count: stages.count)
  }

  /// Finds two events of everyone of a block for each place that they went on from.
  ///
  /// - Parameters:
  ///   - marks: by place, the events there.
  ///   - gone: by person, the places that it is asked of, and that they are seen at a later stage of.
  mutating func find(_ stages: BlockStages, _ marks: RowBitmaps, gone: [UInt64]) {
    let height = gone.count
    if found.count < height * ends.count {
      found.append(contentsOf: repeatElement(0, count: height * ends.count - found.count))
    }
    for place in ends.indices { ends[place] = place * height }
    Self.find(stages, marks, gone, later, &ends, &found)
    for place in ends.indices where ends[place] > place * height {
      toNext[place].append(Array(found[place * height..<ends[place]]))
    }
  }

  private static func find(
    _ stages: BlockStages, _ marks: RowBitmaps, _ gone: [UInt64], _ later: [Int], _ ends: inout [Int],
    _ found: inout [Int64]
  ) {
    let (reader, reached, later) = (stages.reader, stages.reached, later.span)
    let instants = reader.instants.span
    var ends = ends.mutableSpan
    var found = found.mutableSpan
    for (person, gone) in zip(reader.people, gone) where gone != 0 {
      let slots = reader.slots(of: person)
      let start = slots.lowerBound
      let isShort = slots.count <= 64
      let all = UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- slots.count)
      forEachBit(of: gone) { place in
        let (first, next): (Int, Int)
        if isShort {
          // There is one.
          let here = marks.word(place, from: start).trailingZeroBitCount
          let rest = reached.word(later[place], from: start) & all & (.max &<< UInt64(here)) & ~(1 &<< UInt64(here))
          if rest == 0 { return }
          (first, next) = (start &+ here, start &+ rest.trailingZeroBitCount)
        } else {
          guard let here = marks.first(place, in: slots),
            let then = reached.first(later[place], in: here + 1..<slots.upperBound)
          else { return }
          (first, next) = (here, then)
        }
        found[ends[place]] = instants[next] &- instants[first]
        ends[place] &+= 1
      }
    }
  }
}
