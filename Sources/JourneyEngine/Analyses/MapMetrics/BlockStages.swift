/// Which stages the events of a block are at, and when they were. Not to be kept: a reader changes its columns in place.
struct BlockStages {
  /// The people of the block, and by event the steps it matches, of which the first are the stages.
  let reader: JourneyReader
  let masks: [UInt64]
  /// The bits of the stages.
  let mask: UInt64

  /// - Parameter count: of the stages, at most 64: the first steps of `reader`.
  init(_ reader: JourneyReader, count: Int) {
    self.reader = reader
    masks = reader.masks
    mask = count == 64 ? .max : (1 << UInt64(count)) - 1
  }

  /// Bit by stage.
  @inline(__always)
  subscript(event: Int) -> UInt64 { masks[event] & mask }
}

extension JourneyReader {
  /// By event, the steps it matches.
  var masks: [UInt64] { matches.isEmpty ? Array(repeating: .max, count: eventCount) : matches }
}
