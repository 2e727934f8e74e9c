/// Why a map cannot be changed or read as asked, as facts; `message` and `suggestion` write the sentences.
public enum MapError: Error, Hashable, Sendable {
  /// No element of this kind (of any fitting one, if nil) has the name; `nearest` is the one most like it.
  case elementUnknown(ElementKind?, String, nearest: ElementReference?)
  case nameTaken(ElementReference)
  /// Nil: the name of the map itself.
  case nameBlank(ElementKind?)
  /// Nothing of this kind hangs under that (under the map itself, if nil).
  case parentUnfit(ElementKind, under: ElementReference?)
  /// `example` is one it could hang under, if there is any.
  case parentNeeded(ElementKind, example: ElementReference?)
  /// Several elements of fitting kinds have the name.
  case parentAmbiguous(String, [ElementReference])
  /// After or before something of another kind.
  case siblingUnfit(ElementKind, ElementReference)
  /// The sibling does not hang under the parent that was asked for (nil: the map itself).
  case siblingElsewhere(ElementReference, under: ElementReference?)
  /// After or before the element itself.
  case siblingItself(ElementReference)
  case placeNeeded(ElementReference)
  case attributeUnknown(String, nearest: Attribute?)
  case attributeRepeated(Attribute)
  /// `found` is as written.
  case valueUnfit(Attribute, found: String)
  case valuesTooMany(Attribute)
  /// Only personas, wins, kpis and goals have a meaning.
  case meaningUnfit(ElementKind)
  /// Only touchpoints are linked.
  case linkUnfit(ElementKind)
  case linkTaken(String, touchpoint: String)
  case linkUnknown(String, touchpoint: String, nearest: String?)
  case noteBlank
  case templateUnknown(String, nearest: MapTemplate?)
  /// The map is not as the edit found it.
  case editStale(String)
}

extension MapError {
  /// Stable; listed in docs/ERRORS.md.
  public var code: String {
    switch self {
    case .elementUnknown: "map.element-unknown"
    case .nameTaken: "map.name-taken"
    case .nameBlank: "map.name-blank"
    case .parentUnfit: "map.parent-unfit"
    case .parentNeeded: "map.parent-needed"
    case .parentAmbiguous: "map.parent-ambiguous"
    case .siblingUnfit: "map.sibling-unfit"
    case .siblingElsewhere: "map.sibling-elsewhere"
    case .siblingItself: "map.sibling-itself"
    case .placeNeeded: "map.place-needed"
    case .attributeUnknown: "map.attribute-unknown"
    case .attributeRepeated: "map.attribute-repeated"
    case .valueUnfit: "map.value-unfit"
    case .valuesTooMany: "map.values-many"
    case .meaningUnfit: "map.meaning-unfit"
    case .linkUnfit: "map.link-unfit"
    case .linkTaken: "map.link-taken"
    case .linkUnknown: "map.link-unknown"
    case .noteBlank: "map.note-blank"
    case .templateUnknown: "map.template-unknown"
    case .editStale: "map.edit-stale"
    }
  }

  /// Lower case, no full stop.
  public var message: String {
    switch self {
    case .elementUnknown(let kind, let name, _):
      kind.map { "'\(name)' is not \($0.withArticle) of the map" } ?? "nothing on the map is called '\(name)'"
    case .nameTaken(let reference): "the map has \(reference.kind.withArticle) '\(reference.name)' already"
    case .nameBlank(let kind): "the name of \(kind?.withArticle ?? "the map") is blank"
    case .parentUnfit(let kind, let parent): Self.parentMessage(kind, parent)
    case .parentNeeded(let kind, _): "\(kind.withArticle) hangs under \(kind.parentsListed)"
    case .parentAmbiguous(let name, let references):
      "'\(name)' is \(references.map(\.kind.withArticle).joined(separator: " and "))"
    case .siblingUnfit(let kind, let sibling):
      "\(kind.withArticle) stands after or before \(kind.withArticle), and '\(sibling.name)' is \(sibling.kind.withArticle)"
    case .siblingElsewhere(let sibling, let parent):
      "\(sibling) does not hang under \(parent.map(\.description) ?? "the map itself")"
    case .siblingItself(let reference): "\(reference) cannot stand after or before itself"
    case .placeNeeded(let reference): "no new place of \(reference) is given"
    case .attributeUnknown(let name, _): "'\(name)' is not an attribute"
    case .attributeRepeated(let attribute): "\(attribute.rawValue) is set twice"
    case .valueUnfit(let attribute, let found): "\(attribute.rawValue) takes \(attribute.expected), not \(found)"
    case .valuesTooMany(let attribute): "\(attribute.rawValue) takes one value"
    case .meaningUnfit(let kind):
      "only a persona, win, kpi or goal has a question or people after 'as', not \(kind.withArticle)"
    case .linkUnfit(let kind): "only touchpoints are linked, not \(kind.withArticle)"
    case .linkTaken(let link, let touchpoint): "touchpoint '\(touchpoint)' is linked to \(link) already"
    case .linkUnknown(let link, let touchpoint, _): "touchpoint '\(touchpoint)' is not linked to \(link)"
    case .noteBlank: "the note is blank"
    case .templateUnknown(let name, _): "'\(name)' is not a template"
    case .editStale(let reason): "the map is not as the change found it: \(reason)"
    }
  }

  /// Text to type instead.
  public var suggestion: String? {
    switch self {
    case .elementUnknown(let kind, _, let nearest): nearest.map { kind == nil ? $0.typed : nameLiteral($0.name) }
    case .parentNeeded(let kind, let example):
      example.map { "to " + ($0.kind == kind.parents.first ? nameLiteral($0.name) : $0.typed) }
    case .parentAmbiguous(_, let references): references.first?.typed
    case .attributeUnknown(_, let nearest): nearest?.rawValue
    case .linkUnknown(_, _, let nearest): nearest
    case .templateUnknown(_, let nearest):
      nearest?.rawValue ?? MapTemplate.allCases.map(\.rawValue).joined(separator: ", ")
    default: nil
    }
  }

  private static func parentMessage(_ kind: ElementKind, _ parent: ElementReference?) -> String {
    let place = kind.parents.isEmpty ? "the map itself" : kind.parentsListed
    return "\(kind.withArticle) hangs under \(place), not under \(parent.map(\.description) ?? "the map itself")"
  }
}

extension ElementKind {
  /// `a stage`, `an opportunity`.
  var withArticle: String {
    self == .opportunity || self == .action ? "an \(rawValue)" : "a \(rawValue)"
  }

  /// `a touchpoint, a stage or a pain`.
  var parentsListed: String {
    let names = parents.map(\.withArticle)
    guard let last = names.last, names.count > 1 else { return names.first ?? "the map itself" }
    return names.dropLast().joined(separator: ", ") + " or " + last
  }
}

extension ElementReference: CustomStringConvertible {
  /// For sentences: `touchpoint 'Thank-you email'`.
  public var description: String { "\(kind.rawValue) '\(name)'" }

  /// As a statement writes it: `touchpoint "Thank-you email"`.
  public var typed: String { "\(kind.rawValue) \(nameLiteral(name))" }
}
