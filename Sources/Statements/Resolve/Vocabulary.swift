import JourneyModel
import JourneyQuery
import JourneyTime
import Language

/// Every name a statement may use at one moment, and what it stands for. A value: resolving never changes the session.
package struct Vocabulary: Sendable {
  /// The active map.
  package var map: JourneyMap? { didSet { tree = map.map(MapTree.init) } }
  /// The same for looking up.
  package private(set) var tree: MapTree?
  /// Event names of the active store, in the store's order.
  package var events: [String] = []
  /// Properties of the active store, in its column order.
  package var properties: [StoreProperty] = []
  /// What is known of people beside their events, by names of its own, in its column order.
  package var people: [StoreProperty] = []
  /// Properties of the events in use where rows beside them are asked; nil where events are.
  package private(set) var ofEvents: [StoreProperty]?
  /// What each of what is asked has beside its properties; events have all.
  package private(set) var builtins = Set(BuiltinProperty.allCases)
  /// Whether the active store names sessions itself.
  package var hasSessions = false
  /// First and last instant of the active store.
  package var span: ClosedRange<Instant>?
  /// Defined steps and segments as canonical texts.
  package var steps: [String: String] = [:]
  package var segments: [String: String] = [:]
  /// Saved values as canonical texts, without the `$`.
  package var variables: [String: String] = [:]
  package var zone: Zone = .utc

  package init() {}

  /// Takes over what is known of the active store.
  mutating func know(_ catalog: Catalog) {
    events = catalog.events
    properties = catalog.properties.map { StoreProperty(name: $0.name, kind: $0.kind) }
    people = catalog.people.map { StoreProperty(name: $0.name, kind: $0.kind) }
    (span, hasSessions) = (catalog.span, catalog.session != nil)
  }

  /// The names of rows beside the events of this one, which have this catalog, and no more than these of what events have.
  func ofRows(_ catalog: Catalog, having builtins: Set<BuiltinProperty>) -> Vocabulary {
    var copy = self
    (copy.ofEvents, copy.builtins) = (properties, builtins)
    copy.know(catalog)
    return copy
  }

  package struct StoreProperty: Hashable, Sendable {
    package var name: String
    package var kind: Catalog.Property.Kind
    /// What it is where the store has no such property.
    package var builtin: BuiltinProperty?
    /// What customers call it where it is theirs.
    package var ofCustomer: String?
    /// What events call it where it is theirs, and rows beside them are asked.
    package var ofEvents: String?

    package init(
      name: String, kind: Catalog.Property.Kind, builtin: BuiltinProperty? = nil, ofCustomer: String? = nil,
      ofEvents: String? = nil
    ) {
      self.name = name
      self.kind = kind
      self.builtin = builtin
      self.ofCustomer = ofCustomer
      self.ofEvents = ofEvents
    }
  }
}
