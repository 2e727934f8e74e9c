extension EventStore {
  /// Events a bucket is made for; more just make it larger.
  static let eventsPerBucket = 1 << 18

  /// A power of two: `wanted` rounded up, or enough to keep buckets of `events` events at their size. At most 65,536.
  package static func bucketCount(events: Int, wanted: Int? = nil) -> Int {
    let least = min(max(1, wanted ?? (events + eventsPerBucket - 1) / eventsPerBucket), 65_536)
    return 1 << (Int.bitWidth - (least - 1).leadingZeroBitCount)
  }

  /// Which of `count` buckets (a power of two) takes a customer whose id has this hash. Doubling the count splits each
  /// bucket in two that follow each other.
  static func bucket(ofHash hash: UInt64, of count: Int) -> Int {
    Int(hash.multipliedFullWidth(by: UInt64(count)).high)
  }

  /// Which of `count` buckets takes a customer.
  static func bucket(of customer: String, among count: Int) -> Int {
    var id = customer
    id.makeContiguousUTF8()
    return bucket(ofHash: stableHash(id.utf8.span), of: count)
  }

  /// The bucket that has the events of `customer`, where there are any; nil without buckets.
  package func bucket(of customer: String) -> Int? {
    buckets.isEmpty ? nil : Self.bucket(of: customer, among: buckets.count)
  }

  /// Where the events of `customer` are: the bucket, and the customer's index in it. Nil for an unknown one. Ids are
  /// compared by bytes.
  public func find(customer: String) -> (bucket: Int, index: Int)? {
    guard let bucket = bucket(of: customer) else { return nil }
    return buckets[bucket].customers.place(of: customer).map { (bucket, $0) }
  }
}
