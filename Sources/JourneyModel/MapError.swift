import SourceText

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
  /// Only touchpoints have emotions of personas.
  case emotionUnfit(ElementKind)
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
  public var code: String { diagnosticCode.name }

  package var diagnosticCode: DiagnosticCode {
    switch self {
    case .elementUnknown: .mapElementUnknown
    case .nameTaken: .mapNameTaken
    case .nameBlank: .mapNameBlank
    case .parentUnfit: .mapParentUnfit
    case .parentNeeded: .mapParentNeeded
    case .parentAmbiguous: .mapParentAmbiguous
    case .siblingUnfit: .mapSiblingUnfit
    case .siblingElsewhere: .mapSiblingElsewhere
    case .siblingItself: .mapSiblingItself
    case .placeNeeded: .mapPlaceNeeded
    case .attributeUnknown: .mapAttributeUnknown
    case .attributeRepeated: .mapAttributeRepeated
    case .valueUnfit: .mapValueUnfit
    case .valuesTooMany: .mapValuesMany
    case .emotionUnfit: .mapEmotionUnfit
    case .meaningUnfit: .mapMeaningUnfit
    case .linkUnfit: .mapLinkUnfit
    case .linkTaken: .mapLinkTaken
    case .linkUnknown: .mapLinkUnknown
    case .noteBlank: .mapNoteBlank
    case .templateUnknown: .mapTemplateUnknown
    case .editStale: .mapEditStale
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
    case .emotionUnfit(let kind): "only touchpoints have emotions of personas, not \(kind.withArticle)"
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

extension DiagnosticCode {
  package static let mapElementUnknown = DiagnosticCode(
    "map.element-unknown", "The map has no element of this kind and name; the hint is the nearest.")
  package static let mapNameTaken = DiagnosticCode(
    "map.name-taken", "The map has an element of this kind and name already; each has a name of its own.")
  package static let mapNameBlank = DiagnosticCode(
    "map.name-blank", "A name has at least one character that is not blank.")
  package static let mapParentUnfit = DiagnosticCode(
    "map.parent-unfit", "An element of this kind does not belong there: touchpoints to stages, pains to either.")
  package static let mapParentNeeded = DiagnosticCode(
    "map.parent-needed", "The element must belong to something: add touchpoint NAME to STAGE.")
  package static let mapParentAmbiguous = DiagnosticCode(
    "map.parent-ambiguous", "Several elements have this name. Say the kind before it: stage Cart, touchpoint Cart.")
  package static let mapSiblingUnfit = DiagnosticCode(
    "map.sibling-unfit", "after and before name an element of the same kind.")
  package static let mapSiblingElsewhere = DiagnosticCode(
    "map.sibling-elsewhere", "after and before name an element that belongs to the same.")
  package static let mapSiblingItself = DiagnosticCode(
    "map.sibling-itself", "An element cannot stand after or before itself.")
  package static let mapPlaceNeeded = DiagnosticCode(
    "map.place-needed", "move needs a new place: to, after or before.")
  package static let mapAttributeUnknown = DiagnosticCode(
    "map.attribute-unknown", "Elements of maps have no attribute of this name.")
  package static let mapAttributeRepeated = DiagnosticCode(
    "map.attribute-repeated", "One attribute is set twice in one statement.")
  package static let mapValueUnfit = DiagnosticCode(
    "map.value-unfit", "The attribute takes other values; the message says which.")
  package static let mapValuesMany = DiagnosticCode(
    "map.values-many", "The attribute takes one value, not a list.")
  package static let mapEmotionUnfit = DiagnosticCode(
    "map.emotion-unfit", "Only touchpoints have an emotion for a persona.")
  package static let mapMeaningUnfit = DiagnosticCode(
    "map.meaning-unfit", "Only personas, wins, KPIs and goals have a meaning behind as.")
  package static let mapLinkUnfit = DiagnosticCode(
    "map.link-unfit", "Only touchpoints are linked to events.")
  package static let mapLinkTaken = DiagnosticCode(
    "map.link-taken", "The touchpoint has this link already.")
  package static let mapLinkUnknown = DiagnosticCode(
    "map.link-unknown", "The touchpoint has no such link; a link is named exactly as show links writes it.")
  package static let mapNoteBlank = DiagnosticCode(
    "map.note-blank", "A note has at least one character that is not blank.")
  package static let mapTemplateUnknown = DiagnosticCode(
    "map.template-unknown", "No template has this name; the hint lists them.")
  package static let mapEditStale = DiagnosticCode(
    "map.edit-stale", "The change no longer fits the map, which another process changed meanwhile.")
}
