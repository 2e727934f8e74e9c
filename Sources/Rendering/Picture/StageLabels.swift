import JourneyModel

/// Chevrons with the names of their stages.
enum ChevronLayout {
  /// How far a chevron's point reaches beyond its frame, and its notch into it.
  static let tip = 18.0
  /// How far its upper and lower edge reach beyond its frame.
  static let overhang = 18.0

  static func block(_ stage: PictureContent.Stage, width: Double, downwards: Bool) -> PictureLayout.Block {
    let side = downwards ? 18.0 : 34.0
    let insets = BlockComposer.Insets(left: side, top: downwards ? 15 : 14, right: downwards ? 18 : 4, bottom: 14)
    var composer = BlockComposer(.chevron(downwards: downwards), width: width, insets: insets)
    composer.paragraph(stage.name.isEmpty ? "–" : stage.name, .stage, ink: .white, limit: 3)
    return composer.finished(label: "Stage \(stage.name)", minimum: 54)
  }

  /// Makes a chevron taller, its text still in the middle.
  static func stretch(_ block: inout PictureLayout.Block, to height: Double) {
    let shift = (height - block.frame.height) / 2
    for index in block.texts.indices { block.texts[index].baseline += shift }
    block.frame.height = height
  }

  /// Where no stage is.
  static func empty(width: Double) -> PictureLayout.Block {
    var composer = BlockComposer(.empty, width: width, insets: .init(left: 24, top: 26, right: 24, bottom: 26))
    composer.paragraph("No stages yet", .stage, ink: .quiet, limit: 1)
    composer.space(4)
    composer.paragraph("add stage Awareness", .body, ink: .quiet, limit: 1)
    return composer.finished(label: "No stages yet")
  }
}

/// Figures along the ribbon.
enum StreamLabels {
  /// Where the ribbon begins.
  static func everyone(_ customers: Int, in frame: Rect) -> PictureLayout.Block {
    let figure = WrappedText(Figures.count(customers), .name, width: frame.width, limit: 1).lines.first ?? ""
    return pair((figure, .name, .text), ["in all"], in: frame, label: "\(customers) customers in all", .start)
  }

  /// How many were seen at a stage, their share of everyone, and who passed it by; nil where it is not measured.
  static func count(
    _ stage: PictureContent.Stage, of customers: Int, in frame: Rect, _ anchor: PictureLayout.PlacedText.Anchor
  ) -> PictureLayout.Block? {
    guard let figures = stage.figures, customers > 0 else { return nil }
    let share = Figures.share(Double(figures.seen) / Double(customers))
    let passed = figures.passed > 0 ? " · \(Figures.count(figures.passed)) pass by" : ""
    return pair(
      (Figures.count(figures.seen), .figure, .text), [share + passed, share], in: frame,
      label: "\(stage.name): \(Figures.count(figures.seen)) customers, \(share)\(passed)", anchor)
  }

  /// Who came onto the map at a stage.
  static func joined(_ stage: PictureContent.Stage, in frame: Rect) -> PictureLayout.Block? {
    guard let joined = stage.figures?.joined, joined > 0 else { return nil }
    return pair(
      ("+" + Figures.count(joined), .name, .hue(.journey)), ["join"], in: frame,
      label: "\(Figures.count(joined)) customers join at \(stage.name)", .start)
  }

  /// Whose furthest stage it is.
  static func left(_ stage: PictureContent.Stage, in frame: Rect) -> PictureLayout.Block? {
    guard let left = stage.figures?.left, left > 0 else { return nil }
    return pair(
      ("−" + Figures.count(left), .name, .hue(.pain)), ["leave"], in: frame,
      label: "\(Figures.count(left)) customers leave at \(stage.name)", .end)
  }

  /// Which share of a stage's customers was seen at a later one, too, and how long that took; `isLowest` puts it in the colour of pains.
  static func rate(
    from stage: PictureContent.Stage, in frame: Rect, isLowest: Bool, _ anchor: PictureLayout.PlacedText.Anchor
  ) -> PictureLayout.Block? {
    guard let rate = rate(stage) else { return nil }
    let share = Figures.share(rate)
    let median = stage.figures?.medianToNext.map { HumanText.duration($0).replacing(" ", with: "\u{A0}") }
    return pair(
      (share, .name, isLowest ? .hue(.pain) : .text), (median.map { ["go on · \($0)"] } ?? []) + ["go on"], in: frame,
      label: "\(share) go on from \(stage.name)" + (median.map { ", after \($0) in the median" } ?? ""),
      anchor)
  }

  /// The index of the stage that the smallest share leaves for a later one, where there are several; the first of equals.
  static func lowestRate(of stages: [PictureContent.Stage]) -> Int? {
    let rates = stages.dropLast().enumerated().compactMap { index, stage in
      rate(stage).map { (index: index, rate: $0) }
    }
    return rates.count > 1 ? rates.min { $0.rate < $1.rate }?.index : nil
  }

  private static func rate(_ stage: PictureContent.Stage) -> Double? {
    guard let figures = stage.figures, figures.seen > 0 else { return nil }
    return Double(figures.wentOn) / Double(figures.seen)
  }

  /// A figure and words beside it, the first of them for which there is room.
  private static func pair(
    _ figure: (text: String, style: TypeStyle, ink: Paint), _ words: [String], in frame: Rect, label: String,
    _ anchor: PictureLayout.PlacedText.Anchor
  ) -> PictureLayout.Block {
    let x =
      switch anchor {
      case .start: frame.x
      case .middle: frame.midX
      case .end: frame.maxX
      }
    var text = PictureLayout.PlacedText(
      text: figure.text, x: x, baseline: frame.maxY - 6, style: figure.style, ink: figure.ink, anchor: anchor)
    for word in words where text.tail == nil {
      text.tail = .init(text: word, style: .quiet, ink: .quiet)
      if text.frame.width > frame.width { text.tail = nil }
    }
    return PictureLayout.Block(role: .text, frame: frame, texts: [text], label: label)
  }
}

/// Faces and words at the left of an emotion band.
enum ScaleLabels {
  static func blocks(_ band: EmotionBand, left: Double) -> [PictureLayout.Block] {
    [("Delighted", Glyph.delighted, 2.0), ("Neutral", .indifferent, 0), ("Frustrated", .frustrated, -2)].map {
      word, face, emotion in
      let middle = band.y(of: emotion)
      var block = PictureLayout.Block(role: .text, frame: Rect(x: left, y: middle - 9, width: 88, height: 18))
      block.glyphs = [.init(glyph: face, origin: Point(x: left, y: middle - 8), size: 16, ink: .quiet)]
      block.texts = [.init(text: word, x: left + 22, baseline: middle + 4.3, style: .quiet, ink: .quiet)]
      block.label = "Emotion scale: \(word)"
      return block
    }
  }
}
