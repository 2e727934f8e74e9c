import JourneyModel

/// Title, summary and remarks, personas, and the aims of the whole journey: blocks at the origin of a given width.
struct HeaderLayout {
  let content: PictureContent
  let width: Double

  private static let gap = 16.0
  /// From here on the personas stand beside the title.
  private static let splitWidth = 1000.0

  private var isSplit: Bool { width >= Self.splitWidth && !content.personas.isEmpty }

  func blocks() -> [PictureLayout.Block] {
    let personas = grid(content.personas.map { persona($0) }, width: isSplit ? width * 0.62 : width, least: 250)
    let personasWidth = personas.map(\.frame.maxX).max() ?? 0
    var blocks = [title(width: isSplit ? width - personasWidth - 2 * Self.gap : min(width, 900))]
    let y = isSplit ? 4 : blocks.height + 20
    blocks += PictureLayout.moved(personas, x: isSplit ? width - personasWidth : 0, y: y)
    if !content.aims.isEmpty {
      let y = blocks.height + (isSplit ? 24 : 18)
      blocks += PictureLayout.moved(grid(content.aims.map { aim($0) }, width: width, least: 230), x: 0, y: y)
    }
    return blocks
  }

  private func title(width: Double) -> PictureLayout.Block {
    var composer = BlockComposer(.text, width: width, insets: .none)
    composer.paragraph(content.title.isEmpty ? "Journey map" : content.title, .title, limit: 4)
    composer.space(4)
    composer.paragraph(content.summary, .body, ink: .quiet, limit: 2)
    for remark in content.remarks.prefix(3) {
      composer.space(6)
      composer.paragraph(remark, .body, limit: 4)
    }
    return composer.finished(label: ([content.title] + content.remarks).joined(separator: " – "))
  }

  private func persona(_ persona: PictureContent.Persona) -> (Double) -> PictureLayout.Block {
    { width in
      var composer = BlockComposer(
        .persona, width: width, insets: .init(left: 12, top: 10, right: 12, bottom: 10), icons: 27)
      composer.paragraph(persona.name, .name, limit: 2, glyph: .person, glyphInk: .hue(.journey))
      let words = persona.text.isEmpty ? persona.told : persona.text
      composer.paragraph(words, .quiet, ink: .quiet, limit: 4)
      return composer.finished(label: "Persona: \(persona.name). \(persona.text) \(persona.told)".trimmed)
    }
  }

  private func aim(_ fact: PictureContent.Fact) -> (Double) -> PictureLayout.Block {
    { width in
      var composer = BlockComposer(.aim, width: width, insets: .init(left: 12, top: 6, right: 8, bottom: 6), icons: 24)
      composer.paragraph(fact.text, .body, limit: 2, glyph: .target, glyphInk: .hue(.journey))
      composer.paragraph(fact.caption, .quiet, ink: .quiet, limit: 2)
      return composer.finished(label: "\(fact.text) (\(fact.caption))")
    }
  }

  /// Equal widths of at least `least` where there is room, rows as tall as their tallest.
  private func grid(
    _ makers: [(Double) -> PictureLayout.Block], width: Double, least: Double
  ) -> [PictureLayout.Block] {
    let perRow = max(1, min(makers.count, Int((width + Self.gap) / (least + Self.gap))))
    let itemWidth = min((width - Double(perRow - 1) * Self.gap) / Double(perRow), 360)
    var blocks: [PictureLayout.Block] = []
    var y = 0.0
    for start in stride(from: 0, to: makers.count, by: perRow) {
      var row = makers[start..<min(start + perRow, makers.count)].map { $0(itemWidth) }
      let height = row.height
      for index in row.indices {
        row[index].frame.height = height
        blocks.append(row[index].moved(x: Double(index) * (itemWidth + Self.gap), y: y))
      }
      y += height + 12
    }
    return blocks
  }
}
