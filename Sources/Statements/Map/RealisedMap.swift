import JourneyModel
import JourneyQuery
import Language
import SourceText

/// The stages of a map and their touchpoints, with the events of the store that realise them.
///
/// What no event of the store realises is not measured, which is not the same as nobody being there.
struct RealisedMap {
  struct Touchpoint {
    let element: Element
    /// The name of its stage.
    let stage: String
    /// Called by its name; nil where no event realises it.
    let step: Step?
  }
  /// In map order, each with the events of all its touchpoints, called by its name.
  private(set) var stages: [Step] = []
  /// Names of the stages that no event realises.
  private(set) var unrealised: [String] = []
  /// In map order; those that hang under the map itself are left out.
  private(set) var touchpoints: [Touchpoint] = []

  /// - Parameter span: what is to blame for a link that cannot be read.
  init(_ map: JourneyMap, in resolver: Resolver, at span: Range<Int>) throws(Diagnostic) {
    let events = Set(resolver.vocabulary.events)
    func step(_ element: Element) throws(Diagnostic) -> Step? {
      let alternatives = try resolver.events(of: element, at: span)
      let isRealised = alternatives.contains { $0.event.map(events.contains) ?? true }
      return isRealised ? Step(label: element.name, alternatives: alternatives) : nil
    }
    for stage in map.all(.stage) {
      if let step = try step(stage) { stages.append(step) } else { unrealised.append(stage.name) }
    }
    let tree = MapTree(map)
    for touchpoint in map.all(.touchpoint) {
      guard let stage = tree.stage(of: touchpoint) else { continue }
      touchpoints.append(Touchpoint(element: touchpoint, stage: stage.name, step: try step(touchpoint)))
    }
  }
}
