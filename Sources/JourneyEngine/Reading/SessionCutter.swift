import EventStore
import JourneyQuery

/// Cuts one customer's rows into sessions. Scratch space is kept from customer to customer.
struct SessionCutter: Sendable {
  private let property: Int?
  let gap: Int64
  private var bucket: ObjectIdentifier?
  /// Of that bucket.
  private var instants: [Int64] = []
  private var names: PropertyColumn?
  /// The sessions that have a name.
  private var sessionOfName: [Int: Int] = [:]
  /// Session of each row of the customer cut last, from 0, numbered by their first rows.
  private(set) var sessions: [Int] = []

  /// `gap` is in microseconds.
  init(gap: Int64, in schema: StoreSchema) {
    property = schema.session
    self.gap = gap
  }

  /// Gives every row its session: rows with a session value by value, the others cut where the time between two of them
  /// exceeds the gap. Returns the number of sessions.
  mutating func cut(_ rows: Range<Int>, of bucket: Bucket) -> Int {
    if self.bucket != ObjectIdentifier(bucket) {
      self.bucket = ObjectIdentifier(bucket)
      instants = bucket.instants
      names = property.map { bucket.properties[$0] }
    }
    sessions.removeAll(keepingCapacity: true)
    sessions.append(contentsOf: repeatElement(0, count: rows.count))
    if names == nil { return Self.cut(instants, rows, gap, &sessions) }
    return cutByName(rows)
  }

  /// Whether a row of the customer cut last has a session value.
  func isNamed(_ row: Int) -> Bool { names?.key(at: row) != nil }

  private static func cut(_ instants: [Int64], _ rows: Range<Int>, _ gap: Int64, _ sessions: inout [Int]) -> Int {
    let instants = instants.span.extracting(rows)
    guard instants.count > 0 else { return 0 }
    var sessions = sessions.mutableSpan
    var session = 0
    for index in instants.indices {
      if index > 0, elapsed(from: instants[index - 1], to: instants[index]) > gap { session += 1 }
      sessions[index] = session
    }
    return session + 1
  }

  private mutating func cutByName(_ rows: Range<Int>) -> Int {
    sessionOfName.removeAll(keepingCapacity: true)
    var count = 0
    var open: (session: Int, instant: Int64)?
    for row in rows {
      let session: Int
      if let name = names?.key(at: row) {
        session = sessionOfName[name] ?? count
        sessionOfName[name] = session
      } else {
        session = open.flatMap { elapsed(from: $0.instant, to: instants[row]) <= gap ? $0.session : nil } ?? count
        open = (session, instants[row])
      }
      count = max(count, session + 1)
      sessions[row - rows.lowerBound] = session
    }
    return count
  }
}
