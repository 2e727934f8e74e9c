/// How one map differs from an earlier state of it, in the order of the later map; what was removed comes last.
public struct MapDiff: Hashable, Sendable {
  public enum Change: Hashable, Sendable {
    case mapRenamed(from: String, to: String)
    case retitled(from: String, to: String)
    case noted(String)
    case noteRemoved(String)
    case added(Element)
    /// By its name after the change; what it hung and hangs under by theirs.
    case moved(ElementReference, from: ElementReference?, to: ElementReference?)
    /// Another place among its siblings; first of them where there is none before it.
    case reordered(ElementReference, after: ElementReference?)
    case renamed(ElementReference, to: String)
    /// No values: the attribute was or is not there.
    case attribute(ElementReference, Attribute, from: [AttributeValue], to: [AttributeValue])
    /// What a persona feels at a touchpoint; nil where it feels as everyone does.
    case emotion(ElementReference, persona: String, from: Int?, to: Int?)
    case meaning(ElementReference, from: String?, to: String?)
    case linked(ElementReference, String)
    case unlinked(ElementReference, String)
    /// As it was.
    case removed(Element)
  }

  public let changes: [Change]

  /// The edits that led from `old` to `new`, where they are known, tell a renamed element from one removed and one added.
  public init(from old: JourneyMap, to new: JourneyMap, through edits: [MapEdit] = []) {
    let identities = Identities(from: old, to: new, through: edits)
    let before = identities.before
    let reordered = Self.reordered(new, identities)
    var changes = Self.changesOfMap(old, new)
    for element in new.elements {
      let reference = element.reference
      guard let earlier = before[reference]?.element else {
        changes.append(.added(element))
        continue
      }
      if earlier.name != element.name { changes.append(.renamed(earlier.reference, to: element.name)) }
      if !identities.isSame(earlier.parent, element.parent) {
        let parent = earlier.parent.map { identities.later($0) ?? $0 }
        changes.append(.moved(reference, from: parent, to: element.parent))
      } else if let after = reordered[reference] {
        changes.append(.reordered(reference, after: after))
      }
      changes += Self.changes(in: identities.following(earlier), element)
    }
    changes += old.elements.filter { identities.later($0.reference) == nil }.map { .removed($0) }
    self.changes = changes
  }

  /// One line for each change, near to the statement that would make it.
  public var lines: [String] { changes.map(\.line) }

  private static func changesOfMap(_ old: JourneyMap, _ new: JourneyMap) -> [Change] {
    var changes: [Change] = []
    if old.name != new.name { changes.append(.mapRenamed(from: old.name, to: new.name)) }
    if old.title != new.title { changes.append(.retitled(from: old.title, to: new.title)) }
    let kept = keptNotes(old.notes, new.notes)
    for (place, note) in new.notes.enumerated() where !kept.new.contains(place) { changes.append(.noted(note)) }
    for (place, note) in old.notes.enumerated() where !kept.old.contains(place) { changes.append(.noteRemoved(note)) }
    return changes
  }

  /// Places of notes that stayed where they are among each other: as many as can be where no note stands twice.
  private static func keptNotes(_ old: [String], _ new: [String]) -> (old: Set<Int>, new: Set<Int>) {
    var places: [String: ArraySlice<Int>] = [:]
    for (place, note) in old.enumerated() { places[note, default: []].append(place) }
    let met = new.enumerated().compactMap { place, note in places[note]?.popFirst().map { (old: $0, new: place) } }
    let kept = longestRise(met.map(\.old)).map { met[$0] }
    return (Set(kept.map(\.old)), Set(kept.map(\.new)))
  }

  private static func changes(in old: Element, _ new: Element) -> [Change] {
    var changes: [Change] = []
    for attribute in Attribute.allCases {
      let (from, to) = (old.attributes[attribute] ?? [], new.attributes[attribute] ?? [])
      if from != to { changes.append(.attribute(new.reference, attribute, from: from, to: to)) }
    }
    for persona in Set(old.emotions.keys).union(new.emotions.keys).sorted() {
      let (from, to) = (old.emotions[persona], new.emotions[persona])
      if from != to { changes.append(.emotion(new.reference, persona: persona, from: from, to: to)) }
    }
    if old.meaning != new.meaning {
      changes.append(.meaning(new.reference, from: old.meaning, to: new.meaning))
    }
    if old.links == new.links { return changes }
    let (before, after) = (Set(old.links), Set(new.links))
    changes += new.links.filter { !before.contains($0) }.map { .linked(new.reference, $0) }
    changes += old.links.filter { !after.contains($0) }.map { .unlinked(new.reference, $0) }
    return changes
  }

  /// The fewest elements that must have been moved among siblings that stayed together, each with the one it now follows.
  private static func reordered(
    _ new: JourneyMap, _ identities: Identities
  ) -> [ElementReference: ElementReference?] {
    var moved: [ElementReference: ElementReference?] = [:]
    for elements in Dictionary(grouping: new.elements, by: { Siblings(of: $0) }).values {
      let stayed = elements.indices.filter { index in
        let earlier = identities.before[elements[index].reference]
        return earlier.map { identities.isSame($0.element.parent, elements[index].parent) } ?? false
      }
      let ranks = stayed.map { identities.before[elements[$0].reference]?.rank ?? 0 }
      let kept = Set(longestRise(ranks))
      for (place, index) in stayed.enumerated() where !kept.contains(place) {
        let previous = index == 0 ? nil : elements[index - 1].reference
        moved.updateValue(previous, forKey: elements[index].reference)
      }
    }
    return moved
  }
}

/// The indices of a longest strictly rising part of `values`, ascending. Patience sorting, O(n log n).
private func longestRise(_ values: [Int]) -> [Int] {
  var piles: [Int] = []
  var before = [Int?](repeating: nil, count: values.count)
  for index in values.indices {
    var (low, high) = (0, piles.count)
    while low < high {
      let middle = (low + high) / 2
      if values[piles[middle]] < values[index] { low = middle + 1 } else { high = middle }
    }
    before[index] = low > 0 ? piles[low - 1] : nil
    if low == piles.count { piles.append(index) } else { piles[low] = index }
  }
  var rise: [Int] = []
  var next = piles.last
  while let index = next {
    rise.append(index)
    next = before[index]
  }
  return rise.reversed()
}
