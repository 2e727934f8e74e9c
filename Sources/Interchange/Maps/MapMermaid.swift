import JourneyModel
import SourceText

/// Maps as journey diagrams of Mermaid: sections are stages, tasks are touchpoints, a score is the emotion + 3, actors are personas.
enum MapMermaid {
  // MARK: Writing

  /// The diagram of a map. What it cannot hold is said in warnings; a touchpoint without an emotion is drawn as neutral.
  static func write(_ map: JourneyMap) -> MapWriting {
    var warnings: [Diagnostic] = []
    let unfelt = map.all(.touchpoint).filter { $0.scale(.emotion) == nil }
    if !unfelt.isEmpty {
      warnings.append(
        warning(
          .mermaidEmotionAssumed, "\(counted(unfelt.count, .touchpoint)) without an emotion drawn with score 3"))
    }
    let actors = Set(map.all(.touchpoint).flatMap { $0.texts(.persona) })
    let lost = ElementKind.allCases.compactMap { kind -> String? in
      let count = map.all(kind).count { !isHeld($0, actors) }
      return count > 0 ? counted(count, kind) : nil
    }
    let felt = map.all(.touchpoint).reduce(0) { $0 + $1.emotions.count }
    let unheld = lost + (felt > 0 ? ["\(felt) \(felt == 1 ? "emotion" : "emotions") of personas"] : [])
    if !unheld.isEmpty {
      warnings.append(warning(.mermaidLeftOut, "mermaid cannot hold \(unheld.joined(separator: ", "))"))
    }
    return MapWriting(text: text(of: map), warnings: warnings)
  }

  static func text(of map: JourneyMap) -> String {
    let tree = MapTree(map)
    var lines = ["journey", "    title " + MermaidText.encoded(map.heading)]
    for stage in map.all(.stage) {
      lines.append("    section " + MermaidText.encoded(stage.name))
      for touchpoint in tree.children(of: stage.reference, .touchpoint) {
        let actors = touchpoint.texts(.persona).map(MermaidText.encoded).joined(separator: ", ")
        let score = (touchpoint.scale(.emotion) ?? 0) + 3
        lines.append("      \(MermaidText.encoded(touchpoint.name)): \(score)" + (actors.isEmpty ? "" : ": " + actors))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Whether the diagram shows that the element is there; a persona, if it is one of the actors.
  private static func isHeld(_ element: Element, _ actors: Set<String>) -> Bool {
    switch element.kind {
    case .stage, .touchpoint: true
    case .persona: actors.contains(element.name)
    default: false
    }
  }

  private static func counted(_ count: Int, _ kind: ElementKind) -> String {
    "\(count) \(count == 1 ? kind.rawValue : kind.plural)"
  }

  private static func warning(_ code: DiagnosticCode, _ message: String) -> Diagnostic {
    Diagnostic(code, message, severity: .warning)
  }

  // MARK: Reading

  static func read(_ text: String, _ source: MapSource, name: String) throws(Diagnostic) -> MapReading {
    var builder = Builder(source: source)
    return try builder.map(of: MermaidJourney(text, file: source.file), name: name)
  }

  /// Makes a map of a journey, and says what it changes.
  private struct Builder {
    let source: MapSource
    var warnings: [Diagnostic] = []
    var elements: [Element] = []
    var taken: Set<ElementReference> = []
    /// The number that the next element of a name that is taken may get.
    private var numbers: [ElementReference: Int] = [:]

    init(source: MapSource) {
      self.source = source
    }

    mutating func map(of journey: MermaidJourney, name: String) throws(Diagnostic) -> MapReading {
      let stages = stages(of: journey)
      for task in journey.tasks { add(task, under: task.section.map { stages[$0] } ?? firstStage(task)) }
      var seen: Set<String> = []
      for actor in journey.tasks.flatMap(\.actors) where !actor.isEmpty && seen.insert(actor).inserted {
        elements.append(Element(.persona, actor))
      }
      let title = journey.title.isEmpty ? journey.accTitle : journey.title
      do {
        let map = try JourneyMap(
          name: name, title: title == name ? "" : title, notes: journey.accDescr.isEmpty ? [] : [journey.accDescr],
          elements: elements)
        return MapReading(map: map, warnings: warnings)
      } catch {
        throw source.error(error, at: Mark(line: 1, column: 1))
      }
    }

    /// A stage for each section, of one name only once.
    private mutating func stages(of journey: MermaidJourney) -> [ElementReference] {
      let lines = Dictionary(journey.tasks.map { ($0.section, $0.line) }, uniquingKeysWith: { first, _ in first })
      return journey.sections.indices.map { index in
        add(Element(.stage, journey.sections[index]), line: lines[index] ?? 1)
      }
    }

    /// The stage of tasks that stand before any section.
    private mutating func firstStage(_ task: MermaidJourney.Task) -> ElementReference {
      if let opening { return opening }
      warn(.mermaidSectionMissing, "tasks before the first section are put in a stage 'Start'", task.line)
      var stage = Element(.stage, "Start")
      stage.name = free(stage.reference)
      taken.insert(stage.reference)
      elements.insert(stage, at: 0)
      opening = stage.reference
      return stage.reference
    }
    private var opening: ElementReference?

    private mutating func add(_ task: MermaidJourney.Task, under stage: ElementReference) {
      var touchpoint = Element(.touchpoint, task.name, under: stage)
      if let emotion = emotion(of: task) { touchpoint.attributes[.emotion] = [.integer(emotion)] }
      var seen: Set<String> = []
      let actors = task.actors.filter { !$0.isEmpty && seen.insert($0).inserted }
      if !actors.isEmpty { touchpoint.attributes[.persona] = actors.map { .text($0) } }
      _ = add(touchpoint, line: task.line)
    }

    /// The score less 3, rounded to a whole number (halves up) and held within −2 … 2; nil where it is no number.
    private mutating func emotion(of task: MermaidJourney.Task) -> Int? {
      guard let score = task.score else {
        warn(.mermaidScoreUnread, "the score of '\(task.name)' is not a number, so it has no emotion", task.line)
        return nil
      }
      let held = Int(min(5, max(1, (score + 0.5).rounded(.down))))
      if Double(held) != score {
        let figure = AttributeValue.number(score).text
        warn(.mermaidScoreRounded, "the score \(figure) of '\(task.name)' is taken as \(held)", task.line)
      }
      return held - 3
    }

    private mutating func add(_ element: Element, line: Int) -> ElementReference {
      var added = element
      added.name = free(element.reference)
      if added.name != element.name {
        let kind = element.kind == .stage ? "section" : "task"
        warn(
          .mermaidNameRepeated, "the \(kind) '\(element.name)' stands here again and is called '\(added.name)'", line
        )
      }
      taken.insert(added.reference)
      elements.append(added)
      return added.reference
    }

    /// The name, or the first of `name (2)`, `name (3)` … that is free.
    private mutating func free(_ reference: ElementReference) -> String {
      var (name, number) = (reference.name, numbers[reference] ?? 2)
      while taken.contains(ElementReference(reference.kind, name)) {
        name = "\(reference.name) (\(number))"
        number += 1
      }
      numbers[reference] = number
      return name
    }

    private mutating func warn(_ code: DiagnosticCode, _ message: String, _ line: Int) {
      warnings.append(source.warning(code, message, at: Mark(line: line, column: 1)))
    }
  }
}

extension DiagnosticCode {
  package static let mermaidSectionMissing = DiagnosticCode(
    "mermaid.section-missing", "A warning: tasks stand before the first section and are put in a stage Start.")
  package static let mermaidScoreUnread = DiagnosticCode(
    "mermaid.score-unread", "A warning: the score is no number, so the touchpoint has no emotion.")
  package static let mermaidScoreRounded = DiagnosticCode(
    "mermaid.score-rounded", "A warning: the score is not one of 1 to 5 and is taken as the nearest.")
  package static let mermaidNameRepeated = DiagnosticCode(
    "mermaid.name-repeated", "A warning: a name occurs twice, and the second one gets a number.")
  package static let mermaidEmotionAssumed = DiagnosticCode(
    "mermaid.emotion-assumed", "A warning: touchpoints without an emotion are drawn as neutral, score 3.")
  package static let mermaidLeftOut = DiagnosticCode(
    "mermaid.left-out", "A warning: a Mermaid journey has stages, tasks and actors only; the rest is left out.")
}
