import JourneyModel
import JourneyQuery

/// What the contents of a report become, one after the other.
struct ReportBody {
  private(set) var pieces: [ReportPiece] = []
  /// Rules that what is drawn asks for, each once.
  private(set) var styles: [String] = []

  mutating func add(_ content: ReportPage.Content, in context: RenderingContext) throws(ExecutionError) {
    switch content {
    case .markdown(let text): pieces += try ProseWriter.pieces(of: text, context.run)
    case .statements(let text, let isFolded): add(Self.statements(text, isFolded), of: text)
    case .answer(let answer): try add(answer, in: context)
    case .map(let map, let reading): try add(MapPicture(map, reading: reading, context.run))
    case .text(let text): add(Self.reply(text), of: text)
    case .failure(let text): add("<pre class=\"failure\">\(text.layoutEscaped)</pre>", of: text)
    }
  }

  /// Of a text with nothing to read nothing is shown.
  private mutating func add(_ markup: String, of text: String) {
    if !text.allSatisfy(\.isWhitespace) { pieces.append(.markup(markup)) }
  }

  private mutating func add(_ answer: Answer, in context: RenderingContext) throws(ExecutionError) {
    // Ids of headings have small letters.
    let markup = try AnswerMarkup(answer, id: "Chart\(pieces.count)-", in: context)
    if let heading = answer.heading {
      let level = min((level ?? 1) + 1, 6)
      pieces.append(
        .heading(.init(level: level, markup: heading.markupEscaped, words: heading, isProse: false)))
    }
    guard !markup.lines.isEmpty else { return }
    pieces.append(.markup((["<section class=\"answer\">"] + markup.lines + ["</section>"]).joined(separator: "\n")))
    markup.styles.forEach { add(style: $0) }
  }

  /// Of the prose's heading that stands last.
  private var level: Int? {
    for piece in pieces.reversed() {
      if case .heading(let heading) = piece, heading.isProse { return heading.level }
    }
    return nil
  }

  private mutating func add(_ picture: MapPicture) throws(ExecutionError) {
    // No heading has an id with a dot.
    let drawings = try picture.drawings(in: "map\(pieces.count).")
    let width = "from-\(SVGWriter.number(drawings.leastWidth.rounded(.down)))"
    let tables = try picture.tables
    let details = tables.isEmpty ? "" : "\n<details><summary>The map as tables</summary>\n\(tables)\n</details>"
    pieces.append(.markup("<div class=\"map \(width)\">\n\(drawings.figures)\(details)\n</div>"))
    add(style: drawings.choice(of: "@container", in: ".map.\(width) > "))
  }

  private mutating func add(style: String) {
    if !styles.contains(style) { styles.append(style) }
  }

  private static func statements(_ text: String, _ isFolded: Bool) -> String {
    let code = "<pre class=\"statements\"><code>\(text.layoutEscaped)</code></pre>"
    return isFolded ? "<details class=\"statements\"><summary>Statements</summary>\n\(code)\n</details>" : code
  }

  /// What is aligned or drawn keeps its lines; sentences are filled.
  private static func reply(_ text: String) -> String {
    let isDrawn = text.contains("  ") || text.unicodeScalars.contains { (0x2500..<0x25A0).contains($0.value) }
    return "<pre class=\"\(isDrawn ? "drawn" : "reply")\">\(text.layoutEscaped)</pre>"
  }
}
