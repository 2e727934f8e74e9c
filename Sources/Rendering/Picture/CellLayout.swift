import JourneyModel
import JourneyQuery

/// A touchpoint's card with its notes below it, and the notes of stages: blocks at the origin of a given width.
struct CellLayout {
  let width: Double
  /// Everyone in the store, for shares.
  let customers: Int?

  /// The glyph column, the same on cards and notes.
  static let icons = 26.0
  static let noteGap = 6.0
  /// Between the details of a stage.
  static let factGap = 8.0
  private static let answerIndent = 16.0
  /// Of what hangs under a card, so that it is not taken for a sibling, nor the next card for one of these.
  private static let noteIndent = 12.0

  /// The card, and all that hangs under its touchpoint.
  func cell(_ touchpoint: PictureContent.Touchpoint) -> [PictureLayout.Block] {
    Self.stack(
      [card(touchpoint)]
        + touchpoint.notes.flatMap { note($0, width: width - Self.noteIndent) }.map {
          $0.moved(x: Self.noteIndent, y: 0)
        })
  }

  /// What hangs under a stage itself, each with what answers it.
  func details(_ stage: PictureContent.Stage, _ run: Run) throws(ExecutionError) -> [[PictureLayout.Block]] {
    try run.map(stage.facts) { [fact($0)] } + (try run.map(stage.notes) { Self.stack(note($0, width: width)) })
  }

  /// A stage's detail.
  private func fact(_ fact: PictureContent.Fact) -> PictureLayout.Block {
    var composer = BlockComposer(.fact, width: width, insets: .init(left: 2, top: 0, right: 4, bottom: 0), icons: 24)
    add(fact, to: &composer)
    return composer.finished(label: Self.spoken(fact))
  }

  /// What is done for a touchpoint behind the line of visibility, each with the touchpoint's number.
  func backstage(_ touchpoint: PictureContent.Touchpoint) -> [PictureLayout.Block] {
    Self.stack(
      touchpoint.backstage.map { fact in
        var composer = BlockComposer(.backstage, width: width, insets: .card, icons: Self.icons)
        composer.mark(badge(of: touchpoint, at: composer.y + TypeStyle.body.leading / 2))
        composer.paragraph(fact.text, .body, limit: 6)
        composer.paragraph(fact.caption, .quiet, ink: .quiet, limit: 3)
        return composer.finished(label: "Backstage of \(touchpoint.number) \(touchpoint.name): \(Self.spoken(fact))")
      })
  }

  /// Above what is done behind it.
  static func lineOfVisibility(width: Double) -> PictureLayout.Block {
    var composer = BlockComposer(.divider, width: width, insets: .none)
    composer.paragraph("Line of visibility: below it, what no customer sees", .quiet, ink: .quiet, limit: 2)
    return composer.finished(label: "Line of visibility")
  }

  private func badge(of touchpoint: PictureContent.Touchpoint, at y: Double) -> PictureLayout.Mark {
    .badge(
      number: touchpoint.number, center: Point(x: 12 + EmotionBand.dotRadius - 2, y: y), emotion: touchpoint.emotion)
  }

  /// Where a stage among others has no touchpoints.
  func vacancy() -> PictureLayout.Block {
    var composer = BlockComposer(.empty, width: width, insets: .card, icons: 0)
    composer.paragraph("No touchpoints yet", .quiet, ink: .quiet, limit: 2)
    return composer.finished(label: "No touchpoints yet")
  }

  private func card(_ touchpoint: PictureContent.Touchpoint) -> PictureLayout.Block {
    var composer = BlockComposer(.card, width: width, insets: .card, icons: Self.icons)
    composer.mark(badge(of: touchpoint, at: composer.y + TypeStyle.name.leading / 2))
    composer.paragraph(touchpoint.name.isEmpty ? "–" : touchpoint.name, .name, limit: 4)
    composer.space(4)
    composer.pairs(touchpoint.channels.map { (Glyph(channel: $0), $0) }, .quiet, ink: .quiet)
    composer.space(3)
    let owner = [touchpoint.owner, touchpoint.status].filter { !$0.isEmpty }.joined(separator: " · ")
    composer.paragraph(owner, .quiet, ink: .quiet, limit: 2, glyph: .person)
    composer.space(touchpoint.personas.isEmpty ? 0 : 3)
    let people = touchpoint.personas.isEmpty ? "" : "for " + touchpoint.personas.joined(separator: ", ")
    composer.paragraph(people, .quiet, ink: .quiet, limit: 2, glyph: .people)
    composer.paragraph(touchpoint.note, .quiet, ink: .quiet, limit: 4)
    for fact in touchpoint.facts {
      composer.space(5)
      add(fact, to: &composer)
    }
    if let felt = touchpoint.felt {
      composer.space(5)
      composer.paragraph("Customers \(felt.text)", .quiet, ink: .quiet, limit: 2)
    }
    if let figures = touchpoint.figures, let customers, customers > 0 { add(figures, of: customers, to: &composer) }
    return composer.finished(label: Self.spoken(touchpoint, customers))
  }

  private func add(_ fact: PictureContent.Fact, to composer: inout BlockComposer) {
    let hue: Hue? = fact.kind == .question ? .question : fact.kind == .kpi || fact.kind == .goal ? .journey : nil
    let glyphInk: Paint = hue.map { .hue($0) } ?? .quiet
    let style: TypeStyle = fact.kind == .quote ? .quote : .body
    composer.paragraph(fact.text, style, limit: 5, glyph: Glyph(fact.kind), glyphInk: glyphInk)
    composer.paragraph(fact.caption, .quiet, ink: .quiet, limit: 2)
  }

  private func add(_ figures: MapMetrics.Touchpoint, of customers: Int, to composer: inout BlockComposer) {
    composer.space(9)
    let share = Double(figures.seen) / Double(customers)
    let bar = Rect(x: composer.insets.left, y: composer.y, width: width - 24, height: 4)
    composer.mark(.bar(bar, share: share))
    composer.space(9)
    composer.paragraph(
      "\(Figures.share(share)) · \(Figures.count(figures.seen))" + onward(figures), .quiet, limit: 2, glyph: .people,
      glyphInk: .hue(.journey))
  }

  /// Nobody goes on from the last stage, and nobody from where nobody was.
  private func onward(_ figures: MapMetrics.Touchpoint) -> String {
    guard figures.wentOn > 0 else { return "" }
    return " · \(Figures.share(Double(figures.wentOn) / Double(figures.seen)))\u{A0}go\u{A0}on"
  }

  private func note(_ note: PictureContent.Note, width: Double) -> [PictureLayout.Block] {
    [block(note, width: width, isAnswer: false)]
      + note.answers.map {
        block($0, width: width - Self.answerIndent, isAnswer: true).moved(x: Self.answerIndent, y: 0)
      }
  }

  private func block(_ note: PictureContent.Note, width: Double, isAnswer: Bool) -> PictureLayout.Block {
    let hue = Self.hue(of: note.kind)
    let role = PictureLayout.Block.Role.note(hue, isAnswer: isAnswer)
    var composer = BlockComposer(role, width: width, insets: .note, icons: Self.icons)
    if let weight = note.weight {
      let word = TextWidth.of(Self.word(for: note.kind), .label)
      let start = Point(x: composer.column + word + 8, y: composer.y + TypeStyle.label.leading / 2)
      composer.mark(.pips(weight, start: start, hue: hue))
    }
    composer.paragraph(Self.word(for: note.kind), .label, ink: .hue(hue), limit: 1, glyph: Glyph(note.kind))
    composer.paragraph(note.text, .body, limit: 10)
    composer.paragraph(note.detail, .quiet, ink: .quiet, limit: 3)
    let weight = note.weight.map { ", \(note.kind == .pain ? "severity" : "impact") \($0) of 5" } ?? ""
    let detail = note.detail.isEmpty ? "" : " (\(note.detail))"
    return composer.finished(label: "\(Self.word(for: note.kind)): \(note.text)\(weight)\(detail)")
  }

  static func hue(of kind: ElementKind) -> Hue {
    switch kind {
    case .pain: .pain
    case .opportunity: .opportunity
    case .win: .win
    default: .question
    }
  }

  static func word(for kind: ElementKind) -> String {
    switch kind {
    case .win: "Small win"
    case .kpi: "KPI"
    default: kind.rawValue.prefix(1).uppercased() + kind.rawValue.dropFirst()
    }
  }

  /// Groups of blocks, each from its own origin, one below the other.
  static func stack(_ groups: [[PictureLayout.Block]]) -> [PictureLayout.Block] {
    var y = 0.0
    return groups.filter { !$0.isEmpty }.flatMap { group in
      defer { y += group.height + noteGap }
      return PictureLayout.moved(group, x: 0, y: y)
    }
  }

  /// One below the other.
  static func stack(_ blocks: [PictureLayout.Block], gap: Double = noteGap) -> [PictureLayout.Block] {
    var y = 0.0
    return blocks.map { block in
      defer { y += block.frame.height + gap }
      return block.moved(x: 0, y: y)
    }
  }

  private static func spoken(_ fact: PictureContent.Fact) -> String {
    "\(word(for: fact.kind)): \(fact.text)" + (fact.detail.isEmpty ? "" : " (\(fact.detail))")
  }

  private static func spoken(_ touchpoint: PictureContent.Touchpoint, _ customers: Int?) -> String {
    var parts = [touchpoint.spokenEmotion]
    if !touchpoint.channels.isEmpty { parts.append("channel " + touchpoint.channels.joined(separator: ", ")) }
    if !touchpoint.owner.isEmpty { parts.append("owner " + touchpoint.owner) }
    if !touchpoint.status.isEmpty { parts.append("status " + touchpoint.status) }
    if !touchpoint.personas.isEmpty { parts.append("for " + touchpoint.personas.joined(separator: ", ")) }
    parts += [touchpoint.note].filter { !$0.isEmpty }
    parts += (touchpoint.facts + touchpoint.backstage).map { spoken($0) }
    if let figures = touchpoint.figures {
      parts.append(
        "\(Figures.count(figures.seen)) customers, \(Figures.count(figures.wentOn)) of them seen at a later stage")
    }
    return parts.joined(separator: "; ")
  }
}

extension Sequence<PictureLayout.Block> {
  /// Down to the lowest edge; 0 for none.
  var height: Double { reduce(0) { Swift.max($0, $1.frame.maxY) } }
}
