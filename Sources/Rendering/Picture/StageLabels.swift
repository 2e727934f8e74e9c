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
    var block = PictureLayout.Block(role: .text, frame: frame, label: "\(customers) customers in all")
    let figure = WrappedText(Figures.count(customers), .name, width: frame.width, limit: 1).lines.first ?? ""
    block.texts = [.init(text: figure, x: frame.x, baseline: frame.maxY - 6, style: .name)]
    let next = frame.x + TextWidth.of(figure, .name) + 6
    if next + TextWidth.of("in all", .quiet) <= frame.maxX {
      block.texts.append(.init(text: "in all", x: next, baseline: frame.maxY - 6, style: .quiet, ink: .quiet))
    }
    return block
  }

  /// How many came as far as a stage, and their share of everyone; nil without events.
  static func count(
    _ stage: PictureContent.Stage, of customers: Int, in frame: Rect, isCentered: Bool
  ) -> PictureLayout.Block? {
    guard let count = stage.customers, customers > 0 else { return nil }
    let share = Figures.share(Double(count) / Double(customers))
    let label = "\(stage.name): \(Figures.count(count)) customers, \(share)"
    return pair((Figures.count(count), .figure, .text), share, in: frame, label: label, isCentered: isCentered)
  }

  /// Which share of a stage's customers came to the next; `isLowest` puts it in the colour of pains.
  static func rate(
    from stage: PictureContent.Stage, to next: PictureContent.Stage, in frame: Rect, isLowest: Bool, isCentered: Bool
  ) -> PictureLayout.Block? {
    guard let rate = rate(stage, next) else { return nil }
    let share = Figures.share(rate)
    let label = "\(share) go on from \(stage.name) to \(next.name)"
    let ink = isLowest ? Paint.hue(.pain) : .text
    return pair((share, .name, ink), "go on", in: frame, label: label, isCentered: isCentered)
  }

  /// The index of the stage that the smallest share leaves for the next, where there are several; the first of equals.
  static func lowestRate(of stages: [PictureContent.Stage]) -> Int? {
    let rates = zip(stages, stages.dropFirst()).enumerated().compactMap { index, pair in
      rate(pair.0, pair.1).map { (index: index, rate: $0) }
    }
    return rates.count > 1 ? rates.min { $0.rate < $1.rate }?.index : nil
  }

  private static func rate(_ stage: PictureContent.Stage, _ next: PictureContent.Stage) -> Double? {
    guard let from = stage.customers, let to = next.customers, from > 0 else { return nil }
    return Double(to) / Double(from)
  }

  /// A figure and a word beside it, together centred or at the left; the word gives way where there is no room.
  private static func pair(
    _ figure: (text: String, style: TypeStyle, ink: Paint), _ word: String, in frame: Rect, label: String,
    isCentered: Bool
  ) -> PictureLayout.Block {
    let figureWidth = TextWidth.of(figure.text, figure.style)
    let wordWidth = 6 + TextWidth.of(word, .quiet)
    let hasWord = figureWidth + wordWidth <= frame.width
    let width = figureWidth + (hasWord ? wordWidth : 0)
    let start = isCentered ? max(frame.midX - width / 2, frame.x) : frame.x
    var block = PictureLayout.Block(role: .text, frame: frame, label: label)
    block.texts = [.init(text: figure.text, x: start, baseline: frame.maxY - 6, style: figure.style, ink: figure.ink)]
    if hasWord {
      let x = start + figureWidth + 6
      block.texts.append(.init(text: word, x: x, baseline: frame.maxY - 6, style: .quiet, ink: .quiet))
    }
    return block
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
