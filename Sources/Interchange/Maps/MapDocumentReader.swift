import JourneyModel
import SourceText

/// Reads a map from a document, with the place of whatever is wrong in it.
struct MapDocumentReader {
  private let source: MapSource
  private var elements: [Element] = []
  private var marks: [ElementReference: Mark] = [:]

  /// The map of a whole document; `name` is what it is called where the document has no `map`.
  static func map(of root: DocumentNode, in source: MapSource, named name: String) throws(Diagnostic) -> MapReading {
    var reader = MapDocumentReader(source: source)
    return MapReading(map: try reader.map(of: root, named: name), warnings: [])
  }

  private init(source: MapSource) {
    self.source = source
  }

  private mutating func map(of root: DocumentNode, named name: String) throws(Diagnostic) -> JourneyMap {
    guard case .mapping(let entries) = root.content else {
      throw source.error(
        .mapShape, "a map file holds keys such as 'map' and 'stages'", at: root.mark, hint: "map: shop")
    }
    var map = JourneyMap(name: name)
    let kinds = ElementKind.allCases.filter { !$0.needsParent }
    try check(entries, allowed: ["map", "title", "notes"] + kinds.map(\.plural))
    for entry in entries where !entry.value.isNothing {
      switch entry.key {
      case "map": map.name = try text(entry)
      case "title": map.title = try text(entry)
      case "notes": map.notes = try texts(entry).map(\.text)
      default: try list(entry, under: nil)
      }
    }
    guard !map.name.allSatisfy(\.isWhitespace) else { throw source.error(.nameBlank(nil), at: root.mark) }
    do {
      return try JourneyMap(name: map.name, title: map.title, notes: map.notes, elements: elements)
    } catch {
      throw source.error(error, at: root.mark)
    }
  }

  /// The elements of one kind under `parent`.
  private mutating func list(_ entry: DocumentNode.Entry, under parent: ElementReference?) throws(Diagnostic) {
    guard let kind = ElementKind.allCases.first(where: { $0.plural == entry.key }) else { return }
    guard case .list(let items) = entry.value.content else {
      throw source.error(
        .mapShape, "'\(entry.key)' holds a list of \(kind.plural)", at: entry.value.mark, hint: "- name: …")
    }
    for item in items { try element(kind, item, under: parent) }
  }

  private mutating func element(
    _ kind: ElementKind, _ node: DocumentNode, under parent: ElementReference?
  ) throws(Diagnostic) {
    switch node.content {
    case .scalar(let name, _):
      try add(Element(kind, node.isNothing ? "" : name, under: parent), at: node.mark)
    case .list:
      throw source.error(
        .mapShape, "a list stands where a \(kind.rawValue) is expected", at: node.mark, hint: "name: …")
    case .mapping(let entries):
      try check(entries, allowed: Self.keys(of: kind))
      guard let name = entries.first(where: { $0.key == "name" }) else {
        throw source.error(.mapKeyMissing, "the \(kind.rawValue) has no 'name'", at: node.mark, hint: "name: …")
      }
      var element = Element(kind, name.value.isNothing ? "" : try text(name), under: parent)
      for entry in entries where !entry.value.isNothing { try set(entry, on: &element) }
      try add(element, at: name.value.mark)
      for entry in entries where !entry.value.isNothing { try list(entry, under: element.reference) }
    }
  }

  private func set(_ entry: DocumentNode.Entry, on element: inout Element) throws(Diagnostic) {
    if let attribute = Attribute(rawValue: entry.key) {
      element.attributes[attribute] = try values(attribute, entry)
    } else if entry.key == DocumentNode.emotions {
      element.emotions = try emotions(entry)
    } else if entry.key == "as" {
      element.meaning = try text(entry)
    } else if entry.key == "links" {
      element.links = try texts(entry).map(\.text)
    }
  }

  /// A number for each persona.
  private func emotions(_ entry: DocumentNode.Entry) throws(Diagnostic) -> [String: Int] {
    guard case .mapping(let entries) = entry.value.content else {
      throw source.error(
        .mapShape, "'\(entry.key)' holds a number for each persona", at: entry.value.mark, hint: "{Newcomer: -2}")
    }
    var emotions: [String: Int] = [:]
    for felt in entries where !felt.value.isNothing {
      guard case .integer(let emotion)? = try values(.emotion, felt)?.first else { continue }
      guard emotions.updateValue(emotion, forKey: felt.key) == nil else {
        throw source.error(.mapKeyRepeated, "'\(felt.key)' stands here twice", at: felt.mark)
      }
    }
    return emotions
  }

  private func values(_ attribute: Attribute, _ entry: DocumentNode.Entry) throws(Diagnostic) -> [AttributeValue]? {
    let given = try texts(entry)
    for (text, mark) in given {
      do {
        _ = try attribute.values(reading: [text])
      } catch {
        throw source.error(error, at: mark)
      }
    }
    do {
      let values = try attribute.values(reading: given.map(\.text))
      return values.isEmpty ? nil : values
    } catch {
      throw source.error(error, at: entry.value.mark)
    }
  }

  private mutating func add(_ element: Element, at mark: Mark) throws(Diagnostic) {
    do {
      try element.check()
    } catch {
      throw source.error(error, at: mark)
    }
    if let first = marks.updateValue(mark, forKey: element.reference) {
      throw source.error(
        MapError.nameTaken(element.reference).diagnosticCode,
        MapError.nameTaken(element.reference).message + ", in line \(first.line)", at: mark)
    }
    elements.append(element)
  }

  /// What may stand on an element of a kind.
  private static func keys(of kind: ElementKind) -> [String] {
    var keys = ["name"] + Attribute.allCases.map(\.rawValue)
    if kind.hasMeaning { keys.append("as") }
    if kind == .touchpoint { keys += [DocumentNode.emotions, "links"] }
    return keys + ElementKind.allCases.filter { $0.parents.contains(kind) }.map(\.plural)
  }

  private func check(_ entries: [DocumentNode.Entry], allowed: [String]) throws(Diagnostic) {
    var seen: Set<String> = []
    for entry in entries {
      guard allowed.contains(entry.key) else {
        throw source.error(
          .mapKeyUnknown, "'\(entry.key)' is not a key here", at: entry.mark,
          hint: nearest(to: entry.key, among: allowed) ?? allowed.joined(separator: ", "))
      }
      guard seen.insert(entry.key).inserted else {
        throw source.error(.mapKeyRepeated, "'\(entry.key)' stands here twice", at: entry.mark)
      }
    }
  }

  private func text(_ entry: DocumentNode.Entry) throws(Diagnostic) -> String {
    guard case .scalar(let text, _) = entry.value.content else {
      throw source.error(.mapShape, "'\(entry.key)' holds one text", at: entry.value.mark)
    }
    return text
  }

  /// One text or a list of them.
  private func texts(_ entry: DocumentNode.Entry) throws(Diagnostic) -> [(text: String, mark: Mark)] {
    guard case .list(let items) = entry.value.content else { return [(try text(entry), entry.value.mark)] }
    var texts: [(text: String, mark: Mark)] = []
    for item in items {
      guard case .scalar(let text, _) = item.content else {
        throw source.error(.mapShape, "'\(entry.key)' holds texts", at: item.mark)
      }
      texts.append((text, item.mark))
    }
    return texts
  }
}

extension DiagnosticCode {
  package static let mapShape = DiagnosticCode(
    "map.shape", "A list, a text or a mapping stands where another of these is due.")
}
