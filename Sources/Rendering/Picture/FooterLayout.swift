/// The quiet lines that say how to read the picture: only of what occurs in it.
struct FooterLayout {
  let content: PictureContent
  let width: Double

  func block() -> PictureLayout.Block {
    var composer = BlockComposer(.text, width: width, insets: .none)
    composer.paragraph(sentences.joined(separator: "  "), .quiet, ink: .quiet, limit: 8)
    return composer.finished(label: sentences.joined(separator: " "))
  }

  private var sentences: [String] {
    var sentences: [String] = []
    let touchpoints = content.touchpoints
    if touchpoints.contains(where: { $0.emotion != nil }) {
      sentences.append("Numbered dots are touchpoints at their emotion, from −2 to +2.")
    }
    if touchpoints.contains(where: { $0.emotion == nil }) {
      sentences.append("Open dots: emotion not recorded.")
    }
    if touchpoints.contains(where: \.hasWin) { sentences.append("Flags are small wins.") }
    if hasWeights { sentences.append("Five dots beside a note: severity of a pain, impact of an opportunity.") }
    if let customers = content.customers {
      sentences.append(
        "The ribbon is as wide as the share of customers who came so far, a bar as long as the share seen at the touchpoint, "
          + "of all \(Figures.count(customers)).")
    }
    sentences.append("Drawn by Waymark.")
    return sentences
  }

  private var hasWeights: Bool {
    (content.stages.flatMap(\.notes) + content.touchpoints.flatMap(\.notes)).contains { note in
      note.weight != nil || note.answers.contains { $0.weight != nil }
    }
  }
}
