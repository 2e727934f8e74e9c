/// A map taken apart, so that each of many changes costs what it touches and not what the map holds. Opening and closing are
/// O(elements).
struct OpenMap {
  /// What hangs under an element or the map itself: names by kind, in order.
  private struct Below {
    var names: [ElementKind: [ElementReference]] = [:]

    /// Changes the names of one kind in place; none are kept as nothing.
    mutating func change(_ kind: ElementKind, _ body: (inout [ElementReference]) -> Void) {
      body(&names[kind, default: []])
      if names[kind]?.isEmpty == true { names[kind] = nil }
    }
  }

  private struct Node {
    var element: Element
    var below = Below()
  }

  private var name: String
  private var title: String
  private var notes: [String]
  private var roots = Below()
  private var nodes: [ElementReference: Node] = [:]

  init(_ map: JourneyMap) {
    (name, title, notes) = (map.name, map.title, map.notes)
    nodes.reserveCapacity(map.elements.count)
    // Each stands before what hangs under it.
    for element in map.elements {
      nodes[element.reference] = Node(element: element)
      changeSiblings(element.kind, under: element.parent) { $0.append(element.reference) }
    }
  }

  /// The map as it is now, its elements in canonical order.
  var map: JourneyMap {
    var map = JourneyMap(name: name, title: title, notes: notes)
    map.elements.reserveCapacity(nodes.count)
    append(roots, to: &map.elements)
    return map
  }

  /// As deep as kinds hang under each other: stage, touchpoint, pain, opportunity.
  private func append(_ below: Below, to elements: inout [Element]) {
    guard !below.names.isEmpty else { return }
    for kind in ElementKind.allCases {
      for reference in below.names[kind] ?? [] {
        guard let node = nodes[reference] else { continue }
        elements.append(node.element)
        append(node.below, to: &elements)
      }
    }
  }

  // MARK: Changes

  /// Makes the change, or throws and is of no more use.
  mutating func apply(_ edit: MapEdit) throws(MapError) {
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
    case .group(let edits): for edit in edits { try apply(edit) }
    }
  }

  private mutating func insert(_ element: Element, at position: Int) throws(MapError) {
    try element.check()
    guard nodes[element.reference] == nil else { throw .nameTaken(element.reference) }
    try checkParent(element.parent)
    guard (0...siblings(element.kind, under: element.parent).count).contains(position) else {
      throw .editStale("place \(position) of \(element.reference) is past the end")
    }
    nodes[element.reference] = Node(element: element)
    changeSiblings(element.kind, under: element.parent) { $0.insert(element.reference, at: position) }
  }

  private mutating func delete(_ element: Element, at position: Int) throws(MapError) {
    let found = try node(element.reference)
    guard found.element == element else { throw .editStale("\(element.reference) has changed") }
    try checkPlace(of: element.reference, under: element.parent, at: position)
    guard found.below.names.isEmpty else { throw .editStale("something hangs under \(element.reference)") }
    nodes[element.reference] = nil
    changeSiblings(element.kind, under: element.parent) { $0.remove(at: position) }
  }

  private mutating func change(_ old: Element, to new: Element) throws(MapError) {
    try new.check()
    guard try node(old.reference).element == old else { throw .editStale("\(old.reference) has changed") }
    guard new.reference == old.reference, new.parent == old.parent else {
      throw .editStale("a change of \(old.reference) cannot name or move it")
    }
    nodes[old.reference]?.element = new
  }

  private mutating func rename(_ reference: ElementReference, to name: String) throws(MapError) {
    var node = try node(reference)
    guard !name.isBlank else { throw .nameBlank(reference.kind) }
    let renamed = ElementReference(reference.kind, name)
    guard nodes[renamed] == nil || renamed == reference else { throw .nameTaken(renamed) }
    node.element.name = name
    nodes[reference] = nil
    nodes[renamed] = node
    for below in node.below.names.values.joined() { nodes[below]?.element.parent = renamed }
    changeSiblings(reference.kind, under: node.element.parent) { siblings in
      if let place = siblings.firstIndex(of: reference) { siblings[place] = renamed }
    }
  }

  private mutating func move(
    _ reference: ElementReference, from old: MapEdit.Place, to new: MapEdit.Place
  ) throws(MapError) {
    var moved = try node(reference).element
    guard moved.parent == old.parent else { throw .editStale("\(reference) stands elsewhere") }
    try checkPlace(of: reference, under: old.parent, at: old.position)
    moved.parent = new.parent
    try moved.check()
    try checkParent(new.parent)
    changeSiblings(reference.kind, under: old.parent) { $0.remove(at: old.position) }
    // What hangs under the element has gone with it: it is no place for it.
    guard !isUnder(reference, new.parent),
      (0...siblings(reference.kind, under: new.parent).count).contains(new.position)
    else { throw .editStale("place \(new.position) of \(reference) is past the end") }
    nodes[reference]?.element = moved
    changeSiblings(reference.kind, under: new.parent) { $0.insert(moved.reference, at: new.position) }
  }

  // MARK: Looking up

  private func node(_ reference: ElementReference) throws(MapError) -> Node {
    guard let node = nodes[reference] else {
      throw .elementUnknown(reference.kind, reference.name, nearest: map.nearest(to: reference))
    }
    return node
  }

  private func checkParent(_ parent: ElementReference?) throws(MapError) {
    guard let parent, nodes[parent] == nil else { return }
    throw .elementUnknown(parent.kind, parent.name, nearest: map.nearest(to: parent))
  }

  private func checkPlace(
    of reference: ElementReference, under parent: ElementReference?, at position: Int
  ) throws(MapError) {
    let siblings = siblings(reference.kind, under: parent)
    guard siblings.indices.contains(position), siblings[position] == reference else {
      throw .editStale("\(reference) stands elsewhere")
    }
  }

  /// Whether a place hangs under an element, or is it.
  private func isUnder(_ reference: ElementReference, _ parent: ElementReference?) -> Bool {
    var current = parent
    while let place = current {
      if place == reference { return true }
      current = nodes[place]?.element.parent
    }
    return false
  }

  private func siblings(_ kind: ElementKind, under parent: ElementReference?) -> [ElementReference] {
    (parent.map { nodes[$0]?.below.names[kind] } ?? roots.names[kind]) ?? []
  }

  private mutating func changeSiblings(
    _ kind: ElementKind, under parent: ElementReference?, _ body: (inout [ElementReference]) -> Void
  ) {
    if let parent { nodes[parent]?.below.change(kind, body) } else { roots.change(kind, body) }
  }
}
