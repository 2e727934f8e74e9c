/// One event as a row, for stores made by a program instead of from a file.
public struct EventRow: Sendable {
  public var customer: String
  /// Microseconds since 1970 UTC.
  public var instant: Int64
  /// Ranks events of one instant; nil comes last.
  public var order: Double?
  public var name: String
  /// Non-missing values; of two with one name the later stands.
  public var properties: [(name: String, value: PropertyValue)]

  public init(
    customer: String, instant: Int64, order: Double? = nil, name: String,
    properties: [(name: String, value: PropertyValue)] = []
  ) {
    self.customer = customer
    self.instant = instant
    self.order = order
    self.name = name
    self.properties = properties
  }
}

extension EventStore {
  /// A store of `rows`, given in load order. Properties stand in the order of their first appearance; one whose values
  /// are of several kinds is text.
  ///
  /// - Parameters:
  ///   - buckets: how many buckets, rounded up to a power of two; nil for as many as the events need (one up to
  ///     262,144 events).
  ///   - session: the property that names sessions.
  public init(rows: [EventRow], buckets: Int? = nil, session: String? = nil) {
    self.init(rows: rows, buckets: buckets, session: session, identities: nil)
  }

  /// - Parameter identities: as for `EventStoreBuilder`.
  package init(rows: [EventRow], buckets: Int? = nil, session: String? = nil, identities: IdentityMap?) {
    var names: [String] = []
    var kinds: [String: Property.Kind] = [:]
    for (name, value) in rows.lazy.flatMap(\.properties) {
      if let known = kinds[name] {
        if known != value.kind { kinds[name] = .text }
      } else {
        names.append(name)
        kinds[name] = value.kind
      }
    }
    var builder = EventStoreBuilder(identities: identities)
    var indices: [String: Int] = [:]
    for name in names { indices[name] = builder.addProperty(name, declared: kinds[name]) }
    builder.session = session.flatMap { indices[$0] }
    for row in rows {
      builder.append(
        customer: Array(row.customer.utf8).span, event: Array(row.name.utf8).span, instant: row.instant,
        order: row.order ?? .nan)
      for (name, value) in row.properties {
        if let property = indices[name] { builder.set(property, to: value) }
      }
    }
    self = builder.finish(buckets: buckets)
  }
}
