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
  /// How many came as far as each stage, centred in its rectangle.
  static func counts(_ places: [(stage: PictureContent.Stage, frame: Rect)], _ customers: Int) -> [PictureLayout.Block] {
    places.compactMap { place in
      guard let count = place.stage.customers else { return nil }
      let share = Figures.share(Double(count) / Double(customers))
      return pair(Figures.count(count), share, .figure, in: place.frame, label: "\(place.stage.name): \(count) customers, \(share)")
    }
  }

  /// Which share of a stage's customers came to the next, centred below each point.
  static func rates(_ stages: [PictureContent.Stage], at points: [Point]) -> [PictureLayout.Block] {
    zip(zip(stages, stages.dropFirst()), points).compactMap { pair, point in
      guard let from = pair.0.customers, let to = pair.1.customers, from > 0 else { return nil }
      let share = Figures.share(Double(to) / Double(from))
      let frame = Rect(x: point.x - 60, y: point.y, width: 120, height: 22)
      return Self.pair(share, "go on", .name, in: frame, label: "\(share) go on from \(pair.0.name) to \(pair.1.name)")
    }
  }

  /// A figure and a word beside it, centred together.
  static func pair(
    _ figure: String, _ word: String, _ style: TypeStyle, in frame: Rect, label: String
  ) -> PictureLayout.Block {
    let figureWidth = TextWidth.of(figure, style)
    let wordWidth = TextWidth.of(word, .quiet)
    let start = max(frame.midX - (figureWidth + 6 + wordWidth) / 2, frame.x)
    let baseline = frame.y + frame.height - 6
    let needed = figureWidth + 6 + wordWidth
    var block = PictureLayout.Block(role: .text, frame: frame)
    block.texts = [.init(text: figure, x: start, baseline: baseline, style: style)]
    if needed <= frame.width {
      block.texts.append(.init(text: word, x: start + figureWidth + 6, baseline: baseline, style: .quiet, ink: .quiet))
    }
    block.label = label
    return block
  }
}

/// Words at the left of an emotion band.
enum ScaleLabels {
  static func blocks(_ band: EmotionBand, left: Double) -> [PictureLayout.Block] {
    [("Delighted", 2.0), ("Neutral", 0), ("Frustrated", -2)].map { word, emotion in
      var block = PictureLayout.Block(role: .text, frame: Rect(x: left, y: band.y(of: emotion) - 9, width: 84, height: 18))
      block.texts = [.init(text: word, x: left, baseline: band.y(of: emotion) + 4, style: .quiet, ink: .quiet)]
      block.label = "Emotion scale: \(word)"
      return block
    }
  }
}
