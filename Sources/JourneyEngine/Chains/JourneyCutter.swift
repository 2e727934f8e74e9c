import EventStore
import JourneyQuery

/// Cuts the rows of customers into sessions, when they are counted.
struct JourneyCutter: Sendable {
  private var sessions: SessionCutter?

  init(_ query: FunnelQuery, in schema: StoreSchema) {
    sessions = query.counting == .sessions ? SessionCutter(gap: query.gap.microseconds, in: schema) : nil
  }

  /// Whether an event right after `end`, the store's last instant, would be of another session.
  func isOver(_ session: JourneyRows, of block: JourneyBlock, at end: Int64) -> Bool {
    guard let sessions, let last = session.last, !sessions.isNamed(last) else { return false }
    return elapsed(from: block.instants[last], to: end.addingHeld(1)) > sessions.gap
  }

  /// Leaves the journeys of a customer with these rows in `journeys`, in the order of their first rows: the sessions, or
  /// one if they are not counted.
  mutating func cut(_ rows: Range<Int>, of block: JourneyBlock, into journeys: inout [JourneyRows]) {
    journeys.removeAll(keepingCapacity: true)
    guard let count = sessions?.cut(rows, of: block.bucket), let numbers = sessions?.sessions else {
      journeys.append(.run(rows))
      return
    }
    // Sessions that are cut by gaps alone are runs.
    if zip(numbers, numbers.dropFirst()).allSatisfy(<=) {
      var first = 0
      for last in numbers.indices where last + 1 == numbers.count || numbers[last + 1] != numbers[last] {
        journeys.append(.run(rows.lowerBound + first..<rows.lowerBound + last + 1))
        first = last + 1
      }
    } else {
      var scattered = [[Int]](repeating: [], count: count)
      for (number, row) in zip(numbers, rows) { scattered[number].append(row) }
      for rows in scattered { journeys.append(.scattered(rows)) }
    }
  }
}
