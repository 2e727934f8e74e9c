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

  /// Where the elements of one kind under one parent stand in `elements`, in their order.
  func siblingIndices(_ kind: ElementKind, under parent: ElementReference?) -> [Int] {
    elements.indices.filter { elements[$0].kind == kind && elements[$0].parent == parent }
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

  /// Where in `elements` an element must stand to be sibling number `position` of its kind under `parent`; nil if that is past the
  /// end of them.
  func insertionIndex(_ kind: ElementKind, under parent: ElementReference?, at position: Int) -> Int? {
    let siblings = siblingIndices(kind, under: parent)
    guard position >= 0, position <= siblings.count else { return nil }
    if position < siblings.count { return siblings[position] }
    if let last = siblings.last { return subtree(at: last).upperBound }
    var end = 0
    if let parent {
      guard let index = index(of: parent) else { return nil }
      end = subtree(at: index).upperBound
    } else {
      end = elements.count
    }
    let later = elements.firstIndex { $0.parent == parent && $0.kind.rank > kind.rank }
    return later ?? end
  }
}

extension ElementKind {
  /// Its place in the order of kinds.
  var rank: Int { Self.ranks[self] ?? 0 }

  private static let ranks = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($0.element, $0.offset) })
}

/// The elements among which positions count: of one kind, under one parent.
struct Siblings: Hashable {
  var kind: ElementKind
  var parent: ElementReference?

  init(of element: Element) {
    (kind, parent) = (element.kind, element.parent)
  }
}
