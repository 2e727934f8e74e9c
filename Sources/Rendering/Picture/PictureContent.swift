import JourneyModel
import JourneyQuery

/// What a picture says, read off the map: texts and figures without places.
struct PictureContent: Hashable, Sendable {
  /// A line of detail under a stage, on a card or under the line of visibility: question, need, action, motivation, quote, kpi, goal or
  /// backstage.
  struct Fact: Hashable, Sendable {
    var kind: ElementKind
    var text: String
    var detail: String

    /// The words below it: `KPI · target 40 %`. The glyphs of questions and quotes explain themselves, and so does the place of a
    /// backstage.
    var caption: String {
      let word = [.question, .quote, .backstage].contains(kind) ? "" : CellLayout.word(for: kind)
      return [word, detail].filter { !$0.isEmpty }.joined(separator: " · ")
    }
  }

  /// A pain, opportunity or win.
  struct Note: Hashable, Sendable {
    var kind: ElementKind
    var text: String
    /// 1…5: a pain's severity, an opportunity's impact.
    var weight: Int?
    var detail: String
    /// A pain's opportunities.
    var answers: [Note]
  }

  struct Touchpoint: Hashable, Sendable {
    /// From 1, in map order: ties the dot on the curve to the card and the table.
    var number: Int
    var name: String
    var channels: [String]
    var personas: [String]
    /// −2…+2; nil where not recorded.
    var emotion: Int?
    /// Of those in `feeling` that feel something of their own here.
    var emotions: [String: Int]
    var owner: String
    var status: String
    var note: String
    var facts: [Fact]
    var notes: [Note]
    /// What is done for it that no customer sees.
    var backstage: [Fact]
    /// Who was seen here; nil where it is not measured.
    var figures: MapMetrics.Touchpoint?
    /// What customers said they felt; nil where too few answered.
    var felt: MeasuredEmotion?

    var hasWin: Bool { notes.contains { $0.kind == .win } }
  }

  struct Stage: Hashable, Sendable {
    var name: String
    var facts: [Fact]
    var notes: [Note]
    var touchpoints: [Touchpoint]
    /// Who was seen here, came and left; nil where it is not measured.
    var figures: MapMetrics.Stage?
  }

  struct Persona: Hashable, Sendable {
    var name: String
    /// What the map says of them.
    var text: String
    /// How they are told in the events, as a statement writes it; empty where the map does not say.
    var test: String

    /// Under the name: `In the events: device = phone`.
    var told: String { test.isEmpty ? "" : "In the events: " + test }
  }

  var title: String
  /// The first words under the title: what the map says of itself.
  var remarks: [String]
  /// `5 stages · 12 touchpoints · 20,000 customers`.
  var summary: String
  var personas: [Persona]
  /// Personas that feel something of their own at a touchpoint: the first have a curve.
  var feeling: [String]
  /// KPIs and goals of the whole journey.
  var aims: [Fact]
  var stages: [Stage]
  /// Everyone asked who has an event; nil without events.
  var customers: Int?
  /// What was counted, of whom, over which dates; empty without events.
  var caption: String

  var touchpoints: [Touchpoint] { stages.flatMap(\.touchpoints) }

  init(_ map: JourneyMap, _ reading: MapReading?, _ run: Run) throws(ExecutionError) {
    let reader = ContentReader(map, reading, run)
    title = map.heading.cleaned
    remarks = map.notes.map(\.cleaned).filter { !$0.isEmpty }
    personas = map.all(.persona).map(reader.persona)
    feeling = map.feeling.map(\.cleaned)
    aims = (map.all(.kpi) + map.all(.goal)).filter { $0.parent == nil }.map(reader.fact)
    stages = []
    var number = 0
    for stage in map.all(.stage) {
      stages.append(try reader.stage(stage, after: &number))
    }
    customers = reading?.metrics.customers
    caption =
      reading.map { reading in
        ([reading.sentence] + reading.explanations(of: map, in: reader.tree)).map { $0 + "." }.joined(separator: " ")
      } ?? ""
    summary = [
      Self.plural(stages.count, "stage"), Self.plural(number, "touchpoint"),
      customers.map { Self.plural($0, "customer") },
    ].compactMap { $0 }.joined(separator: " · ")
  }

  private static func plural(_ count: Int, _ noun: String) -> String {
    "\(Figures.count(count)) \(noun)\(count == 1 ? "" : "s")"
  }
}

/// Reads elements with what hangs under them. Each element is looked at once or twice, whatever the size of the map.
private struct ContentReader {
  let tree: MapTree
  let run: Run
  let reading: MapReading?

  init(_ map: JourneyMap, _ reading: MapReading?, _ run: Run) {
    (tree, self.reading, self.run) = (MapTree(map), reading, run)
  }

  func under(_ parent: Element, _ kinds: [ElementKind]) -> [Element] {
    let all = tree.children(of: parent.reference)
    return kinds.flatMap { kind in all.filter { $0.kind == kind } }
  }

  func persona(_ element: Element) -> PictureContent.Persona {
    .init(name: element.name.cleaned, text: element.words(.note), test: (element.meaning ?? "").cleaned)
  }

  func stage(_ element: Element, after number: inout Int) throws(ExecutionError) -> PictureContent.Stage {
    var touchpoints: [PictureContent.Touchpoint] = []
    for child in under(element, [.touchpoint]) {
      try run.check()
      number += 1
      touchpoints.append(touchpoint(child, number))
    }
    return .init(
      name: element.name.cleaned, facts: facts(of: element), notes: notes(of: element), touchpoints: touchpoints,
      figures: reading?.stage(element.name))
  }

  func touchpoint(_ element: Element, _ number: Int) -> PictureContent.Touchpoint {
    return .init(
      number: number, name: element.name.cleaned, channels: element.list(.channel), personas: element.list(.persona),
      emotion: element.scale(.emotion).map { min(max($0, -2), 2) },
      emotions: Dictionary(element.emotions.map { ($0.key.cleaned, min(max($0.value, -2), 2)) }) { first, _ in first },
      owner: element.words(.owner),
      status: element.words(.status), note: element.words(.note),
      facts: facts(of: element), notes: notes(of: element), backstage: under(element, [.backstage]).map(fact),
      figures: reading?.touchpoint(element.name), felt: reading?.emotions[element.name])
  }

  func facts(of parent: Element) -> [PictureContent.Fact] {
    under(parent, [.quote, .question, .need, .action, .motivation, .kpi, .goal]).map(fact)
  }

  func fact(_ element: Element) -> PictureContent.Fact {
    let name = element.name.cleaned
    let details = details(of: element, [.target, .due, .owner, .status, .note])
    return .init(
      kind: element.kind, text: element.kind == .quote ? name.inQuotes : name,
      detail: [Self.whose(element), details].filter { !$0.isEmpty }.joined(separator: " · "))
  }

  /// Of what a customer said, who did; of anything else, for whom it is so.
  private static func whose(_ element: Element) -> String {
    let personas = element.words(.persona)
    return personas.isEmpty ? "" : (element.kind == .quote ? "– " : "for ") + personas
  }

  private func price(_ element: Element) -> String {
    guard element.kind == .pain, let price = reading?.price(of: element, in: tree) else { return "" }
    return MapLanes.priced(price)
  }

  /// What it came to stands behind what was aimed at.
  private func details(of element: Element, _ attributes: [Attribute]) -> String {
    let measured = reading?.measures[element.reference]?.text.cleaned ?? ""
    let (aims, others) = (element.details(attributes.filter { $0 == .target }), attributes.filter { $0 != .target })
    return [aims, measured, element.details(others)].filter { !$0.isEmpty }.joined(separator: " · ")
  }

  func notes(of parent: Element) -> [PictureContent.Note] { under(parent, [.win, .pain, .opportunity]).map(note) }

  func note(_ element: Element) -> PictureContent.Note {
    let weight: Attribute = element.kind == .pain ? .severity : .impact
    let value = element.scale(weight).map { min(max($0, 1), 5) }
    let details: [Attribute] = [.severity, .impact, .effort, .since, .due, .target, .status, .owner, .note]
    return .init(
      kind: element.kind, text: element.name.cleaned, weight: element.kind == .win ? nil : value,
      detail: [
        price(element), Self.whose(element),
        self.details(of: element, details.filter { $0 != weight || element.kind == .win }),
      ]
      .filter { !$0.isEmpty }.joined(separator: " · "),
      answers: element.kind == .pain ? under(element, [.opportunity]).map(note) : [])
  }
}

extension Element {
  /// The values of an attribute as words, none of them empty.
  func list(_ attribute: Attribute) -> [String] {
    (attributes[attribute] ?? []).map { $0.pictured.cleaned }.filter { !$0.isEmpty }
  }

  func words(_ attribute: Attribute) -> String { list(attribute).joined(separator: ", ") }

  /// `target 5 % · since 2025-08-01 · owner Logistics`; statuses and notes without their attribute's name.
  func details(_ attributes: [Attribute]) -> String {
    attributes.compactMap { attribute in
      let words = words(attribute)
      if words.isEmpty { return nil }
      return [.status, .note].contains(attribute) ? words : "\(attribute.rawValue)\u{A0}\(words)"
    }.joined(separator: " · ")
  }
}

extension String {
  /// As somebody said it, unless that is to be seen already.
  fileprivate var inQuotes: String {
    guard let first, !"\"'„“”‚‘«»‹›「『《".contains(first) else { return self }
    return "“\(self)”"
  }
}

extension AttributeValue {
  /// As a person reads it: `12 %` held together.
  fileprivate var pictured: String {
    switch self {
    case .share, .atMost(.share): text.replacing("%", with: "\u{A0}%")
    default: text
    }
  }
}
