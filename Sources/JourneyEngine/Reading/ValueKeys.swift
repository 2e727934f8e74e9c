import EventStore
import JourneyTime

/// The values of one property as numbers that agree exactly where the values do, in every bucket of a store. 0 is no value.
struct ValueKeys: Sendable {
  let property: Int?

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
    return bucket.properties[property].key(at: row).map { UInt64(bitPattern: Int64($0)) }
  }

  /// The value behind a key.
  func value(of key: UInt64, in schema: StoreSchema) -> PropertyValue? {
    guard let property, key != 0 else { return nil }
    if schema.properties[property].kind == .text {
      return .text(schema.properties[property].dictionary[Int(key) - 1])
    }
    return Self.value(of: Int(truncatingIfNeeded: key), schema.properties[property].kind)
  }

  /// The value behind a key of a property of a kind that is not text: the same in every store.
  static func value(of key: Int, _ kind: Property.Kind) -> PropertyValue? {
    let bits = UInt64(bitPattern: Int64(key))
    switch kind {
    case .text: return nil
    case .number: return .number(Double(bitPattern: bits ^ PropertyColumn.sign))
    case .truth: return .truth(bits == 2)
    case .time: return .time(Int64(bitPattern: bits ^ PropertyColumn.sign))
    }
  }

  /// How many keys there are if they are small numbers, else 0.
  func width(in schema: StoreSchema) -> Int {
    guard let property else { return 1 }
    switch schema.properties[property].kind {
    case .text: return schema.properties[property].valueCount + 1
    case .truth: return 3
    case .number, .time: return 0
    }
  }
}

extension PropertyColumn {
  fileprivate static let sign: UInt64 = 1 << 63

  /// The key of the value at `row`; nil where it is missing. Texts count from 1, truth values are 1 and 2; numbers and times
  /// are their bits with another sign, so that neither 0 nor any time a person means is 0.
  func key(at row: Int) -> Int? {
    switch self {
    case .text(let codes):
      let code = codes[row]
      return code == 0 ? nil : code
    // Adding 0 makes the two zeros one.
    case .number(let numbers, let present):
      return present[row] ? Int(truncatingIfNeeded: (numbers[row] + 0).bitPattern ^ Self.sign) : nil
    case .truth(let bits, let present): return present[row] ? (bits[row] ? 2 : 1) : nil
    case .time(let times, let present):
      return present[row] ? Int(truncatingIfNeeded: UInt64(bitPattern: times[row]) ^ Self.sign) : nil
    }
  }
}
