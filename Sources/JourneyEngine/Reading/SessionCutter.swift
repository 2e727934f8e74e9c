import EventStore
import JourneyQuery

/// Cuts one customer's rows into sessions. Scratch space is kept from customer to customer.
struct SessionCutter: Sendable {
  private let keys: ValueKeys
  private let gap: Int64
  private var sessionOfKey: [UInt64: Int] = [:]
  /// Session of each row of the customer cut last, from 0, numbered by their first rows.
  private(set) var sessions: [Int] = []

  /// `gap` is in microseconds.
  init(gap: Int64, in schema: StoreSchema) {
    keys = ValueKeys(property: schema.session)
    self.gap = gap
  }

  /// Gives every row its session: rows with a session value by value, the others cut where the time between two of them
  /// exceeds the gap. Returns the number of sessions.
  mutating func cut(_ rows: Range<Int>, of bucket: Bucket) -> Int {
    sessions.removeAll(keepingCapacity: true)
    sessionOfKey.removeAll(keepingCapacity: true)
    var count = 0
    var open: (session: Int, instant: Int64)?
    for row in rows {
      let session: Int
      if let key = keys.key(at: row, in: bucket) {
        session = sessionOfKey[key] ?? count
        sessionOfKey[key] = session
      } else {
        let instant = bucket.instants[row]
        session = open.flatMap { elapsed(from: $0.instant, to: instant) <= gap ? $0.session : nil } ?? count
        open = (session, instant)
      }
      count = max(count, session + 1)
      sessions.append(session)
    }
    return count
  }
}
