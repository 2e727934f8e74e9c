extension MapDiff.Change {
  /// Lower case, without a full stop; names as statements write them.
  public var line: String {
    switch self {
    case .mapRenamed(let old, let new): "map \(nameLiteral(old)) renamed to \(nameLiteral(new))"
    case .retitled(let old, let new): "title \(Self.shown(old)) → \(Self.shown(new))"
    case .noted(let note): "noted \(textLiteral(note))"
    case .noteRemoved(let note): "note removed \(textLiteral(note))"
    case .added(let element): "added " + element.summary
    case .moved(let reference, let old, let new):
      "moved \(reference.typed) from \(Self.shown(old)) to \(Self.shown(new))"
    case .reordered(let reference, let after):
      "moved \(reference.typed) " + (after.map { "after \(nameLiteral($0.name))" } ?? "to the front")
    case .renamed(let reference, let name): "renamed \(reference.typed) to \(nameLiteral(name))"
    case .attribute(let reference, let attribute, let old, let new):
      "\(reference.typed) \(attribute.rawValue) \(Self.shown(old)) → \(Self.shown(new))"
    case .emotion(let reference, let persona, let old, let new):
      "\(reference.typed) emotion for \(nameLiteral(persona)) \(old.map(String.init) ?? Self.none) → \(new.map(String.init) ?? Self.none)"
    case .meaning(let reference, let old, let new): "\(reference.typed) as \(old ?? Self.none) → \(new ?? Self.none)"
    case .linked(let reference, let step): "linked \(reference.typed) to \(step)"
    case .unlinked(let reference, let step): "unlinked \(reference.typed) from \(step)"
    case .removed(let element): "removed " + element.reference.typed + (element.parent.map { " of \($0.typed)" } ?? "")
    }
  }

  private static let none = "(none)"

  private static func shown(_ text: String) -> String {
    text.isEmpty ? none : textLiteral(text)
  }

  private static func shown(_ parent: ElementReference?) -> String {
    parent?.typed ?? "the map itself"
  }

  private static func shown(_ values: [AttributeValue]) -> String {
    values.isEmpty ? none : values.map(\.typed).joined(separator: ", ")
  }
}

extension Element {
  /// The element as the statement that adds it writes it, without `add` and without its place among siblings:
  /// `touchpoint Cart to stage Purchase channel web emotion -1`.
  public var summary: String {
    var parts = [reference.typed]
    if let parent { parts.append("to \(parent.typed)") }
    for attribute in Attribute.allCases {
      guard let values = attributes[attribute] else { continue }
      parts.append("\(attribute.rawValue) \(values.map(\.typed).joined(separator: ", "))")
    }
    for (persona, emotion) in emotions() { parts.append("emotion \(emotion) for \(nameLiteral(persona))") }
    if let meaning { parts.append("as \(meaning)") }
    if !links.isEmpty { parts.append("linked to \(links.joined(separator: ", "))") }
    return parts.joined(separator: " ")
  }
}
