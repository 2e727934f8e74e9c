import JourneyModel
import JourneyQuery
import SourceText

/// A map gone through place by place, as everyone or as one persona: what is said of each touchpoint, and how many of such people came
/// there, went on, or did something else.
package struct JourneyWalk: Sendable {
  /// One place on the way.
  package struct Stop: Sendable {
    /// A touchpoint, or a stage that has none.
    package let place: Element
    let stage: Element?
    /// Of the stage; empty but at its first stop.
    let stageFacts: [Fact]
    let facts: [Fact]
    /// Nil where nothing was measured.
    package var figures: WalkFigures?
    /// Whether the stage is told before it.
    let opensStage: Bool
  }

  package let map: JourneyMap
  /// Nil for everyone.
  package let persona: Element?
  /// In map order.
  package private(set) var stops: [Stop] = []
  /// Whose figures these are and of when, or why there are none.
  package var remarks: [String]

  /// - Parameters:
  ///   - measures: of kpis, goals and wins, where they are known.
  ///   - emotions: as answers tell them, by touchpoint.
  package init(
    _ map: JourneyMap, as persona: Element? = nil, measures: [ElementReference: Measured] = [:],
    emotions: [String: MeasuredEmotion] = [:], remarks: [String]
  ) {
    (self.map, self.persona, self.remarks) = (map, persona, remarks)
    let tree = MapTree(map)
    func isMet(_ element: Element) -> Bool {
      let personas = element.texts(.persona)
      return persona.map { personas.isEmpty || personas.contains($0.name) } ?? true
    }
    func facts(_ element: Element) -> [Fact] {
      Fact.attributes(of: element, personas: map.all(.persona).map(\.name), as: persona?.name)
        + (element.kind == .touchpoint
          ? emotions[element.name].map {
            [Fact("felt", "\($0.signedMean) (\(AnswerNotes.count($0.answers, "answer", "answers")))")]
          } ?? [] : [])
        + Fact.children(of: element, in: tree, measures: measures, as: persona?.name) {
          $0.kind != .touchpoint && isMet($0)
        }
    }
    var leftOut = 0
    for stage in tree.children(of: nil, .stage) {
      let all = tree.children(of: stage.reference, .touchpoint)
      let met = all.filter(isMet)
      leftOut += all.count - met.count
      if met.isEmpty, all.isEmpty {
        stops.append(
          Stop(place: stage, stage: nil, stageFacts: [], facts: facts(stage), figures: nil, opensStage: false))
      }
      for (index, touchpoint) in met.enumerated() {
        stops.append(
          Stop(
            place: touchpoint, stage: stage, stageFacts: index == 0 ? facts(stage) : [], facts: facts(touchpoint),
            figures: nil, opensStage: index == 0))
      }
    }
    if leftOut > 0 {
      self.remarks.append("\(AnswerNotes.count(leftOut, "touchpoint", "touchpoints")) of other personas left out")
    }
  }

  package mutating func measure(_ stop: Int, _ figures: WalkFigures?) {
    if stops.indices.contains(stop) { stops[stop].figures = figures }
  }

  /// `Fashion accessories, as Newcomer`
  var title: String { map.heading + (persona.map { ", as \($0.name)" } ?? "") }

  /// What is said of the persona itself.
  var personaFacts: [Fact] {
    guard let persona else { return [] }
    return Fact.attributes(of: persona) + (persona.meaning.map { [Fact("people", $0)] } ?? [])
  }
}

extension JourneyWalk.Stop {
  /// What is said of it, then what was counted.
  var told: [Fact] { facts + (figures?.facts(at: place.name) ?? []) }
}
