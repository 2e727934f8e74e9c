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

  /// How many came as far as each stage, centred in its rectangle.
  static func counts(_ places: [(stage: PictureContent.Stage, frame: Rect)], _ customers: Int) -> [PictureLayout.Block]
  {
    places.compactMap { place in
      guard let count = place.stage.customers else { return nil }
      let share = Figures.share(Double(count) / Double(customers))
      return pair(
        Figures.count(count), share, .figure, in: place.frame,
        label: "\(place.stage.name): \(count) customers, \(share)")
    }
  }

  /// Which share of a stage's customers came to the next, centred below each point; the lowest in the colour of pains.
  static func rates(_ stages: [PictureContent.Stage], at points: [Point], lowest: Double?) -> [PictureLayout.Block] {
    zip(zip(stages, stages.dropFirst()), points).compactMap { pair, point in
      guard let rate = rate(pair.0, pair.1) else { return nil }
      let share = Figures.share(rate)
      let frame = Rect(x: point.x - 60, y: point.y, width: 120, height: 22)
      let label = "\(share) go on from \(pair.0.name) to \(pair.1.name)"
      return Self.pair(share, "go on", .name, in: frame, label: label, ink: rate == lowest ? .hue(.pain) : .text)
    }
  }

  /// The lowest rate of going on, where there are several.
  static func lowestRate(of stages: [PictureContent.Stage]) -> Double? {
    let rates = zip(stages, stages.dropFirst()).compactMap { rate($0, $1) }
    return rates.count > 1 ? rates.min() : nil
  }

  private static func rate(_ stage: PictureContent.Stage, _ next: PictureContent.Stage) -> Double? {
    guard let from = stage.customers, let to = next.customers, from > 0 else { return nil }
    return Double(to) / Double(from)
  }

  /// A figure and a word beside it, centred together; the word gives way where there is no room.
  private static func pair(
    _ figure: String, _ word: String, _ style: TypeStyle, in frame: Rect, label: String, ink: Paint = .text
  ) -> PictureLayout.Block {
    let figureWidth = TextWidth.of(figure, style)
    let wordWidth = 6 + TextWidth.of(word, .quiet)
    let hasWord = figureWidth + wordWidth <= frame.width
    let start = max(frame.midX - (figureWidth + (hasWord ? wordWidth : 0)) / 2, frame.x)
    var block = PictureLayout.Block(role: .text, frame: frame, label: label)
    block.texts = [.init(text: figure, x: start, baseline: frame.maxY - 6, style: style, ink: ink)]
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
