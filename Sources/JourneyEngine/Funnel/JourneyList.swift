import EventStore
import JourneyQuery

/// Makes lists of the events that matter to a funnel, for the searches that look at every one of them.
struct JourneyList: Sendable {
  private let holding: ValueKeys?

  init(_ query: FunnelQuery, in schema: StoreSchema) {
    holding = query.holding.map { ValueKeys($0, in: schema) }
  }

  /// Lists the events of a journey in canonical order.
  func read(_ journey: JourneyRows, of block: JourneyBlock, into events: inout [JourneyEvent]) {
    events.removeAll(keepingCapacity: true)
    switch journey {
    case .run(let rows):
      var (place, counted) = (0, rows.lowerBound)
      var next = block.firstMatch(in: rows)
      while let row = next {
        place += block.bitmaps.count(block.kept, in: counted..<row + 1)
        counted = row + 1
        append(row, place, block, to: &events)
        next = block.firstMatch(in: row + 1..<rows.upperBound)
      }
    case .scattered(let rows):
      var place = 0
      for row in rows where block.bitmaps[block.kept, row] {
        place += 1
        append(row, place, block, to: &events)
      }
    }
  }

  private func append(_ row: Int, _ place: Int, _ block: JourneyBlock, to events: inout [JourneyEvent]) {
    var matches = block.matches(row)
    let value = holding?.key(at: row, in: block.bucket)
    if holding != nil, value == nil { matches &= JourneyEvent.excluded }
    guard matches != 0 else { return }
    // A moment has the number of the first of its rows in the list.
    let moment = events.last.flatMap { block.sharesMoment($0.row, row) ? $0.moment : nil } ?? row
    events.append(
      JourneyEvent(
        instant: block.instants[row], matches: matches, row: row, place: place, moment: moment, value: value))
  }
}
