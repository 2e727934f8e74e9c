import EventStore

extension StoreSchema {
  /// Code of the event of exactly this name, byte by byte; nil if there is none.
  func code(ofEvent name: String) -> Int? { events.firstIndex { $0.utf8.elementsEqual(name.utf8) } }

  /// Index of the property of exactly this name, byte by byte; nil if there is none.
  func index(ofProperty name: String) -> Int? { properties.firstIndex { $0.name.utf8.elementsEqual(name.utf8) } }
}

extension String {
  /// The text's scalars by Unicode simple case folding, one for one.
  var simpleFolding: [Unicode.Scalar] { unicodeScalars.map(\.simpleFolding) }
}

extension Unicode.Scalar {
  /// Simple case folding as the lower case of the upper case, where both are single scalars; so `ς`, `Σ` and `σ` are
  /// one. Dotless `ı` has an upper case but folds to itself.
  fileprivate var simpleFolding: Unicode.Scalar {
    if value < 0x80 { return value &- 65 < 26 ? Unicode.Scalar(UInt8(value) | 0x20) : self }
    if value == 0x131 { return self }
    let upper = properties.uppercaseMapping.unicodeScalars
    let capital = upper.count == 1 ? upper.first ?? self : self
    let lower = capital.properties.lowercaseMapping.unicodeScalars
    return lower.count == 1 ? lower.first ?? capital : capital
  }
}

/// Names in the order of their UTF-8 bytes.
struct NameOrder: Sendable {
  let names: [String]
  /// Place in `names` of each name as it was given.
  let rank: [Int]

  init(_ given: [String]) {
    let order = given.indices.sorted { given[$0].utf8Order(to: given[$1]) < 0 }
    var rank = [Int](repeating: 0, count: given.count)
    for (place, index) in order.enumerated() { rank[index] = place }
    (names, self.rank) = (order.map { given[$0] }, rank)
  }

  /// Names that have an order of their own.
  init(inOrder names: [String]) { (self.names, rank) = (names, Array(names.indices)) }
}
