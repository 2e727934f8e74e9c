import SourceText

/// Stage vocabularies to start a map from.
public enum MapTemplate: String, CaseIterable, Hashable, Sendable {
  case smallWins = "small-wins"
  case acquisition
  case smallBusiness = "small-business"
  case retail
  case classic

  public var stages: [String] {
    switch self {
    case .smallWins: ["Aware", "Consider", "Decide", "Experience", "Advocate"]
    case .acquisition: ["Awareness", "Consideration", "Acquisition", "Implementation", "Advocacy"]
    case .smallBusiness: ["Awareness", "Purchase", "Onboarding", "Engagement", "Advocacy"]
    case .retail: ["Awareness", "Interest", "Consideration", "Purchase", "Post-purchase"]
    case .classic: ["Awareness", "Consideration", "Decision", "Retention", "Advocacy"]
    }
  }

  /// The template of this name; throws `templateUnknown`.
  public init(named name: String) throws(MapError) {
    guard let template = Self(rawValue: name) else {
      let near = nearest(to: name, among: Self.allCases.map(\.rawValue))
      throw .templateUnknown(name, nearest: near.flatMap(Self.init(rawValue:)))
    }
    self = template
  }
}

extension JourneyMap {
  /// A map that holds the stages of a template.
  public init(name: String, template: MapTemplate) {
    self.init(name: name)
    elements = template.stages.map { Element(.stage, $0) }
  }

  /// The same map under another name. A title that only repeated the old name is dropped.
  public func copy(named name: String) -> JourneyMap {
    var copy = self
    copy.name = name
    if title == self.name { copy.title = "" }
    return copy
  }
}
