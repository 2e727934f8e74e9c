import EventStore

/// Which events of somebody in a bucket are of one moment.
struct Moments {
  private let ties: Bitmap?
  private let orders: [Double]?

  init(of bucket: Bucket) { (ties, orders) = (bucket.ties, bucket.orders) }

  /// Whether anybody has events that share an instant.
  var hasTies: Bool { ties != nil }

  /// Whether two of some events may share an instant, of which there is at least one.
  @inline(__always)
  func haveTies(_ events: Range<Int>, _ reader: JourneyReader) -> Bool {
    guard let ties, let last = events.last else { return false }
    return ties.first(in: reader.row(of: events.lowerBound)..<reader.row(of: last) + 1) != nil
  }

  func isOne(_ event: Int, _ later: Int, _ reader: JourneyReader) -> Bool {
    let first = reader.firstInstant
    guard reader.instants[first + event] == reader.instants[first + later] else { return false }
    guard let orders else { return true }
    return orders[reader.row(of: event)].isSameOrder(as: orders[reader.row(of: later)])
  }
}

extension Double {
  /// Whether two order values say the same: events of one instant are then of one moment. A missing value is not a number.
  @inline(__always)
  func isSameOrder(as other: Double) -> Bool { self == other || isNaN && other.isNaN }
}
