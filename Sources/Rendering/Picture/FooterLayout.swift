/// The quiet lines that say how to read the picture: only of what occurs in it.
struct FooterLayout {
  let content: PictureContent
  let width: Double

  /// The legend, and at its right, or below it where that is narrow, who drew this.
  func blocks() -> [PictureLayout.Block] {
    let isSplit = width > 700
    let mark = TextWidth.of(Self.signature, .quiet)
    var legend = BlockComposer(.text, width: isSplit ? width - mark - 40 : width, insets: .none)
    legend.paragraph(sentences.joined(separator: " "), .quiet, ink: .quiet, limit: 8)
    var signature = BlockComposer(.text, width: mark + 1, insets: .none)
    signature.paragraph(Self.signature, .quiet, ink: .quiet, limit: 1)
    let left = legend.finished(label: sentences.joined(separator: " "))
    let right = signature.finished(label: Self.signature)
    if sentences.isEmpty { return [right] }
    return [left, isSplit ? right.moved(x: width - mark - 1, y: 0) : right.moved(x: 0, y: left.frame.height + 8)]
  }

  private static let signature = "Drawn by Waymark"

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
    return sentences
  }

  private var hasWeights: Bool {
    (content.stages.flatMap(\.notes) + content.touchpoints.flatMap(\.notes)).contains { note in
      note.weight != nil || note.answers.contains { $0.weight != nil }
    }
  }
}
