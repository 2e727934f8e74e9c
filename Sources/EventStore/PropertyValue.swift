import JourneyTime

/// One value of a property.
public enum PropertyValue: Sendable, Hashable {
  case text(String)
  case number(Double)
  case truth(Bool)
  /// Microseconds since 1970 UTC.
  case time(Int64)

  public var kind: Property.Kind {
    switch self {
    case .text: .text
    case .number: .number
    case .truth: .truth
    case .time: .time
    }
  }

  /// The value as a text property holds it: numbers in their shortest form that reads back, whole ones without a point;
  /// `true`, `false`; times as `2025-07-01T10:30:00Z`, with a fraction only where there is one.
  public var text: String {
    switch self {
    case .text(let text): text
    case .number(let number):
      number.magnitude <= 0x1p53 && number == number.rounded() ? String(Int64(number)) : String(number)
    case .truth(let truth): truth ? "true" : "false"
    case .time(let microseconds): Instant(microseconds: microseconds).iso
    }
  }
}

extension Bucket {
  /// The value of property `index` (of the store's schema) at `row`; nil where it is missing.
  public func value(of index: Int, at row: Int, in schema: StoreSchema) -> PropertyValue? {
    properties[index].value(at: row, of: schema.properties[index])
  }
}

extension PropertyColumn {
  func value(at row: Int, of property: Property) -> PropertyValue? {
    value(at: row, of: property.kind == .text ? property.dictionary : [])
  }

  /// - Parameter dictionary: of a text.
  package func value(at row: Int, of dictionary: [String]) -> PropertyValue? {
    switch self {
    case .text(let codes):
      let code = codes[row]
      return code == 0 ? nil : .text(dictionary[code - 1])
    case .number(let numbers, let present): return present[row] ? .number(numbers[row]) : nil
    case .truth(let bits, let present): return present[row] ? .truth(bits[row]) : nil
    case .time(let instants, let present): return present[row] ? .time(instants[row]) : nil
    }
  }

  /// Whether no row has a value.
  package var isMissing: Bool {
    switch self {
    case .text(let codes): (0..<codes.count).allSatisfy { codes[$0] == 0 }
    case .number(_, let present), .truth(_, let present), .time(_, let present):
      (0..<present.count).allSatisfy { !present[$0] }
    }
  }
}
