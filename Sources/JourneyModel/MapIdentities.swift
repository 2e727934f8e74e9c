/// Which element of a later map each element of an earlier one has become.
///
/// The edits between the two tell: an element is itself through renames and moves. One that was taken away and one that was put in
/// under the same name count as the same, and so do all of one name where no edits are known.
struct Identities {
  /// By its name in the later map, an element as it was and its place in canonical order then.
  private(set) var before: [ElementReference: (element: Element, rank: Int)] = [:]
  /// From the names then to those of the later map.
  private var now: [ElementReference: ElementReference] = [:]

  init(from old: JourneyMap, to new: JourneyMap, through edits: [MapEdit]) {
    var origins = Dictionary(uniqueKeysWithValues: old.elements.map { ($0.reference, $0.reference) })
    for edit in edits { Self.follow(edit, &origins) }
    let present = Set(new.elements.map(\.reference))
    for (later, origin) in origins where present.contains(later) { now[origin] = later }
    var claimed = Set(now.values)
    for (rank, element) in old.elements.enumerated() {
      let reference = element.reference
      if now[reference] == nil, present.contains(reference), claimed.insert(reference).inserted {
        now[reference] = reference
      }
      if let later = now[reference] { before[later] = (element, rank) }
    }
  }

  /// `origins`: from the names of the moment to those of the earlier map.
  private static func follow(_ edit: MapEdit, _ origins: inout [ElementReference: ElementReference]) {
    switch edit {
    case .rename(let reference, let name):
      guard let origin = origins.removeValue(forKey: reference) else { return }
      origins[ElementReference(reference.kind, name)] = origin
    case .delete(let element, _): origins[element.reference] = nil
    case .group(let edits): for edit in edits { follow(edit, &origins) }
    default: break
    }
  }

  /// What an element of the earlier map is called in the later one; nil if it is not there.
  func later(_ reference: ElementReference) -> ElementReference? {
    now[reference]
  }

  /// Whether a parent then and a parent now are one; nil is the map itself.
  func isSame(_ earlier: ElementReference?, _ later: ElementReference?) -> Bool {
    guard let earlier else { return later == nil }
    return now[earlier].map { $0 == later } ?? false
  }

  /// An element of the earlier map with the channels and personas it names by their later names.
  func following(_ element: Element) -> Element {
    var element = element
    for kind in [ElementKind.channel, .persona] {
      guard let attribute = Attribute(naming: kind), let values = element.attributes[attribute] else { continue }
      element.attributes[attribute] = values.map { value in
        guard case .text(let name) = value, let later = now[ElementReference(kind, name)] else { return value }
        return .text(later.name)
      }
    }
    let emotions = element.emotions.map { (now[ElementReference(.persona, $0.key)]?.name ?? $0.key, $0.value) }
    element.emotions = Dictionary(emotions) { first, _ in first }
    return element
  }
}
