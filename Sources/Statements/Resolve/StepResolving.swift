import JourneyModel
import JourneyQuery
import Language
import SourceText

extension Resolver {
  /// A path written out or saved; `funnel stages` is every stage of the map in order.
  package func path(_ syntax: PathSyntax) throws(Diagnostic) -> Path {
    switch syntax {
    case .variable: return try path(written(syntax))
    case .steps(let steps, _):
      try checkOptional(steps)
      var resolved: [PathStep] = []
      for step in steps { resolved.append(try pathStep(step)) }
      return Path(resolved)
    }
  }

  /// The first step is required, and an optional one has plain arrows on both sides.
  private func checkOptional(_ steps: [StepSyntax]) throws(Diagnostic) {
    if let first = steps.first, first.isOptional {
      throw Diagnostic(.pathOptional, "the first step cannot be optional", at: first.span)
    }
    for (previous, next) in zip(steps, steps.dropFirst()) where previous.isOptional || next.isOptional {
      guard let arrow = next.arrow, arrow.isNext || arrow.limit != nil else { continue }
      throw Diagnostic(
        .pathOptional, "'\(arrow.canonical)' cannot stand beside a step that may be skipped", at: arrow.span,
        hint: "-> " + next.one.canonical())
    }
  }

  private func pathStep(_ syntax: StepSyntax) throws(Diagnostic) -> PathStep {
    var arrow = Arrow()
    if let written = syntax.arrow {
      arrow.isNext = written.isNext
      if let limit = written.limit { arrow.limit = try duration(limit) }
    }
    return PathStep(try step(syntax.one), isOptional: syntax.isOptional, arrow: arrow)
  }

  /// Every stage of the map as a path.
  package func stagePath(at span: Range<Int>) throws(Diagnostic) -> Path {
    guard let map = vocabulary.map else { throw .noMap(at: span) }
    let stages = map.all(.stage)
    guard !stages.isEmpty else { throw .noStages(of: map, at: span) }
    var steps: [PathStep] = []
    for stage in stages {
      let label = stage.name.writtenAsName()
      steps.append(PathStep(Step(label: "stage \(label)", alternatives: try events(of: stage, at: span))))
    }
    return Path(steps)
  }

  package func step(_ syntax: OneSyntax) throws(Diagnostic) -> Step {
    Step(label: syntax.canonical(), alternatives: try alternatives(of: syntax))
  }

  private func alternatives(of syntax: OneSyntax) throws(Diagnostic) -> [EventPattern] {
    var patterns: [EventPattern]
    switch syntax.atom {
    case .any: patterns = [EventPattern(event: nil)]
    case .name(let name): patterns = try unqualified(name)
    case .qualified(let qualifier, let name): patterns = try qualified(qualifier, name)
    case .choice(let ones):
      patterns = []
      for one in ones { patterns += try alternatives(of: one) }
    }
    if let written = syntax.condition {
      let condition = try condition(written)
      patterns = patterns.map { $0.and(condition) }
    }
    return patterns.withoutRepeats
  }

  /// A bare name is what it names as touchpoint, stage, event or defined step; two that match different events are an error.
  private func unqualified(_ name: NameSyntax) throws(Diagnostic) -> [EventPattern] {
    var meanings: [(qualifier: OneSyntax.Qualifier, patterns: [EventPattern])] = []
    for qualifier in [OneSyntax.Qualifier.touchpoint, .stage, .event, .step] where isKnown(name.text, as: qualifier) {
      let patterns = try qualified(qualifier, name)
      if !meanings.contains(where: { Set($0.patterns) == Set(patterns) }) { meanings.append((qualifier, patterns)) }
    }
    guard let first = meanings.first else {
      if vocabulary.stepNames.first(where: { _ in true }) == nil { throw .noEvents(at: name.span) }
      throw .unknown(.stepUnknown, "touchpoint, stage, event or step", name, among: vocabulary.stepNames)
    }
    if meanings.count > 1 {
      let printed = name.text.writtenAsName()
      let choices = meanings.map { "\($0.qualifier.rawValue) \(printed)" }
      throw Diagnostic(
        .stepAmbiguous, "'\(name.text)' is \(choices.count) different things here", at: name.span,
        hint: choices.joined(separator: ", or "))
    }
    return first.patterns
  }

  private func isKnown(_ name: String, as qualifier: OneSyntax.Qualifier) -> Bool {
    switch qualifier {
    case .touchpoint: vocabulary.tree?.element(ElementReference(.touchpoint, name)) != nil
    case .stage: vocabulary.tree?.element(ElementReference(.stage, name)) != nil
    case .event: vocabulary.events.contains(name)
    case .step: vocabulary.steps[name] != nil
    }
  }

  private func qualified(_ qualifier: OneSyntax.Qualifier, _ name: NameSyntax) throws(Diagnostic) -> [EventPattern] {
    switch qualifier {
    case .event:
      guard vocabulary.events.contains(name.text) else {
        throw .unknown(.eventUnknown, "event", name, among: vocabulary.events)
      }
      return [EventPattern(event: name.text)]
    case .step:
      guard let definition = vocabulary.steps[name.text] else {
        throw .unknown(.stepUnknown, "step", name, among: vocabulary.steps.keys.sorted())
      }
      return try defined(definition, as: name.text, at: name.span)
    case .touchpoint, .stage:
      let kind: ElementKind = qualifier == .stage ? .stage : .touchpoint
      guard let tree = vocabulary.tree else { throw .noMap(at: name.span) }
      guard let element = tree.element(ElementReference(kind, name.text)) else {
        let code: DiagnosticCode = kind == .stage ? .stageUnknown : .touchpointUnknown
        throw .unknown(code, kind.rawValue, name, among: tree.map.all(kind).lazy.map(\.name))
      }
      return try events(of: element, at: name.span)
    }
  }

  /// What realises a touchpoint: its links, or the event of its name; a stage is all of its touchpoints.
  package func events(of element: Element, at span: Range<Int>) throws(Diagnostic) -> [EventPattern] {
    try check()
    if element.kind == .stage {
      var patterns: [EventPattern] = []
      for touchpoint in vocabulary.tree?.children(of: element.reference, .touchpoint) ?? [] {
        patterns += try events(of: touchpoint, at: span)
      }
      return patterns.withoutRepeats
    }
    if element.links.isEmpty { return [EventPattern(event: element.name)] }
    var patterns: [EventPattern] = []
    for link in element.links { patterns += try linked(link, to: element.name, at: span) }
    return patterns.withoutRepeats
  }

  /// A link names events, even before a store holds them: such an event matches nothing.
  private func linked(_ link: String, to touchpoint: String, at span: Range<Int>) throws(Diagnostic) -> [EventPattern] {
    try definition(of: touchpoint, at: span) { (inner) throws(Diagnostic) in
      try inner.linkAlternatives(of: Forms.grammar.one(link))
    }
  }

  private func linkAlternatives(of syntax: OneSyntax) throws(Diagnostic) -> [EventPattern] {
    var patterns: [EventPattern] = []
    switch syntax.atom {
    case .any: patterns = [EventPattern(event: nil)]
    case .name(let name):
      patterns =
        vocabulary.steps[name.text] == nil || vocabulary.events.contains(name.text)
        ? [EventPattern(event: name.text)] : try qualified(.step, name)
    case .qualified(.event, let name): patterns = [EventPattern(event: name.text)]
    case .qualified(let qualifier, let name): patterns = try qualified(qualifier, name)
    case .choice(let ones): for one in ones { patterns += try linkAlternatives(of: one) }
    }
    guard let written = syntax.condition else { return patterns }
    // A condition on an event that this store lacks cannot be typed, and there is nothing to keep.
    if vocabulary.events.isEmpty { return [] }
    let condition = try condition(written)
    return patterns.map { $0.and(condition) }
  }

  private func defined(_ text: String, as name: String, at span: Range<Int>) throws(Diagnostic) -> [EventPattern] {
    try definition(of: name, at: span) { (inner) throws(Diagnostic) in
      try inner.alternatives(of: Forms.grammar.one(text))
    }
  }
}

extension EventPattern {
  fileprivate func and(_ more: Condition) -> EventPattern {
    EventPattern(event: event, condition: condition.map { .and([$0, more]) } ?? more)
  }
}

extension [EventPattern] {
  /// Each pattern once, in order of first appearance.
  fileprivate var withoutRepeats: [EventPattern] {
    var seen: Set<EventPattern> = []
    return filter { seen.insert($0).inserted }
  }
}

extension Vocabulary {
  /// Every name that may stand as a step, for suggestions: touchpoints, stages, events, steps; one may come again.
  package var stepNames: some Sequence<String> {
    let places = map.map { $0.all(.touchpoint) + $0.all(.stage) } ?? []
    return [places.map(\.name), events, steps.keys.sorted()].joined()
  }
}

extension Diagnostic {
  static func noMap(at span: Range<Int>?) -> Diagnostic {
    Diagnostic(.mapNone, "no map is open", at: span, hint: "new map NAME, load map \"FILE\", or load sample shop")
  }

  static func noStages(of map: JourneyMap, at span: Range<Int>) -> Diagnostic {
    Diagnostic(.mapEmpty, "map '\(map.name)' has no stages", at: span, hint: "add stage NAME")
  }
}

extension DiagnosticCode {
  package static let stepUnknown = DiagnosticCode(
    "step.unknown", "No touchpoint, stage, event or defined step has this name; the hint is the nearest.")
  package static let stepAmbiguous = DiagnosticCode(
    "step.ambiguous", "The name means several things that match different events. Say which: event cart, stage Cart.")
  package static let touchpointUnknown = DiagnosticCode(
    "touchpoint.unknown", "The map in use has no touchpoint of this name. An event is meant by event NAME.")
  package static let stageUnknown = DiagnosticCode(
    "stage.unknown", "The map in use has no stage of this name.")
  package static let pathOptional = DiagnosticCode(
    "path.optional", "The first step is never optional, and beside an optional one stand plain arrows.")
  package static let mapNone = DiagnosticCode(
    "map.none", "The statement is about the map in use, and no map is open.")
}
