// What personas feel at touchpoints, where that differs from what everyone does.

extension Element {
  /// Replaces what personas feel; a blank text takes a persona's away.
  mutating func set(_ emotions: [(persona: String, values: [AttributeValue])]) throws(MapError) {
    var seen: Set<String> = []
    for (persona, given) in emotions {
      guard seen.insert(persona).inserted else { throw .attributeRepeated(.emotion) }
      guard kind == .touchpoint else { throw .emotionUnfit(kind) }
      let values = try Attribute.emotion.values(given)
      self.emotions[persona] = if case .integer(let emotion)? = values.first { emotion } else { nil }
    }
  }

  /// Throws what is wrong with what personas feel here.
  func checkEmotions() throws(MapError) {
    guard !emotions.isEmpty else { return }
    guard kind == .touchpoint else { throw .emotionUnfit(kind) }
    for (persona, emotion) in emotions.sorted(by: { $0.key < $1.key }) {
      guard !persona.isBlank else { throw .nameBlank(.persona) }
      guard (-2...2).contains(emotion) else { throw .valueUnfit(.emotion, found: String(emotion)) }
    }
  }
}

extension JourneyMap {
  /// Personas that feel something of their own anywhere, in map order, those that are not on the map last.
  package var feeling: [String] {
    let felt = all(.touchpoint).reduce(into: Set<String>()) { $0.formUnion($1.emotions.keys) }
    let known = all(.persona).map(\.name).filter(felt.contains)
    return known + felt.subtracting(known).sorted()
  }

  /// The map as one persona feels it: its emotions are everyone's, and there are no others. The title says so.
  package func felt(by persona: String) -> JourneyMap {
    var map = self
    map.title = "\(heading), as \(persona) feels it"
    for index in map.elements.indices where map.elements[index].kind == .touchpoint {
      let emotion = map.elements[index].emotion(of: persona)
      map.elements[index].attributes[.emotion] = emotion.map { [.integer($0)] }
      map.elements[index].emotions = [:]
    }
    return map
  }

  /// The touchpoints at which a persona feels something of its own, each changed to say so under another name, or no more at all.
  func edits(renamingEmotionsOf persona: String, to name: String?) -> [MapEdit] {
    elements.filter { $0.emotions[persona] != nil }.map { element in
      var changed = element
      let emotion = changed.emotions.removeValue(forKey: persona)
      if let name { changed.emotions[name] = emotion }
      return .change(from: element, to: changed)
    }
  }
}
