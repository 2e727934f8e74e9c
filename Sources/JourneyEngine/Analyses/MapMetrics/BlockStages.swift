import EventStore

/// Which stages the events of a block are at.
struct BlockStages {
  /// The people of the block, and by event the steps it matches, of which the first are the stages.
  let reader: JourneyReader
  let count: Int
  /// Plane k has the events at stage k or at a later one; the last plane, behind those of the stages, none.
  let reached: RowBitmaps

  /// - Parameter count: of the stages, at most 64: the first steps of `reader`, which marks them.
  init(_ reader: JourneyReader, count: Int) {
    (self.reader, self.count) = (reader, count)
    reached = Self.reached(count, reader.marks)
  }

  private static func reached(_ count: Int, _ marks: RowBitmaps) -> RowBitmaps {
    var reached = RowBitmaps(planes: count + 1, rows: marks.rows)
    for word in 0..<reached.wordCount {
      var bits: UInt64 = 0
      for stage in stride(from: count - 1, through: 0, by: -1) {
        bits |= marks[stage, word: word]
        reached[stage, word: word] = bits
      }
    }
    return reached
  }

  /// The stages of an event, bit by stage.
  func stages(atSlot slot: Int) -> UInt64 {
    (0..<count).reduce(0) { $0 | (reader.marks[$1, slot] ? 1 << UInt64($1) : 0) }
  }

  /// The first and the last event of somebody that are at a stage.
  func ends(of person: Int) -> (first: Int, last: Int)? {
    let slots = reader.slots(of: person)
    guard let first = reached.first(0, in: slots), let last = reached.last(0, in: slots) else { return nil }
    return (first - reader.firstInstant, last - reader.firstInstant)
  }
}
