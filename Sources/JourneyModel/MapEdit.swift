/// A change of a map as a plain value with an exact inverse: for every edit that applies,
/// `map.applying(edit).applying(edit.inverse) == map`.
///
/// An edit says what it found, so one that meets another map than it was made for is refused (`MapError.editStale`). Positions
/// count among siblings, the elements of one kind under one parent, from 0.
public indirect enum MapEdit: Hashable, Sendable, Codable {
  /// Puts an element with nothing under it at `position`.
  case insert(element: Element, position: Int)
  /// Takes away an element with nothing under it, from `position`.
  case delete(element: Element, position: Int)
  /// Other attributes, meaning or links; name, kind and parent stay.
  case change(from: Element, to: Element)
  /// Another name of an element; what hangs under it follows. Names in attributes do not: they are changes of their own.
  case rename(element: ElementReference, to: String)
  /// Another place; what hangs under the element goes with it. `to.position` counts without the element itself.
  case move(element: ElementReference, from: Place, to: Place)
  case renameMap(from: String, to: String)
  case retitleMap(from: String, to: String)
  case changeNotes(from: [String], to: [String])
  /// All in their order, or none.
  case group(edits: [MapEdit])

  public struct Place: Hashable, Sendable, Codable {
    /// Nil for the map itself.
    public var parent: ElementReference?
    public var position: Int

    public init(parent: ElementReference?, position: Int) {
      self.parent = parent
      self.position = position
    }
  }

  /// The edit that takes this one back.
  public var inverse: MapEdit {
    switch self {
    case .insert(let element, let position): .delete(element: element, position: position)
    case .delete(let element, let position): .insert(element: element, position: position)
    case .change(let old, let new): .change(from: new, to: old)
    case .rename(let reference, let name):
      .rename(element: ElementReference(reference.kind, name), to: reference.name)
    case .move(let reference, let old, let new): .move(element: reference, from: new, to: old)
    case .renameMap(let old, let new): .renameMap(from: new, to: old)
    case .retitleMap(let old, let new): .retitleMap(from: new, to: old)
    case .changeNotes(let old, let new): .changeNotes(from: new, to: old)
    case .group(let edits): .group(edits: edits.reversed().map(\.inverse))
    }
  }

  /// Whether it changes nothing, whatever the map.
  public var isEmpty: Bool {
    switch self {
    case .insert, .delete: false
    case .change(let old, let new): old == new
    case .rename(let reference, let name): reference.name == name
    case .move(_, let old, let new): old == new
    case .renameMap(let old, let new), .retitleMap(let old, let new): old == new
    case .changeNotes(let old, let new): old == new
    case .group(let edits): edits.allSatisfy(\.isEmpty)
    }
  }
}
