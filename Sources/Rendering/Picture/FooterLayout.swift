/// The quiet lines that say how to read the picture: only of what occurs in it.
struct FooterLayout {
  let content: PictureContent
  let width: Double

  private static let signature = "Drawn by Waymark"
  private static let height = 22.0

  /// The legend on as many lines as it needs; at the right end of a line, or below, who drew this.
  func blocks() -> [PictureLayout.Block] {
    var signature = item(Self.signature, lead: 0)
    let isSplit = width > 700
    let room = isSplit ? width - signature.frame.width - 24 : width
    var blocks: [PictureLayout.Block] = []
    var place = Point(x: 0, y: 0)
    for entry in legend {
      if place.x > 0, place.x + entry.frame.width > room { place = Point(x: 0, y: place.y + Self.height + 2) }
      blocks.append(entry.moved(x: place.x, y: place.y))
      place.x += entry.frame.width + 26
    }
    let isBelow = !isSplit && !blocks.isEmpty
    let right = isSplit ? width - signature.frame.width : 0
    if isSplit { signature.endAlign() }
    return blocks + [signature.moved(x: right, y: isBelow ? place.y + Self.height + 8 : 0)]
  }

  /// What the picture has only the beginning of, in full; nil where it has all.
  static func cuts(_ blocks: [PictureLayout.Block], width: Double) -> PictureLayout.Block? {
    var seen: Set<String> = []
    let cuts = blocks.flatMap(\.cuts).filter { seen.insert($0).inserted }
    guard !cuts.isEmpty else { return nil }
    var composer = BlockComposer(.text, width: min(width, 1100), insets: .none)
    composer.paragraph("In full", .label, ink: .quiet, limit: 1)
    for cut in cuts {
      composer.space(5)
      composer.paragraph(cut, .quiet, limit: 10_000)
    }
    return composer.finished(label: "In full, what is cut above")
  }

  private var legend: [PictureLayout.Block] {
    let touchpoints = content.touchpoints
    let middle = Point(x: EmotionBand.dotRadius + 1, y: Self.height / 2)
    var entries: [PictureLayout.Block] = []
    if let known = touchpoints.first(where: { $0.emotion != nil }) {
      let dot = PictureLayout.Mark.badge(number: known.number, center: middle, emotion: known.emotion)
      entries.append(item("Touchpoint at its emotion, −2 to +2", lead: 22, mark: dot))
    }
    if let unknown = touchpoints.first(where: { $0.emotion == nil }) {
      let dot = PictureLayout.Mark.badge(number: unknown.number, center: middle, emotion: nil)
      entries.append(item("Emotion not recorded", lead: 22, mark: dot))
    }
    if touchpoints.contains(where: { $0.felt != nil }) {
      let piece = PictureLayout.Mark.felt(Rect(x: 0, y: Self.height / 2 - 6, width: 36, height: 12))
      entries.append(item("What customers felt, the gap to it shaded", lead: 36, mark: piece))
    }
    for (persona, look) in zip(content.feeling, PersonaCurve.Look.allCases) {
      let sign = PictureLayout.Mark.line(look, Rect(x: 0, y: Self.height / 2 - 6, width: 36, height: 12))
      entries.append(item("Emotion of \(persona)", lead: 36, mark: sign))
    }
    let undrawn = content.feeling.dropFirst(PersonaCurve.most)
    if !undrawn.isEmpty { entries.append(item("Without a curve: \(undrawn.joined(separator: ", "))", lead: 0)) }
    if touchpoints.contains(where: \.hasWin) {
      var flag = item("Small win", lead: 16)
      flag.glyphs = [.init(glyph: .flag, origin: Point(x: 0, y: 3), size: 16, ink: .hue(.win))]
      entries.append(flag)
    }
    if hasWeights {
      let pips = PictureLayout.Mark.pips(4, start: Point(x: 0, y: Self.height / 2), hue: .pain)
      entries.append(item("Severity of a pain, impact of an opportunity", lead: 40, mark: pips))
    }
    if let customers = content.customers, customers > 0, touchpoints.contains(where: { $0.figures != nil }) {
      let bar = PictureLayout.Mark.bar(Rect(x: 0, y: Self.height / 2 - 2, width: 36, height: 4), share: 0.6)
      entries.append(item("Share of \(Figures.count(customers)) customers", lead: 36, mark: bar))
    }
    return entries
  }

  private func item(_ text: String, lead: Double, mark: PictureLayout.Mark? = nil) -> PictureLayout.Block {
    let x = lead > 0 ? lead + 7 : 0
    let line = WrappedText(text, .quiet, width: width - x, limit: 1).lines.first ?? ""
    var block = PictureLayout.Block(
      role: .text, frame: Rect(x: 0, y: 0, width: x + TextWidth.of(line, .quiet), height: Self.height))
    block.texts = [.init(text: line, x: x, baseline: Self.height / 2 + 4.3, style: .quiet, ink: .quiet)]
    block.marks = mark.map { [$0] } ?? []
    block.label = text
    return block
  }

  private var hasWeights: Bool {
    (content.stages.flatMap(\.notes) + content.touchpoints.flatMap(\.notes)).contains { note in
      note.weight != nil || note.answers.contains { $0.weight != nil }
    }
  }
}

extension PictureLayout.Block {
  /// Anchors its texts at its right edge, which no estimate moves.
  fileprivate mutating func endAlign() {
    for index in texts.indices {
      texts[index].anchor = .end
      texts[index].x = frame.maxX
    }
  }
}
