import JourneyModel
import SourceText

/// A map as a tree of keys, lists and texts: the shape that YAML and JSON share (docs/MAPS.md).
struct DocumentNode: Sendable {
  enum Content: Sendable {
    /// Plain: a number, a date, a truth value or nothing, written without quotes.
    case scalar(String, isPlain: Bool)
    case list([DocumentNode])
    case mapping([Entry])
  }

  struct Entry: Sendable {
    var key: String
    var mark: Mark
    var value: DocumentNode

    init(_ key: String, _ value: DocumentNode, at mark: Mark = Mark(line: 0, column: 0)) {
      self.key = key
      self.mark = mark
      self.value = value
    }
  }

  var content: Content
  /// Where it stands in the file; of no meaning in a document that is to be written.
  var mark: Mark

  init(_ content: Content, at mark: Mark = Mark(line: 0, column: 0)) {
    self.content = content
    self.mark = mark
  }

  static func text(_ text: String) -> DocumentNode { DocumentNode(.scalar(text, isPlain: false)) }
  static func plain(_ text: String) -> DocumentNode { DocumentNode(.scalar(text, isPlain: true)) }

  /// Whether a key with this value says nothing: `owner:` alone.
  var isNothing: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return ["", "~", "null"].contains(text)
  }
}

extension DocumentNode {
  /// The key of what personas feel at a touchpoint: a number by the name of each.
  static let emotions = "emotions"

  /// How deep a document may be; a map needs 9.
  static let depthLimit = 32

  /// The document of a map: a pure function of it.
  init(_ map: JourneyMap) {
    var entries = [Entry("map", .text(map.name))]
    if !map.title.isEmpty { entries.append(Entry("title", .text(map.title))) }
    if !map.notes.isEmpty {
      entries.append(Entry("notes", DocumentNode(.list(map.notes.map { .text($0) }))))
    }
    let children = Dictionary(grouping: map.elements, by: \.parent)
    entries += Self.lists(of: children, under: nil)
    self.init(.mapping(entries))
  }

  /// One list for each kind of what hangs under `parent`; as deep as kinds hang under each other.
  private static func lists(
    of children: [ElementReference?: [Element]], under parent: ElementReference?
  ) -> [Entry] {
    let below = children[parent] ?? []
    return ElementKind.allCases.compactMap { kind in
      let elements = below.filter { $0.kind == kind }
      guard !elements.isEmpty else { return nil }
      return Entry(kind.plural, DocumentNode(.list(elements.map { node(of: $0, children) })))
    }
  }

  /// An element with nothing to say of it is its name alone.
  private static func node(of element: Element, _ children: [ElementReference?: [Element]]) -> DocumentNode {
    var entries = [Entry("name", .text(element.name))]
    for attribute in Attribute.allCases {
      if let values = element.attributes[attribute] { entries.append(Entry(attribute.rawValue, node(of: values))) }
      guard attribute == .emotion, !element.emotions.isEmpty else { continue }
      let felt = element.emotions().map { Entry($0.persona, .plain(String($0.emotion))) }
      entries.append(Entry(emotions, DocumentNode(.mapping(felt))))
    }
    if let meaning = element.meaning { entries.append(Entry("as", .text(meaning))) }
    if !element.links.isEmpty {
      entries.append(Entry("links", DocumentNode(.list(element.links.map { .text($0) }))))
    }
    entries += lists(of: children, under: element.reference)
    return entries.count == 1 ? entries[0].value : DocumentNode(.mapping(entries))
  }

  private static func node(of values: [AttributeValue]) -> DocumentNode {
    let nodes = values.map { value -> DocumentNode in
      if case .text(let text) = value { .text(text) } else { .plain(value.text) }
    }
    return nodes.count == 1 ? nodes[0] : DocumentNode(.list(nodes))
  }
}

extension Diagnostic {
  static func tooDeep(in source: MapSource, at mark: Mark) -> Diagnostic {
    source.error(.mapTooDeep, "nested deeper than a map can be", at: mark)
  }
}

extension DiagnosticCode {
  package static let mapTooDeep = DiagnosticCode(
    "map.too-deep", "The file is nested deeper than a map can be.")
}
