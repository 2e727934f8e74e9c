/// A columnar store of events: an immutable value, cheap to copy, safe to read from any thread.
///
/// Customers are spread over buckets by a hash of their id; all events of a customer lie in one bucket, in canonical
/// order.
public struct EventStore: Sendable {
  public let schema: StoreSchema
  public let buckets: [Bucket]
  /// Told of columns that cannot be read; nil for a store that is in memory.
  public let faults: ReadingFaults?

  public init(schema: StoreSchema, buckets: [Bucket], faults: ReadingFaults? = nil) {
    self.schema = schema
    self.buckets = buckets
    self.faults = faults
  }

  public var eventCount: Int { buckets.reduce(0) { $0 + $1.eventCount } }
  public var customerCount: Int { buckets.reduce(0) { $0 + $1.customerCount } }

  /// First and last instant (microseconds since 1970 UTC) over all events; nil for an empty store.
  public var span: ClosedRange<Int64>? {
    let spans = buckets.compactMap(\.span)
    guard let first = spans.map(\.lowerBound).min(), let last = spans.map(\.upperBound).max() else { return nil }
    return first...last
  }
}

/// What a store's columns are called and how their codes read.
public struct StoreSchema: Sendable, Hashable {
  /// Event names; an event's code is its index here.
  public var events: [String]
  public var properties: [Property]
  /// Index of the property that names sessions, if the source has one.
  public var session: Int?

  public init(events: [String] = [], properties: [Property] = [], session: Int? = nil) {
    self.events = events
    self.properties = properties
    self.session = session
  }
}

public struct Property: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case text, number, truth, time
  }
  public var name: String
  public var kind: Kind
  private var texts: TextDictionary

  public init(name: String, kind: Kind, dictionary: [String] = []) {
    self.name = name
    self.kind = kind
    texts = .held(dictionary)
  }

  /// A text property whose values are read when they are first asked for.
  package init(name: String, kind: Kind, dictionary: any StoredTexts) {
    self.name = name
    self.kind = kind
    texts = .stored(dictionary)
  }

  /// For text: value of code c is `dictionary[c - 1]`; code 0 is missing. Empty for other kinds. May be read and decoded at
  /// each call: take it once.
  public var dictionary: [String] {
    get {
      switch texts {
      case .held(let values): values
      case .stored(let stored): stored.texts
      }
    }
    set { texts = .held(newValue) }
  }

  /// How many values `dictionary` has, without reading them.
  public var valueCount: Int {
    switch texts {
    case .held(let values): values.count
    case .stored(let stored): stored.count
    }
  }

  /// Bytes that `dictionary` takes in memory at this moment.
  var dictionaryMemory: Int {
    switch texts {
    case .held(let values): values.bytes
    case .stored(let stored): stored.memory
    }
  }
}

/// Texts that are read when they are asked for, from several threads.
package protocol StoredTexts: Sendable {
  var count: Int { get }
  /// As many as `count`.
  var texts: [String] { get }
  /// Bytes of those that are in memory at this moment.
  var memory: Int { get }
}

private enum TextDictionary: Sendable, Hashable {
  case held([String])
  case stored(any StoredTexts)

  private var values: [String] {
    switch self {
    case .held(let values): values
    case .stored(let stored): stored.texts
    }
  }

  static func == (one: TextDictionary, other: TextDictionary) -> Bool { one.values == other.values }
  func hash(into hasher: inout Hasher) { hasher.combine(values) }
}
