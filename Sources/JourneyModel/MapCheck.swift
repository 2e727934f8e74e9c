import SourceText

/// Something a map lacks, with a statement that mends it.
public struct MapFinding: Hashable, Sendable {
  /// Stable; `MapCheck.codes` lists all.
  public var code: String
  /// Nil where the map itself is meant.
  public var element: ElementReference?
  /// Lower case, no full stop.
  public var message: String
  /// A statement to type; names in it that only the team can know are examples.
  public var mend: String

  public init(_ code: String, _ element: ElementReference?, _ message: String, mend: String) {
    self.code = code
    self.element = element
    self.message = message
    self.mend = mend
  }
}

/// What a finished map should have: the findings of `check map`.
public struct MapCheck: Sendable {
  private let map: JourneyMap
  private let events: [String]?
  private let unmet: Set<String>
  private let felt: [String: Double]

  /// - Parameters:
  ///   - events: the names of the events in the store; without them, a touchpoint without a link is always a finding.
  ///   - unmet: the personas that nobody in the store is.
  ///   - felt: what customers said they feel, −2 … +2, by touchpoint.
  public init(
    _ map: JourneyMap, events: [String]? = nil, unmet: Set<String> = [], felt: [String: Double] = [:]
  ) {
    self.map = map
    self.events = events
    self.unmet = unmet
    self.felt = felt
  }

  /// All codes, in the order of the findings.
  public static let codes = rules.map(\.code.name)

  /// Rule by rule, and for each in map order. O(elements), but for finding events with like names, of which there is an end.
  public var findings: [MapFinding] {
    var finder = Finder(map, events: events, unmet: unmet, felt: felt)
    for rule in Self.rules { rule.find(&finder, rule.code) }
    return finder.findings
  }

  private struct Rule: Sendable {
    var code: DiagnosticCode
    var find: @Sendable (inout Finder, DiagnosticCode) -> Void
  }

  private static let rules: [Rule] = [
    Rule(code: .mapEmpty) { $0.emptyMap($1) },
    Rule(code: .mapStageEmpty) { $0.emptyStages($1) },
    Rule(code: .mapTouchpointUnlinked) { $0.unlinkedTouchpoints($1) },
    Rule(code: .mapEmotionMissing) {
      $0.missing($1, .emotion, on: .touchpoint, "has no emotion", example: "0")
    },
    Rule(code: .mapEmotionUnmet) { $0.unmetEmotions($1) },
    Rule(code: .mapOwnerMissing) {
      $0.missing($1, .owner, on: .touchpoint, "has no owner", example: $0.commonOwner)
    },
    Rule(code: .mapChannelMissing) {
      $0.missing($1, .channel, on: .touchpoint, "has no channel", example: $0.firstChannel)
    },
    Rule(code: .mapQuestionMissing) { $0.unasked($1) },
    Rule(code: .mapChannelUnknown) { $0.unknownNames($1, .channel) },
    Rule(code: .mapPersonaUnknown) { $0.unknownNames($1, .persona) },
    Rule(code: .mapPersonaUndefined) {
      $0.meaningless($1, .persona, "does not say who they are", example: "did \($0.exampleStep)")
    },
    Rule(code: .mapPersonaUnmet) { $0.unmetPersonas($1) },
    Rule(code: .mapPainUnanswered) { $0.unansweredPains($1) },
    Rule(code: .mapWinUnmeasured) {
      $0.meaningless($1, .win, "has no question that measures it", example: $0.exampleFunnel)
    },
    Rule(code: .mapWinUndated) {
      $0.missing($1, .since, on: .win, "does not say since when", example: "2025-01-01")
    },
    Rule(code: .mapKpiUnmeasured) {
      $0.meaningless($1, .kpi, "has no question that measures it", example: $0.exampleFunnel)
    },
    Rule(code: .mapKpiUntargeted) { $0.untargeted($1, .kpi, example: "10%") },
    Rule(code: .mapGoalUnmeasured) {
      $0.meaningless($1, .goal, "has no question that measures it", example: "nps")
    },
    Rule(code: .mapGoalUntargeted) { $0.untargeted($1, .goal, example: "30") },
  ]
}

/// Collects the findings of one map.
private struct Finder {
  let map: JourneyMap
  let events: [String]?
  let unmet: Set<String>
  let felt: [String: Double]
  let tree: MapTree
  let parentsOf: [ElementKind: Set<ElementReference>]
  var findings: [MapFinding] = []
  /// How many more names may be held against each other to find one that is alike.
  var comparisons = 1_000_000

  init(_ map: JourneyMap, events: [String]?, unmet: Set<String>, felt: [String: Double]) {
    self.map = map
    self.events = events
    self.unmet = unmet
    self.felt = felt
    tree = MapTree(map)
    parentsOf = Dictionary(grouping: map.elements, by: \.kind).mapValues { Set($0.compactMap(\.parent)) }
  }

  mutating func emptyMap(_ code: DiagnosticCode) {
    guard map.all(.stage).isEmpty else { return }
    findings.append(MapFinding(code.name, nil, "the map has no stages", mend: "add stage Awareness"))
  }

  mutating func emptyStages(_ code: DiagnosticCode) {
    for stage in map.all(.stage) where !has(.touchpoint, under: stage) {
      find(
        code, stage, "has no touchpoints",
        "add touchpoint \(textLiteral("\(stage.name) touchpoint")) to \(nameLiteral(stage.name))")
    }
  }

  mutating func unlinkedTouchpoints(_ code: DiagnosticCode) {
    let known = Set(events ?? [])
    for touchpoint in map.all(.touchpoint) where touchpoint.links.isEmpty && !known.contains(touchpoint.name) {
      let event = likelyEvent(touchpoint) ?? touchpoint.name
      let message = events == nil ? "is linked to no event" : "is linked to no event, and no event has its name"
      find(code, touchpoint, message, "link touchpoint \(nameLiteral(touchpoint.name)) to event \(nameLiteral(event))")
    }
  }

  /// The event whose name is most like the touchpoint's, as long as looking for it takes no time.
  private mutating func likelyEvent(_ touchpoint: Element) -> String? {
    guard let events, events.count <= comparisons else { return nil }
    comparisons -= events.count
    return nearest(to: touchpoint.name, among: events)
  }

  mutating func unasked(_ code: DiagnosticCode) {
    for stage in map.all(.stage) where has(.touchpoint, under: stage) && !has(.question, under: stage) {
      let touchpoints = tree.children(of: stage.reference, .touchpoint)
      guard !touchpoints.contains(where: { has(.question, under: $0) }) else { continue }
      find(
        code, stage, "holds no question of the customer",
        "add question \(textLiteral("What do I need at \(stage.name)?")) to \(stage.reference.typed)")
    }
  }

  /// Where customers feel worse than planned by a full step or more.
  mutating func unmetEmotions(_ code: DiagnosticCode) {
    for touchpoint in map.all(.touchpoint) {
      guard let planned = touchpoint.scale(.emotion), let felt = felt[touchpoint.name], Double(planned) - felt >= 1
      else {
        continue
      }
      let rounded = Int(felt.rounded())
      find(
        code, touchpoint, "is planned at \(signed(planned)), and customers feel \(tenths(felt))",
        "set \(touchpoint.reference.typed) emotion \(rounded)")
    }
  }

  private func signed(_ emotion: Int) -> String { emotion > 0 ? "+\(emotion)" : String(emotion) }

  private func tenths(_ emotion: Double) -> String {
    let tenths = Int((emotion * 10).rounded())
    let sign = tenths > 0 ? "+" : tenths < 0 ? "-" : ""
    return "\(sign)\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }

  mutating func unmetPersonas(_ code: DiagnosticCode) {
    for persona in map.all(.persona) where unmet.contains(persona.name) {
      find(
        code, persona, "is nobody in the events: \(persona.meaning ?? "")",
        "set \(persona.reference.typed) as did \(exampleStep)")
    }
  }

  mutating func unansweredPains(_ code: DiagnosticCode) {
    for pain in map.all(.pain) where !has(.opportunity, under: pain) {
      find(
        code, pain, "has no opportunity",
        "add opportunity \(textLiteral("Mend: \(pain.name)")) to \(pain.reference.typed)")
    }
  }

  /// Channels or personas that attributes name and the map does not hold, each once.
  mutating func unknownNames(_ code: DiagnosticCode, _ attribute: Attribute) {
    let kind: ElementKind = attribute == .channel ? .channel : .persona
    var seen = Set(map.all(kind).map(\.name))
    for element in map.elements {
      let felt = kind == .persona ? element.emotions().map(\.persona) : []
      for name in element.texts(attribute) + felt where seen.insert(name).inserted {
        find(
          code, element, "names \(kind.rawValue) '\(name)', which is not on the map",
          "add \(kind.rawValue) \(nameLiteral(name))")
      }
    }
  }

  mutating func missing(
    _ code: DiagnosticCode, _ attribute: Attribute, on kind: ElementKind, _ message: String, example: String
  ) {
    for element in map.all(kind) where element.attributes[attribute] == nil {
      find(code, element, message, "set \(element.reference.typed) \(attribute.rawValue) \(example)")
    }
  }

  /// Scores have targets of their own kinds.
  mutating func untargeted(_ code: DiagnosticCode, _ kind: ElementKind, example: String) {
    let scores = ["nps": "30", "csat": "80%", "ces": "5"]
    for element in map.all(kind) where element.attributes[.target] == nil {
      let first = element.meaning?.split(separator: " ").first.map(String.init) ?? ""
      find(code, element, "has no target", "set \(element.reference.typed) target \(scores[first] ?? example)")
    }
  }

  mutating func meaningless(_ code: DiagnosticCode, _ kind: ElementKind, _ message: String, example: String) {
    for element in map.all(kind) where element.meaning == nil {
      find(code, element, message, "set \(element.reference.typed) as \(example)")
    }
  }

  /// The owner named most often, ties by name.
  var commonOwner: String {
    var counts: [String: Int] = [:]
    for owner in map.elements.flatMap({ $0.texts(.owner) }) { counts[owner, default: 0] += 1 }
    let common = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
    return nameLiteral(common?.key ?? "Marketing")
  }

  var firstChannel: String {
    nameLiteral(map.all(.channel).first?.name ?? map.elements.flatMap { $0.texts(.channel) }.first ?? "web")
  }

  var exampleStep: String {
    map.all(.touchpoint).first?.reference.typed ?? "event \(nameLiteral(events?.first ?? "visit"))"
  }

  var exampleFunnel: String {
    let touchpoints = map.all(.touchpoint)
    guard touchpoints.count > 1 else { return "funnel visit -> purchase" }
    return "funnel \(touchpoints[0].reference.typed) -> \(touchpoints[touchpoints.count - 1].reference.typed)"
  }

  private mutating func find(_ code: DiagnosticCode, _ element: Element, _ message: String, _ mend: String) {
    findings.append(MapFinding(code.name, element.reference, message, mend: mend))
  }

  private func has(_ kind: ElementKind, under parent: Element) -> Bool {
    parentsOf[kind]?.contains(parent.reference) ?? false
  }
}

extension DiagnosticCode {
  package static let mapEmpty = DiagnosticCode(
    "map.empty", "The map has no stages, so there is no journey to follow.")
  package static let mapStageEmpty = DiagnosticCode(
    "map.stage-empty", "A stage has no touchpoints: nobody meets you there, or it was not described yet.")
  package static let mapTouchpointUnlinked = DiagnosticCode(
    "map.touchpoint-unlinked", "A touchpoint is linked to no event, so nothing can be counted there.")
  package static let mapEmotionMissing = DiagnosticCode(
    "map.emotion-missing", "A touchpoint does not say how customers feel, -2 to +2.")
  package static let mapOwnerMissing = DiagnosticCode(
    "map.owner-missing", "A touchpoint has no owner, so nobody looks after it.")
  package static let mapChannelMissing = DiagnosticCode(
    "map.channel-missing", "A touchpoint does not say by which channel it is met.")
  package static let mapQuestionMissing = DiagnosticCode(
    "map.question-missing", "A stage holds no question that the customer asks there.")
  package static let mapChannelUnknown = DiagnosticCode(
    "map.channel-unknown", "An element names a channel that the map does not have.")
  package static let mapPersonaUnknown = DiagnosticCode(
    "map.persona-unknown", "An element names a persona that the map does not have.")
  package static let mapPersonaUndefined = DiagnosticCode(
    "map.persona-undefined", "A persona does not say who belongs to it, so for and by cannot use it.")
  package static let mapEmotionUnmet = DiagnosticCode(
    "map.emotion-unmet", "Customers feel worse at a touchpoint than is planned, by a full step or more.")
  package static let mapPersonaUnmet = DiagnosticCode(
    "map.persona-unmet", "A persona is nobody in the events that are loaded.")
  package static let mapPainUnanswered = DiagnosticCode(
    "map.pain-unanswered", "A pain has no opportunity.")
  package static let mapWinUnmeasured = DiagnosticCode(
    "map.win-unmeasured", "A win has no question that shows whether it worked.")
  package static let mapWinUndated = DiagnosticCode(
    "map.win-undated", "A win does not say since when it is there, so before and after cannot be told apart.")
  package static let mapKpiUnmeasured = DiagnosticCode(
    "map.kpi-unmeasured", "A KPI has no question that measures it.")
  package static let mapKpiUntargeted = DiagnosticCode(
    "map.kpi-untargeted", "A KPI has no target.")
  package static let mapGoalUnmeasured = DiagnosticCode(
    "map.goal-unmeasured", "A goal has no question that measures it.")
  package static let mapGoalUntargeted = DiagnosticCode(
    "map.goal-untargeted", "A goal has no target.")
}
