import JourneyModel

/// Fills one block from the top: lines of text in a column, with glyphs in a narrower column at the left.
struct BlockComposer {
  /// Distances inside a block.
  struct Insets: Hashable, Sendable {
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double

    static let none = Insets(left: 0, top: 0, right: 0, bottom: 0)
    static let card = Insets(left: 12, top: 12, right: 9, bottom: 12)
    static let note = Insets(left: 12, top: 9, right: 8, bottom: 10)
  }

  private(set) var block: PictureLayout.Block
  let insets: Insets
  /// Where the text begins, from the block's left edge.
  let column: Double
  /// How far down the block is filled.
  private(set) var y: Double

  /// A block at the origin. `icons` is the width of the glyph column, 0 for none.
  init(_ role: PictureLayout.Block.Role, width: Double, insets: Insets, icons: Double = 0) {
    block = .init(role: role, frame: Rect(x: 0, y: 0, width: width, height: 0))
    self.insets = insets
    column = insets.left + icons
    y = insets.top
  }

  var textWidth: Double { max(block.frame.width - column - insets.right, 1) }

  /// Sets a text below what is there; nothing for a blank one. The glyph is centred on the first line.
  mutating func paragraph(
    _ text: String, _ style: TypeStyle, ink: Paint = .text, limit: Int, glyph: Glyph? = nil, glyphInk: Paint? = nil
  ) {
    let wrapped = WrappedText(text, style, width: textWidth, limit: limit)
    guard !wrapped.lines.isEmpty else { return }
    if wrapped.isCut { block.cuts.append(text) }
    if let glyph { place(glyph, style, glyphInk ?? ink) }
    for line in wrapped.lines {
      let anchor = y + baseline(style)
      block.texts.append(.init(text: line, x: column, baseline: anchor, style: style, ink: ink))
      y += style.leading
    }
  }

  /// Pairs of glyph and word on as few lines as they need; the first glyph stands in the glyph column.
  mutating func pairs(_ pairs: [(glyph: Glyph, word: String)], _ style: TypeStyle, ink: Paint) {
    var x = column
    for (index, pair) in pairs.enumerated() {
      let lead = index == 0 ? 0 : 19.0
      guard let word = WrappedText(pair.word, style, width: textWidth - (index == 0 ? 0 : 19), limit: 1).lines.first
      else { continue }
      let width = lead + TextWidth.of(word, style)
      if index > 0, x + width > column + textWidth {
        y += style.leading
        x = column
      }
      let corner = Point(x: index == 0 ? insets.left : x, y: y + (style.leading - 16) / 2)
      block.glyphs.append(.init(glyph: pair.glyph, origin: corner, size: 16, ink: ink))
      block.texts.append(.init(text: word, x: x + lead, baseline: y + baseline(style), style: style, ink: ink))
      x += width + 12
    }
    if !pairs.isEmpty { y += style.leading }
  }

  mutating func mark(_ mark: PictureLayout.Mark) { block.marks.append(mark) }

  mutating func space(_ height: Double) { y += height }

  /// The block, closed below its last line.
  func finished(label: String, minimum: Double = 0) -> PictureLayout.Block {
    var block = block
    block.frame.height = max(y + insets.bottom, minimum)
    block.label = label
    return block
  }

  private mutating func place(_ glyph: Glyph, _ style: TypeStyle, _ ink: Paint) {
    let corner = Point(x: insets.left, y: y + (style.leading - 16) / 2)
    block.glyphs.append(.init(glyph: glyph, origin: corner, size: 16, ink: ink))
  }

  /// From the top of a line to its baseline: text centred in its leading.
  private func baseline(_ style: TypeStyle) -> Double { (style.leading + style.size * 0.72) / 2 }
}
