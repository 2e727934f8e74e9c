import SourceText

/// Where an element shall stand, as a statement says it: `to stage Purchase after Payment`.
public struct MapPlace: Hashable, Sendable {
  /// An element by its name, and its kind where that was written.
  public struct Node: Hashable, Sendable {
    public var kind: ElementKind?
    public var name: String

    public init(_ kind: ElementKind?, _ name: String) {
      self.kind = kind
      self.name = name
    }

    public init(_ name: String) {
      self.init(nil, name)
    }
  }

  public enum Side: String, Hashable, Sendable { case after, before }

  /// What it shall hang under; nil where nothing was said.
  public var parent: Node?
  public var side: Side?
  /// Nil exactly when `side` is.
  public var sibling: Node?

  public init(under parent: Node? = nil, _ side: Side? = nil, _ sibling: Node? = nil) {
    self.parent = parent
    self.side = side
    self.sibling = sibling
  }
}

extension JourneyMap {
  /// The place that `place` means for an element of `kind`, last among its siblings where no sibling is named.
  ///
  /// A parent without a kind is looked for among the kinds that fit; without a parent the sibling's is taken. `moved` is the element
  /// that is already on the map: it does not count among its siblings. Throws the facts of `MapError` on parents and siblings.
  func resolve(_ place: MapPlace, for kind: ElementKind, moved: ElementReference? = nil) throws(MapError)
    -> MapEdit.Place
  {
    var parent: ElementReference?
    if let node = place.parent { parent = try resolveParent(node, of: kind) }
    guard let side = place.side, let node = place.sibling else {
      if parent == nil, kind.needsParent {
        throw .parentNeeded(kind, example: elements.last { kind.parents.first == $0.kind }?.reference)
      }
      let siblings = children(of: parent, kind).filter { $0.reference != moved }
      return MapEdit.Place(parent: parent, position: siblings.count)
    }
    let sibling = try resolveSibling(node, of: kind)
    if place.parent != nil, sibling.parent != parent {
      throw .siblingElsewhere(sibling.reference, under: parent)
    }
    if let moved, sibling.reference == moved { throw .siblingItself(moved) }
    let siblings = children(of: sibling.parent, kind).filter { $0.reference != moved }
    let position = siblings.firstIndex { $0.reference == sibling.reference } ?? siblings.count
    return MapEdit.Place(parent: sibling.parent, position: side == .after ? position + 1 : position)
  }

  private func resolveParent(_ node: MapPlace.Node, of kind: ElementKind) throws(MapError) -> ElementReference {
    if let given = node.kind {
      let reference = ElementReference(given, node.name)
      guard kind.parents.contains(given) else { throw .parentUnfit(kind, under: reference) }
      guard element(reference) != nil else {
        throw .elementUnknown(given, node.name, nearest: nearest(to: reference))
      }
      return reference
    }
    let found = kind.parents.map { ElementReference($0, node.name) }.filter { element($0) != nil }
    if found.count > 1 { throw .parentAmbiguous(node.name, found) }
    if let only = found.first { return only }
    if let other = elements.first(where: { $0.name == node.name }) {
      throw .parentUnfit(kind, under: other.reference)
    }
    if kind.parents.isEmpty { throw .elementUnknown(nil, node.name, nearest: nil) }
    let near = nearest(to: node.name, among: kind.parents)
    throw .elementUnknown(kind.parents.count == 1 ? kind.parents.first : nil, node.name, nearest: near)
  }

  private func resolveSibling(_ node: MapPlace.Node, of kind: ElementKind) throws(MapError) -> Element {
    if let given = node.kind, given != kind {
      throw .siblingUnfit(kind, ElementReference(given, node.name))
    }
    let reference = ElementReference(kind, node.name)
    if let sibling = element(reference) { return sibling }
    if let other = elements.first(where: { $0.name == node.name }) {
      throw .siblingUnfit(kind, other.reference)
    }
    throw .elementUnknown(kind, node.name, nearest: nearest(to: reference))
  }

  /// The element whose name is most like this one, of its kind.
  func nearest(to reference: ElementReference) -> ElementReference? {
    nearest(to: reference.name, among: [reference.kind])
  }

  private func nearest(to name: String, among kinds: [ElementKind]) -> ElementReference? {
    let candidates = kinds.flatMap { all($0) }
    guard let near = SourceText.nearest(to: name, among: candidates.map(\.name)) else { return nil }
    return candidates.first { $0.name == near }?.reference
  }
}
