import EventStore
import JourneyQuery

/// What the values of a breakdown's keys say, which `GroupKeys` knows as numbers.
struct KeyTexts: Sendable {
  private enum Key: Sendable {
    case texts([String])
    case values(ValueKeys)
    case people([String])
  }
  private let keys: [Key]
  private let schema: StoreSchema

  init(_ breakdown: Breakdown, in schema: StoreSchema) {
    self.schema = schema
    keys = breakdown.keys.map { key in
      switch key {
      case .people(let named): return .people(named.map(\.name))
      case .property(let name):
        let values = ValueKeys(name, in: schema)
        guard let index = values.property, schema.properties[index].kind == .text else { return .values(values) }
        return .texts(schema.properties[index].dictionary)
      }
    }
  }

  /// Nil for a missing value.
  func text(_ value: Int, of key: Int) -> String? {
    switch keys[key] {
    case .texts(let texts), .people(let texts): value == 0 ? nil : texts[value - 1]
    case .values(let values): values.value(of: UInt64(bitPattern: Int64(value)), in: schema)?.text
    }
  }

  func texts(_ values: [Int]) -> [String?] { values.enumerated().map { text($1, of: $0) } }
}

/// Where each combination of values is counted once the groups of an answer are known.
struct GroupPlaces: Sendable {
  private let texts: KeyTexts
  private let places: [[ByteText?]: Int]
  /// Of what is none of the groups; −1 where nothing is.
  private let other: Int

  init(_ groups: [GroupKey], _ breakdown: Breakdown, in schema: StoreSchema) {
    texts = KeyTexts(breakdown, in: schema)
    other = groups.firstIndex(of: .other) ?? -1
    var places: [[ByteText?]: Int] = [:]
    for (place, group) in groups.enumerated() {
      if case .values(let values) = group { places[values.map { $0.map(ByteText.init) }] = place }
    }
    self.places = places
  }

  /// The group of a combination.
  func place(of values: [Int]) -> Int { places[texts.texts(values).map { $0.map(ByteText.init) }] ?? other }
}
