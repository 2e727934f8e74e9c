/// A journey map: an ordered forest of named elements. Values compare and copy; every change is a `MapEdit`.
public struct JourneyMap: Hashable, Sendable {
  /// What statements call it.
  public var name: String
  /// What pictures head it with; the name where empty.
  public var title: String
  /// Notes on the map itself, in the order they were made.
  public var notes: [String]
  /// All elements in canonical order: each before what hangs under it, siblings by kind (in the order of `ElementKind`) and then
  /// by their place on the map. So two maps are equal exactly when they look the same.
  ///
  /// Names are not blank and unique within a kind, every parent exists and is of a fitting kind, and attributes, meanings and
  /// links are as `Element.check` wants them.
  public internal(set) var elements: [Element]

  /// A map with nothing on it.
  public init(name: String, title: String = "", notes: [String] = []) {
    self.name = name
    self.title = title
    self.notes = notes
    self.elements = []
  }
}

/// One thing on a map.
public struct Element: Hashable, Sendable {
  public var kind: ElementKind
  public var name: String
  /// What it hangs under; nil for the map itself.
  public var parent: ElementReference?
  /// No attribute has an empty list of values.
  public var attributes: [Attribute: [AttributeValue]]
  /// How it is measured (kpi, goal, win) or who it is (persona), as a canonical statement or people test.
  public var meaning: String?
  /// What personas feel at a touchpoint, −2…+2 by name, where that is not what the attribute `emotion` says of everyone. Only touchpoints
  /// have any; the map need not hold the personas yet.
  public var emotions: [String: Int]
  /// What realises a touchpoint, as canonical steps: `event checkout_started(version >= 2)`. Only touchpoints have links.
  public var links: [String]

  public init(
    _ kind: ElementKind, _ name: String, under parent: ElementReference? = nil,
    attributes: [Attribute: [AttributeValue]] = [:], emotions: [String: Int] = [:], meaning: String? = nil,
    links: [String] = []
  ) {
    self.kind = kind
    self.name = name
    self.parent = parent
    self.attributes = attributes
    self.emotions = emotions
    self.meaning = meaning
    self.links = links
  }

  public var reference: ElementReference { ElementReference(kind, name) }
}

/// Names one element of a map, as names are unique within a kind.
public struct ElementReference: Hashable, Sendable, Codable {
  public var kind: ElementKind
  public var name: String

  public init(_ kind: ElementKind, _ name: String) {
    self.kind = kind
    self.name = name
  }
}

extension JourneyMap {
  /// All elements of a kind, in map order: touchpoints by stage, then by place in it.
  public func all(_ kind: ElementKind) -> [Element] {
    elements.filter { $0.kind == kind }
  }

  /// What hangs directly under `parent`, or under the map itself, of one kind or of any, in order.
  public func children(of parent: ElementReference?, _ kind: ElementKind? = nil) -> [Element] {
    elements.filter { $0.parent == parent && (kind == nil || $0.kind == kind) }
  }

  public func element(_ reference: ElementReference) -> Element? {
    elements.first { $0.kind == reference.kind && $0.name == reference.name }
  }

  /// The title, or the name where there is none.
  public var heading: String { title.isEmpty ? name : title }
}

extension Element {
  /// The first whole number of an attribute: `scale(.emotion)`.
  public func scale(_ attribute: Attribute) -> Int? {
    guard case .integer(let number)? = attributes[attribute]?.first else { return nil }
    return number
  }

  /// What a persona feels here, else everyone; nil where neither is known.
  public func emotion(of persona: String) -> Int? { emotions[persona] ?? scale(.emotion) }

  /// What personas feel in an order of their own: those of `order` first, then by name.
  public func emotions(in order: [String] = []) -> [(persona: String, emotion: Int)] {
    let known = order.compactMap { persona in emotions[persona].map { (persona: persona, emotion: $0) } }
    let others = emotions.filter { !order.contains($0.key) }.sorted { $0.key < $1.key }
    return known + others.map { (persona: $0.key, emotion: $0.value) }
  }

  /// The texts of an attribute, as `channel`, `persona`, `owner`, `note`; empty where it has none.
  public func texts(_ attribute: Attribute) -> [String] {
    (attributes[attribute] ?? []).compactMap { value in
      if case .text(let text) = value { text } else { nil }
    }
  }
}
