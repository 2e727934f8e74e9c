/// Makes lists of the events that matter to a funnel, for the searches that look at every one of them.
struct JourneyList: Sendable {
  let isHolding: Bool
  /// Whether the place of an event among its neighbours matters.
  let isPlaced: Bool

  /// Lists the events of a journey in canonical order. Returns the place of the last event that `where` left, where places matter.
  func read(_ journey: JourneyRows, of block: JourneyBlock, into events: inout [JourneyEvent]) -> Int {
    events.removeAll(keepingCapacity: true)
    switch journey {
    case .run(let rows):
      var (place, counted) = (0, rows.lowerBound)
      block.forEachMatch(in: rows) { row, matches in
        if isPlaced {
          place += block.bitmaps.count(block.kept, in: counted..<row + 1)
          counted = row + 1
        }
        append(row, matches, place, block, to: &events)
        return true
      }
      return isPlaced ? place + block.bitmaps.count(block.kept, in: counted..<rows.upperBound) : place
    case .scattered(let rows):
      var place = 0
      for row in rows where block.bitmaps[block.kept, row] {
        place += 1
        append(row, block.matches(row), place, block, to: &events)
      }
      return place
    }
  }

  @inline(__always)
  private func append(
    _ row: Int, _ matches: UInt64, _ place: Int, _ block: JourneyBlock, to events: inout [JourneyEvent]
  ) {
    let value = isHolding ? block.value(at: row) : nil
    let matches = isHolding && value == nil ? matches & JourneyEvent.excluded : matches
    guard matches != 0 else { return }
    // A moment has the number of the first of its rows in the list.
    let moment = events.last.flatMap { block.sharesMoment($0.row, row) ? $0.moment : nil } ?? row
    events.append(
      JourneyEvent(
        instant: block.instants[row], matches: matches, row: row, place: place, moment: moment, value: value))
  }
}
