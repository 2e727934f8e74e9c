/// The elements of a map by name and by what they hang under, for whoever looks up many of them. Made in O(elements); a look-up costs
/// what it gives.
public struct MapTree: Sendable {
  public let map: JourneyMap
  /// Where in `map.elements` each stands.
  private var places: [ElementReference: Int] = [:]
  /// Places of what hangs under each, in order.
  private var below: [ElementReference?: [Int]] = [:]

  public init(_ map: JourneyMap) {
    self.map = map
    places.reserveCapacity(map.elements.count)
    for (place, element) in map.elements.enumerated() {
      places[element.reference] = place
      below[element.parent, default: []].append(place)
    }
  }

  public func element(_ reference: ElementReference) -> Element? { places[reference].map { map.elements[$0] } }

  /// What hangs directly under `parent`, or under the map itself, of one kind or of any, in map order.
  public func children(of parent: ElementReference?, _ kind: ElementKind? = nil) -> [Element] {
    (below[parent] ?? []).map { map.elements[$0] }.filter { kind == nil || $0.kind == kind }
  }

  /// Whether an element hangs under another, however deep; none hangs under itself.
  public func isUnder(_ element: Element, _ other: ElementReference) -> Bool {
    var current = element
    // As below: no chain of parents is longer.
    for _ in 0..<8 {
      guard let parent = current.parent, let next = self.element(parent) else { return false }
      if parent == other { return true }
      current = next
    }
    return false
  }

  /// The stage an element is or stands under, however deep; nil for what hangs under the map itself.
  public func stage(of element: Element) -> Element? {
    var current = element
    // A stage, a touchpoint, a pain, an opportunity: no chain of parents is longer.
    for _ in 0..<8 {
      if current.kind == .stage { return current }
      guard let parent = current.parent, let next = self.element(parent) else { return nil }
      current = next
    }
    return nil
  }
}
