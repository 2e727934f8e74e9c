extension JourneyMap {
  /// Makes the change, or throws and leaves the map as it was: `editStale` where the map is not as the edit found it, else the rule
  /// that the change would break. O(elements) for each part of the edit.
  public mutating func apply(_ edit: MapEdit) throws(MapError) {
    switch edit {
    case .insert(let element, let position): try insert(element, at: position)
    case .delete(let element, let position): try delete(element, at: position)
    case .change(let old, let new): try change(old, to: new)
    case .rename(let reference, let name): try rename(reference, to: name)
    case .move(let reference, let old, let new): try move(reference, from: old, to: new)
    case .renameMap(let old, let new):
      guard name == old else { throw .editStale("the map is called '\(name)', not '\(old)'") }
      guard !new.isBlank else { throw .nameBlank(nil) }
      name = new
    case .retitleMap(let old, let new):
      guard title == old else { throw .editStale("its title is '\(title)', not '\(old)'") }
      title = new
    case .changeNotes(let old, let new):
      guard notes == old else { throw .editStale("its notes have changed") }
      notes = new
    case .group(let edits):
      var copy = self
      for edit in edits { try copy.apply(edit) }
      self = copy
    }
  }

  /// This map with the change made.
  public func applying(_ edit: MapEdit) throws(MapError) -> JourneyMap {
    var copy = self
    try copy.apply(edit)
    return copy
  }

  private mutating func insert(_ element: Element, at position: Int) throws(MapError) {
    try element.check()
    guard index(of: element.reference) == nil else { throw .nameTaken(element.reference) }
    if let parent = element.parent, index(of: parent) == nil {
      throw .elementUnknown(parent.kind, parent.name, nearest: nearest(to: parent))
    }
    guard let index = insertionIndex(element.kind, under: element.parent, at: position) else {
      throw .editStale("place \(position) of \(element.reference) is past the end")
    }
    elements.insert(element, at: index)
  }

  private mutating func delete(_ element: Element, at position: Int) throws(MapError) {
    let index = try indexFound(element.reference)
    guard elements[index] == element else { throw .editStale("\(element.reference) has changed") }
    guard siblingIndex(at: index) == position else { throw .editStale("\(element.reference) stands elsewhere") }
    guard subtree(at: index).count == 1 else { throw .editStale("something hangs under \(element.reference)") }
    elements.remove(at: index)
  }

  private mutating func change(_ old: Element, to new: Element) throws(MapError) {
    try new.check()
    let index = try indexFound(old.reference)
    guard elements[index] == old else { throw .editStale("\(old.reference) has changed") }
    guard new.reference == old.reference, new.parent == old.parent else {
      throw .editStale("a change of \(old.reference) cannot name or move it")
    }
    elements[index] = new
  }

  private mutating func rename(_ reference: ElementReference, to name: String) throws(MapError) {
    let index = try indexFound(reference)
    guard !name.isBlank else { throw .nameBlank(reference.kind) }
    let renamed = ElementReference(reference.kind, name)
    if let taken = self.index(of: renamed), taken != index { throw .nameTaken(renamed) }
    for below in subtree(at: index) where elements[below].parent == reference {
      elements[below].parent = renamed
    }
    elements[index].name = name
  }

  private mutating func move(
    _ reference: ElementReference, from old: MapEdit.Place, to new: MapEdit.Place
  ) throws(MapError) {
    let index = try indexFound(reference)
    guard elements[index].parent == old.parent, siblingIndex(at: index) == old.position else {
      throw .editStale("\(reference) stands elsewhere")
    }
    var moved = elements[index]
    moved.parent = new.parent
    try moved.check()
    if let parent = new.parent, self.index(of: parent) == nil {
      throw .elementUnknown(parent.kind, parent.name, nearest: nearest(to: parent))
    }
    var copy = self
    let range = subtree(at: index)
    let below = elements[range].dropFirst()
    copy.elements.removeSubrange(range)
    guard let target = copy.insertionIndex(reference.kind, under: new.parent, at: new.position) else {
      throw .editStale("place \(new.position) of \(reference) is past the end")
    }
    copy.elements.insert(contentsOf: [moved] + below, at: target)
    self = copy
  }

  private func indexFound(_ reference: ElementReference) throws(MapError) -> Int {
    guard let index = index(of: reference) else {
      throw .elementUnknown(reference.kind, reference.name, nearest: nearest(to: reference))
    }
    return index
  }
}
