import SourceText

// What the statements on maps do, each as the edit that does it on this map. None of them changes the map.

extension JourneyMap {
  /// `add kind name place settings as meaning`; `emotions` are those behind which a persona stands, which the map must hold.
  public func edit(
    adding kind: ElementKind, _ name: String, at place: MapPlace = MapPlace(),
    settings: [(attribute: Attribute, values: [AttributeValue])] = [],
    emotions: [(persona: String, values: [AttributeValue])] = [], meaning: String? = nil
  ) throws(MapError) -> MapEdit {
    guard !name.isBlank else { throw .nameBlank(kind) }
    let reference = ElementReference(kind, name)
    guard element(reference) == nil else { throw .nameTaken(reference) }
    let target = try resolve(place, for: kind)
    var added = Element(kind, name, under: target.parent)
    try added.set(settings, meaning: meaning)
    for emotion in emotions { _ = try known(ElementReference(.persona, emotion.persona)) }
    try added.set(emotions)
    return .insert(element: added, position: target.position)
  }

  /// `set kind name settings as meaning`: replaces the values of each attribute named; a blank text takes the attribute away. A
  /// nil meaning leaves the meaning as it is.
  public func edit(
    setting reference: ElementReference, _ settings: [(attribute: Attribute, values: [AttributeValue])],
    emotions: [(persona: String, values: [AttributeValue])] = [], meaning: String? = nil
  ) throws(MapError) -> MapEdit {
    let old = try known(reference)
    var new = old
    try new.set(settings, meaning: meaning)
    for emotion in emotions { _ = try known(ElementReference(.persona, emotion.persona)) }
    try new.set(emotions)
    return old == new ? .group(edits: []) : .change(from: old, to: new)
  }

  /// `rename kind name to name`: what hangs under the element follows, and so do the attributes that name a channel or persona.
  public func edit(renaming reference: ElementReference, to name: String) throws(MapError) -> MapEdit {
    let old = try known(reference)
    guard !name.isBlank else { throw .nameBlank(old.kind) }
    let renamed = ElementReference(old.kind, name)
    if let taken = element(renamed), taken.reference != old.reference { throw .nameTaken(renamed) }
    // The spelling kept by the map is what the inverse must restore, so it is taken from there.
    let rename = MapEdit.rename(element: old.reference, to: name)
    guard let attribute = Attribute(naming: old.kind) else { return rename }
    var edits = [rename]
    // What personas feel goes first, so that each element is changed as the other names find it.
    let renamedMap = try applying(rename)
    if old.kind == .persona { edits += renamedMap.edits(renamingEmotionsOf: old.name, to: name) }
    for element in try renamedMap.applying(.group(edits: Array(edits.dropFirst()))).elements {
      guard let values = element.attributes[attribute], values.contains(.text(old.name)) else { continue }
      var follower = element
      let names = values.map { $0 == .text(old.name) ? AttributeValue.text(name) : $0 }
      follower.attributes[attribute] = try attribute.values(names)
      edits.append(.change(from: element, to: follower))
    }
    return edits.count == 1 ? rename : .group(edits: edits)
  }

  /// `move kind name place`: with all that hangs under it. Without a sibling it goes last; without a parent it stays under its own
  /// or goes to the sibling's.
  public func edit(moving reference: ElementReference, to place: MapPlace) throws(MapError) -> MapEdit {
    let old = try known(reference)
    guard place.parent != nil || place.sibling != nil else { throw .placeNeeded(old.reference) }
    let target = try resolve(place, for: old.kind, moved: old.reference)
    let position = index(of: old.reference).map(siblingIndex(at:)) ?? 0
    let source = MapEdit.Place(parent: old.parent, position: position)
    return source == target ? .group(edits: []) : .move(element: old.reference, from: source, to: target)
  }

  /// `remove kind name`: with all that hangs under it, a persona with what it feels.
  public func edit(removing reference: ElementReference) throws(MapError) -> MapEdit {
    let removed = try known(reference)
    let feelings = removed.kind == .persona ? edits(renamingEmotionsOf: removed.name, to: nil) : []
    guard let index = index(of: reference) else { return .group(edits: []) }
    var positions = [Siblings(of: elements[index]): siblingIndex(at: index)]
    let deletions =
      feelings
      + Array(
        subtree(at: index).map { index in
          let siblings = Siblings(of: elements[index])
          defer { positions[siblings, default: 0] += 1 }
          return MapEdit.delete(element: elements[index], position: positions[siblings, default: 0])
        }.reversed())
    return deletions.count == 1 ? deletions[0] : .group(edits: deletions)
  }

  /// `link touchpoint name to one`, with the step in canonical form.
  public func edit(linking touchpoint: String, to step: String) throws(MapError) -> MapEdit {
    try edit(linking: touchpoint, to: [step])
  }

  /// `link touchpoint name to one, one`, with the steps in canonical form.
  public func edit(linking touchpoint: String, to steps: [String]) throws(MapError) -> MapEdit {
    let old = try known(ElementReference(.touchpoint, touchpoint))
    var new = old
    for step in steps {
      guard !new.links.contains(step) else { throw .linkTaken(step, touchpoint: old.name) }
      new.links.append(step)
    }
    return .change(from: old, to: new)
  }

  /// `unlink touchpoint name to one`, with the step in canonical form; the word `event` before it may be left out.
  public func edit(unlinking touchpoint: String, from step: String) throws(MapError) -> MapEdit {
    let old = try known(ElementReference(.touchpoint, touchpoint))
    let index = old.links.firstIndex(of: step) ?? old.links.firstIndex { Self.bare($0) == Self.bare(step) }
    guard let index else {
      let near = SourceText.nearest(to: step, among: old.links) ?? (old.links.count == 1 ? old.links[0] : nil)
      throw .linkUnknown(step, touchpoint: old.name, nearest: near)
    }
    var new = old
    new.links.remove(at: index)
    return .change(from: old, to: new)
  }

  /// `note text` on the map, or on an element: one more beside those that are there.
  public func edit(noting text: String, on reference: ElementReference? = nil) throws(MapError) -> MapEdit {
    guard !text.isBlank else { throw .noteBlank }
    guard let reference else { return .changeNotes(from: notes, to: notes + [text]) }
    let old = try known(reference)
    var new = old
    new.attributes[.note, default: []].append(.text(text))
    return .change(from: old, to: new)
  }

  /// Another title; empty for none.
  public func edit(retitling title: String) -> MapEdit {
    title == self.title ? .group(edits: []) : .retitleMap(from: self.title, to: title)
  }

  /// Makes this map the other one, whatever the two have in common: what `load map` into a map that exists does.
  public func edit(replacingBy other: JourneyMap) -> MapEdit {
    var edits: [MapEdit] = []
    if name != other.name { edits.append(.renameMap(from: name, to: other.name)) }
    if title != other.title { edits.append(.retitleMap(from: title, to: other.title)) }
    if notes != other.notes { edits.append(.changeNotes(from: notes, to: other.notes)) }
    if elements != other.elements {
      edits += insertions.reversed().map(\.inverse) + other.insertions
    }
    return .group(edits: edits)
  }

  /// What builds the elements on an empty map.
  private var insertions: [MapEdit] {
    var counts: [Siblings: Int] = [:]
    return elements.map { element in
      let siblings = Siblings(of: element)
      defer { counts[siblings, default: 0] += 1 }
      return .insert(element: element, position: counts[siblings, default: 0])
    }
  }

  /// The element of this name; throws `elementUnknown`.
  public func known(_ reference: ElementReference) throws(MapError) -> Element {
    guard let element = element(reference) else {
      throw .elementUnknown(reference.kind, reference.name, nearest: nearest(to: reference))
    }
    return element
  }

  private static func bare(_ step: String) -> Substring {
    step.hasPrefix("event ") ? step.dropFirst("event ".count) : Substring(step)
  }
}

extension Element {
  /// Replaces attributes and, unless nil, the meaning.
  fileprivate mutating func set(
    _ settings: [(attribute: Attribute, values: [AttributeValue])], meaning: String?
  ) throws(MapError) {
    var seen: Set<Attribute> = []
    for (attribute, given) in settings {
      guard seen.insert(attribute).inserted else { throw .attributeRepeated(attribute) }
      let values = try attribute.values(given)
      attributes[attribute] = values.isEmpty ? nil : values
    }
    guard let meaning else { return }
    guard kind.hasMeaning else { throw .meaningUnfit(kind) }
    self.meaning = meaning
  }
}

extension Attribute {
  /// The attribute whose values are names of this kind.
  init?(naming kind: ElementKind) {
    switch kind {
    case .channel: self = .channel
    case .persona: self = .persona
    default: return nil
    }
  }
}
