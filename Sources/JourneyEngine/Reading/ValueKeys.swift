import EventStore
import JourneyTime

/// The values of one property as numbers that agree exactly where the values do, in every bucket of a store.
struct ValueKeys: Sendable {
  private let property: Int?

  /// A property the store does not have is missing everywhere.
  init(_ name: String, in schema: StoreSchema) {
    property = schema.index(ofProperty: name)
  }

  init(property: Int?) {
    self.property = property
  }

  /// The key of the value at `row`; nil where it is missing.
  func key(at row: Int, in bucket: Bucket) -> UInt64? {
    guard let property else { return nil }
    switch bucket.properties[property] {
    case .text(let codes):
      let code = codes[row]
      return code == 0 ? nil : UInt64(code)
    // Adding 0 makes the two zeros one.
    case .number(let numbers, let present): return present[row] ? (numbers[row] + 0).bitPattern : nil
    case .truth(let bits, let present): return present[row] ? (bits[row] ? 1 : 0) : nil
    case .time(let times, let present): return present[row] ? UInt64(bitPattern: times[row]) : nil
    }
  }

  /// The value behind a key.
  func value(of key: UInt64, in schema: StoreSchema) -> PropertyValue? {
    guard let property else { return nil }
    switch schema.properties[property].kind {
    case .text: return .text(schema.properties[property].dictionary[Int(key) - 1])
    case .number: return .number(Double(bitPattern: key))
    case .truth: return .truth(key == 1)
    case .time: return .time(Int64(bitPattern: key))
    }
  }
}
