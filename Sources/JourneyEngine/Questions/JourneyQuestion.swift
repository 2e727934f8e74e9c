import EventStore
import JourneyQuery
import JourneyTime

extension EmbeddedEngine {
  /// The journey of one customer in canonical order; nil for an unknown customer.
  public func journey(of customer: String, _ run: Run) throws(ExecutionError) -> Journey? {
    try run.check()
    return try store.readingWhole { () throws(ExecutionError) in
      guard let place = store.find(customer: customer) else { return nil }
      let bucket = store.buckets[place.bucket]
      return Journey(
        customer: customer, events: bucket.rows(of: place.index).map { bucket.event(at: $0, in: store.schema) })
    }
  }
}

extension Bucket {
  /// The event at a row with its non-missing properties, those that are worked out left out.
  func event(at row: Int, in schema: StoreSchema) -> Journey.Event {
    let properties = storedProperties.compactMap { index in
      value(of: index, at: row, in: schema).map { (name: schema.properties[index].name, value: Value($0)) }
    }
    return Journey.Event(
      instant: Instant(microseconds: instants[row]), name: schema.events[events[row]], properties: properties)
  }
}

extension Value {
  /// A stored value; a time is the date that holds this one microsecond.
  init(_ value: PropertyValue) {
    switch value {
    case .text(let text): self = .text(text)
    case .number(let number): self = .number(number)
    case .truth(let truth): self = .truth(truth)
    case .time(let time):
      let instant = Instant(microseconds: time)
      self = .date(instant..<instant.advanced(by: Duration(microseconds: 1)))
    }
  }
}
