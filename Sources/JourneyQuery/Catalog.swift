import JourneyTime

/// What is known of all events before one is read.
///
/// It goes along with a question to wherever some of the events lie, since what is said of these may depend on the others: windows that
/// are still open, the last calendar unit, what sessions are called.
public struct Catalog: Hashable, Sendable, Codable {
  public struct Property: Hashable, Sendable, Codable {
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable { case text, number, truth, time }
    public var name: String
    public var kind: Kind

    public init(name: String, kind: Kind) {
      (self.name, self.kind) = (name, kind)
    }
  }
  /// First and last instant; nil without events.
  public var span: ClosedRange<Instant>?
  /// Names, each once.
  public var events: [String]
  public var properties: [Property]
  /// What is known of people beside their events, by names of its own.
  public var people: [Property]
  /// The property that names sessions, if there is one.
  public var session: String?

  public init(
    span: ClosedRange<Instant>? = nil, events: [String] = [], properties: [Property] = [], people: [Property] = [],
    session: String? = nil
  ) {
    (self.span, self.events, self.properties, self.people) = (span, events, properties, people)
    self.session = session
  }

  /// Of events that lie in several parts; names stand in the order in which they are met. Nil where parts disagree on the kind of a property
  /// or have sessions by different names: a question would mean something else in each.
  public init?(of parts: [Catalog]) {
    self.init()
    var known: Set<ByteText> = []
    for part in parts {
      for name in part.events where known.insert(ByteText(name)).inserted { events.append(name) }
    }
    guard let merged = Self.merged(parts.map(\.properties)), let people = Self.merged(parts.map(\.people)) else {
      return nil
    }
    (properties, self.people) = (merged, people)
    let sessions = Set(parts.compactMap(\.session))
    guard sessions.count <= 1 else { return nil }
    session = sessions.first
    let spans = parts.compactMap(\.span)
    if let first = spans.map(\.lowerBound).min(), let last = spans.map(\.upperBound).max() { span = first...last }
  }

  /// Each name once; nil where parts disagree on a kind.
  private static func merged(_ parts: [[Property]]) -> [Property]? {
    var (merged, kinds): ([Property], [ByteText: Property.Kind]) = ([], [:])
    for property in parts.joined() {
      let kind = kinds.updateValue(property.kind, forKey: ByteText(property.name))
      if kind == nil { merged.append(property) } else if kind != property.kind { return nil }
    }
    return merged
  }
}
