// Elements as JSON, for the history of a workspace: keys that a person reads, absent where there is nothing to say.

extension Element: Codable {
  private enum Key: String, CodingKey {
    case kind, name, parent, attributes, emotions, meaning, links
  }

  private struct AttributeKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(_ attribute: Attribute) { stringValue = attribute.rawValue }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(kind, forKey: .kind)
    try container.encode(name, forKey: .name)
    try container.encodeIfPresent(parent, forKey: .parent)
    if !attributes.isEmpty {
      var values = container.nestedContainer(keyedBy: AttributeKey.self, forKey: .attributes)
      for attribute in Attribute.allCases {
        if let value = attributes[attribute] { try values.encode(value, forKey: AttributeKey(attribute)) }
      }
    }
    if !emotions.isEmpty { try container.encode(emotions, forKey: .emotions) }
    try container.encodeIfPresent(meaning, forKey: .meaning)
    if !links.isEmpty { try container.encode(links, forKey: .links) }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      try container.decode(ElementKind.self, forKey: .kind), try container.decode(String.self, forKey: .name),
      under: try container.decodeIfPresent(ElementReference.self, forKey: .parent))
    if container.contains(.attributes) {
      let values = try container.nestedContainer(keyedBy: AttributeKey.self, forKey: .attributes)
      for key in values.allKeys {
        guard let attribute = Attribute(rawValue: key.stringValue) else {
          throw DecodingError.dataCorruptedError(
            forKey: key, in: values, debugDescription: "'\(key.stringValue)' is not an attribute")
        }
        attributes[attribute] = try values.decode([AttributeValue].self, forKey: key)
      }
    }
    emotions = try container.decodeIfPresent([String: Int].self, forKey: .emotions) ?? [:]
    meaning = try container.decodeIfPresent(String.self, forKey: .meaning)
    links = try container.decodeIfPresent([String].self, forKey: .links) ?? []
  }
}

extension AttributeValue: Codable {
  /// One key, which says what the value is: `{"text": "email"}`, `{"share": 0.12}`, `{"microseconds": 1000}`.
  private enum Key: String, CodingKey {
    case text, integer, number, share, microseconds, date, atMost
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .text(let text): try container.encode(text, forKey: .text)
    case .integer(let integer): try container.encode(integer, forKey: .integer)
    case .number(let number): try container.encode(number, forKey: .number)
    case .share(let share): try container.encode(share, forKey: .share)
    case .duration(let microseconds): try container.encode(microseconds, forKey: .microseconds)
    case .date(let date): try container.encode(date, forKey: .date)
    case .atMost(let figure): try container.encode(figure, forKey: .atMost)
    }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    switch container.allKeys.first {
    case .text: self = .text(try container.decode(String.self, forKey: .text))
    case .integer: self = .integer(try container.decode(Int.self, forKey: .integer))
    case .number: self = .number(try container.decode(Double.self, forKey: .number))
    case .share: self = .share(try container.decode(Double.self, forKey: .share))
    case .microseconds: self = .duration(microseconds: try container.decode(Int64.self, forKey: .microseconds))
    case .date: self = .date(try container.decode(String.self, forKey: .date))
    case .atMost: self = .atMost(try container.decode(AttributeValue.self, forKey: .atMost))
    case nil:
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: container.codingPath, debugDescription: "a value without a kind"))
    }
  }
}
