import JourneyQuery

/// How many customers came to a touchpoint, went on from it, or did something else.
package struct WalkFigures: Sendable {
  /// The first event of somebody after they were there.
  package enum Next: Hashable, Sendable {
    /// A touchpoint, or an event that realises none or several.
    case place(String)
    case other
    case nothing
  }

  /// Everyone seen somewhere on the map.
  package let onMap: Int
  /// Those with an event there; nil where no event of the store realises it.
  package let came: Int?
  /// Those of them with a later event on a later stage; nil where no event realises such a stage.
  package let wentOn: Int?
  /// What those did next who did not go on, the commonest first.
  package let instead: [(next: Next, customers: Int)]

  package init(onMap: Int, came: Int?, wentOn: Int? = nil, instead: [(next: Next, customers: Int)] = []) {
    (self.onMap, self.came, self.wentOn, self.instead) = (onMap, came, wentOn, instead)
  }

  /// In words.
  ///
  /// - Parameter place: where they are.
  func facts(at place: String) -> [Fact] {
    guard let came else { return [Fact("came here", "not counted: no event of the store realises it")] }
    var facts = [Fact("came here", "\(Self.words(came, of: onMap)) of the \(HumanText.integer(onMap)) on the map")]
    var wholes = [onMap]
    if let wentOn, came > 0 {
      facts.append(Fact("went on", "\(Self.words(wentOn, of: came)) of them, to a later stage"))
      wholes.append(came)
      let others = came - wentOn
      if others > 0 {
        facts.append(Fact("the others", Self.words(others, of: came)))
        facts += instead.map { Fact("next", Self.words($0.next, at: place) + Self.share($0.customers, of: others)) }
        wholes.append(others)
      }
    }
    if wholes.contains(where: AnswerNotes.isFew) {
      facts.append(Fact("rough", "what is marked ~, of fewer than \(AnswerNotes.leastCounted)"))
    }
    return facts
  }

  private static func words(_ count: Int, of whole: Int) -> String {
    HumanText.integer(count) + share(count, of: whole)
  }

  private static func share(_ count: Int, of whole: Int) -> String {
    whole > 0 ? ", \(Cell.rate(count, of: whole).text())" : ""
  }

  private static func words(_ next: Next, at place: String) -> String {
    switch next {
    case .place(place): "\(place) again"
    case .place(let name): name
    case .other: "something else"
    case .nothing: "nothing more"
    }
  }
}
