import EventStore
import JourneyQuery

/// Where the events of a store, by code, stand among the names of all events, which have them all.
struct EventPlaces: Sendable {
  private let places: [Int]
  private let count: Int

  init(_ schema: StoreSchema, in catalog: Catalog) {
    count = catalog.events.count
    if schema.events == catalog.events {
      places = Array(0..<count)
    } else {
      let known = Dictionary(zip(catalog.events.map(ByteText.init), 0...)) { first, _ in first }
      places = schema.events.map { known[ByteText($0)] ?? 0 }
    }
  }

  subscript(code: Int) -> Int { places[code] }

  /// Values by code, and perhaps some behind them, as values by place with the same behind.
  func spread<Element>(_ values: [Element], or none: Element) -> [Element] {
    var spread = Array(repeating: none, count: count + values.count - places.count)
    for (code, value) in values.enumerated() {
      spread[code < places.count ? places[code] : count + code - places.count] = value
    }
    return spread
  }
}
