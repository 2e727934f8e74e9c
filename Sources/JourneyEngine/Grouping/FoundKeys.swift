import EventStore
import JourneyQuery

/// The combinations of breakdown values that were found, as texts, each under one number: 0 and up in the order they were met. Without a
/// breakdown all is one, of no values.
struct FoundKeys: Sendable, Codable {
  private(set) var keys: [[String?]]
  /// Of each key; made when something is added.
  private var numbers: [[ByteText?]: Int] = [:]

  init(_ keys: GroupKeys, by breakdown: Breakdown?, in schema: StoreSchema) {
    guard let breakdown, !keys.isOfOne else {
      self.keys = [[]]
      return
    }
    let texts = KeyTexts(breakdown, in: schema)
    self.keys = (0..<keys.count).map { texts.texts(keys.values(of: $0)) }
  }

  /// Of groups that are known already, by their places.
  init(count: Int) { keys = Array(repeating: [], count: count) }

  /// Adds all of `other`; returns the number here of each of its combinations.
  mutating func absorb(_ other: FoundKeys) -> [Int] {
    if numbers.isEmpty { for (number, key) in keys.enumerated() { numbers[Self.exact(key)] = number } }
    return other.keys.map { key in
      let exact = Self.exact(key)
      if let known = numbers[exact] { return known }
      numbers[exact] = keys.count
      keys.append(key)
      return keys.count - 1
    }
  }

  private static func exact(_ key: [String?]) -> [ByteText?] { key.map { $0.map(ByteText.init) } }

  init(from decoder: any Decoder) throws { keys = try decoder.singleValueContainer().decode([[String?]].self) }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(keys)
  }
}
