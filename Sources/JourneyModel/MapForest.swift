// How the elements of a map are kept in canonical order.

extension JourneyMap {
  /// A map of elements in any order: siblings keep the order they have among each other.
  ///
  /// Throws `nameTaken`, `elementUnknown` for a parent that is not there, or what `Element.check` finds. O(n) apart from hashing.
  public init(name: String, title: String = "", notes: [String] = [], elements: [Element]) throws(MapError) {
    self.init(name: name, title: title, notes: notes)
    var known: Set<ElementReference> = []
    for element in elements {
      try element.check()
      guard known.insert(element.reference).inserted else { throw .nameTaken(element.reference) }
    }
    var children: [ElementReference?: [Element]] = [:]
    for element in elements {
      if let parent = element.parent, !known.contains(parent) {
        throw .elementUnknown(parent.kind, parent.name, nearest: nil)
      }
      children[element.parent, default: []].append(element)
    }
    self.elements.reserveCapacity(elements.count)
    append(childrenOf: nil, from: children)
  }

  /// As deep as kinds hang under each other: stage, touchpoint, pain, opportunity.
  private mutating func append(childrenOf parent: ElementReference?, from children: [ElementReference?: [Element]]) {
    let siblings = children[parent] ?? []
    for kind in ElementKind.allCases {
      for element in siblings where element.kind == kind {
        elements.append(element)
        append(childrenOf: element.reference, from: children)
      }
    }
  }

  func index(of reference: ElementReference) -> Int? {
    elements.firstIndex { $0.kind == reference.kind && $0.name == reference.name }
  }

  /// The place of the element at `index` of `elements` among its siblings, from 0.
  func siblingIndex(at index: Int) -> Int {
    let element = elements[index]
    return elements[..<index].count { $0.kind == element.kind && $0.parent == element.parent }
  }

  /// The element at `index` with all that hangs under it, which follow it without a gap.
  func subtree(at index: Int) -> Range<Int> {
    var inside: Set = [elements[index].reference]
    var end = index + 1
    while end < elements.count, let parent = elements[end].parent, inside.contains(parent) {
      inside.insert(elements[end].reference)
      end += 1
    }
    return index..<end
  }
}

/// The elements among which positions count: of one kind, under one parent.
struct Siblings: Hashable {
  var kind: ElementKind
  var parent: ElementReference?

  init(of element: Element) {
    (kind, parent) = (element.kind, element.parent)
  }
}
