import JourneyModel
import JourneyQuery
import Language
import SourceText
import Workspace

// What all statements that change a map share.

extension Session {
  /// Makes a change on the active map, as one transaction with its line in the history; gives the map as it is then.
  @discardableResult
  func edit(
    _ parsed: ParsedStatement, _ change: (JourneyMap) throws(MapError) -> MapEdit
  ) throws(Diagnostic) -> JourneyMap {
    let map = try activeMap(at: parsed.span)
    let edit: MapEdit
    do {
      edit = try change(map)
    } catch {
      throw Diagnostic(error, at: parsed.span(ofBlame: error))
    }
    guard !edit.isEmpty else { return map }
    return try attempt(at: parsed.span) { () throws(WorkspaceError) in
      try workspace.edit(map.name, edit, at: now(), statement: Forms.grammar.canonical(parsed))
    }
  }

  /// The attributes a statement sets, each with its values, variables replaced by what they stand for; emotions of a persona apart.
  func settings(of parsed: ParsedStatement) throws(Diagnostic) -> Settings {
    let resolver = try resolver()
    var settings = Settings()
    for setting in parsed.settings {
      let attribute = try Diagnostic.locating(
        at: setting.attribute.span, Attribute(named: setting.attribute.text))
      var values: [AttributeValue] = []
      for value in setting.values {
        let value = AttributeValue(try resolver.literalContent(value))
        values.append(setting.isAtMost ? .atMost(value) : value)
      }
      if let persona = setting.persona {
        settings.emotions.append((persona.text, values))
      } else {
        settings.ofAll.append((attribute, values))
      }
    }
    return settings
  }

  struct Settings {
    var ofAll: [(attribute: Attribute, values: [AttributeValue])] = []
    var emotions: [(persona: String, values: [AttributeValue])] = []
  }

  /// The canonical text behind `as`: people for a persona, a question for a kpi, goal or win.
  func meaning(of parsed: ParsedStatement, for kind: ElementKind) throws(Diagnostic) -> String? {
    guard case .meaning(let meaning)? = parsed["meaning"] else { return nil }
    switch (meaning, kind) {
    case (.people(let people), .persona):
      let resolver = try resolver()
      try resolver.checkOutlives(people, kept: "the persona")
      if !resolver.vocabulary.events.isEmpty { _ = try resolver.people(people) }
      return try resolver.writtenText(of: .people(people))
    case (.variable(let name), .persona):
      let resolver = try resolver()
      let saved = PeopleSyntax.test(.saved(try resolver.written(saved: name)))
      try resolver.checkOutlives(saved, kept: "the persona")
      if !resolver.vocabulary.events.isEmpty { _ = try resolver.people(saved) }
      return try resolver.writtenText(of: .people(saved))
    case (.ask(let ask), .kpi), (.ask(let ask), .goal), (.ask(let ask), .win):
      return try resolver(writing: ask).writtenText(of: .statement(ask))
    case (.variable(let name), .kpi), (.variable(let name), .goal), (.variable(let name), .win):
      return Forms.grammar.canonical(try resolver().savedQuestion(name))
    default:
      let expected = kind == .persona ? "people, as device = phone" : "a question, as funnel visit -> purchase"
      throw Diagnostic(
        .meaningKind, "what stands behind 'as' does not fit a \(kind.rawValue)", at: parsed.span(of: "meaning"),
        hint: [.persona, .kpi, .goal, .win].contains(kind) ? expected : nil)
    }
  }
}

extension ParsedStatement {
  /// The kind of element a map statement names.
  var kind: ElementKind {
    get throws(Diagnostic) {
      guard let kind = word("kind").flatMap(ElementKind.init) else { throw .incomplete(self) }
      return kind
    }
  }

  /// The element a map statement names.
  var element: ElementReference {
    get throws(Diagnostic) {
      guard let name = name("name") else { throw .incomplete(self) }
      return ElementReference(try kind, name.text)
    }
  }

  /// Where an element shall stand; nowhere in particular without a place.
  var place: MapPlace {
    guard case .place(let place)? = self["place"] else { return MapPlace() }
    let side = place.side.flatMap { MapPlace.Side(rawValue: $0.rawValue) }
    return MapPlace(under: place.parent.map(MapPlace.Node.init), side, place.sibling.map(MapPlace.Node.init))
  }

  /// What to underline for an error of the map.
  fileprivate func span(ofBlame error: MapError) -> Range<Int> {
    let blamed: Range<Int>? =
      switch error {
      case .valueUnfit(let attribute, _), .valuesTooMany(let attribute), .attributeRepeated(let attribute):
        arguments.last { argument in
          if case .setting(let setting) = argument.value { setting.attribute.text == attribute.rawValue } else { false }
        }?.span
      case .parentUnfit, .parentAmbiguous, .siblingUnfit, .siblingElsewhere, .siblingItself: span(of: "place")
      case .emotionUnfit:
        settings.lazy.compactMap(\.persona).first?.span
      case .elementUnknown(.persona, let unknown, _) where settings.contains { $0.persona?.text == unknown }:
        settings.lazy.compactMap(\.persona).first { $0.text == unknown }?.span
      case .elementUnknown(_, let unknown, _):
        unknown == name("name")?.text ? span(of: "name") : span(of: "place")
      case .meaningUnfit: span(of: "meaning")
      case .linkTaken, .linkUnknown: span(of: "one")
      case .noteBlank: span(of: "text")
      default: span(of: "to")
      }
    return blamed ?? span(of: "name") ?? span
  }
}

extension MapPlace.Node {
  fileprivate init(_ syntax: NodeSyntax) {
    self.init(syntax.kind.flatMap(ElementKind.init), syntax.name.text)
  }
}

extension AttributeValue {
  fileprivate init(_ content: ValueSyntax.Content) {
    switch content {
    case .number(let number): self = Int(exactly: number).map(AttributeValue.integer) ?? .number(number)
    case .share(let share): self = .share(share)
    case .duration(let duration): self = .duration(microseconds: duration.microseconds)
    case .date(let date): self = .date("\(date)")
    case .truth(let truth): self = .text(truth ? "true" : "false")
    case .name(let name), .variable(let name): self = .text(name.text)
    }
  }
}

extension JourneyMap {
  /// `5 stages, 12 touchpoints, 3 personas`.
  var census: String {
    let counts = [ElementKind.stage, .touchpoint, .persona, .pain, .win].compactMap { kind -> String? in
      let count = elements.count { $0.kind == kind }
      return count == 0 ? nil : "\(count) \(count == 1 ? kind.rawValue : kind.plural)"
    }
    return counts.isEmpty ? "empty" : counts.joined(separator: ", ")
  }
}

extension Diagnostic {
  /// A form whose grammar promises an operand that is not there: a fault of ours, told instead of trapped.
  static func incomplete(_ parsed: ParsedStatement) -> Diagnostic {
    Diagnostic(.statementIncomplete, "'\(parsed.form)' lacks an operand", at: parsed.span)
  }

  /// The same trouble as something to know, not to stop at.
  var asWarning: Diagnostic {
    var warning = self
    warning.severity = .warning
    return warning
  }
}

extension DiagnosticCode {
  package static let meaningKind = DiagnosticCode(
    "meaning.kind", "A persona means people, as device = phone; a win, KPI or goal means a question.")
}
