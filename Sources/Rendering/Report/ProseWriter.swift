import JourneyQuery

/// Writes Markdown as HTML that holds nothing but text, its marks, and links that are harmless. Nothing in it is fetched: an image of
/// the web is a link.
struct ProseWriter {
  private(set) var pieces: [ReportPiece] = []
  private var markup = ""
  /// Within a heading: its words so far.
  private var words: String?
  /// Within images: how many, and what is told in their place.
  private var images = 0
  private var alternative = ""
  /// Of the links around the current place, outermost first: whether each is written as one.
  private var links: [Bool] = []
  /// Bytes of pieces.
  private var written = 0

  /// Throws `cancelled` if the run is.
  static func pieces(of markdown: String, _ run: Run) throws(ExecutionError) -> [ReportPiece] {
    // A table may have many more cells than it has letters.
    let most = 1 << 20 + 20 * markdown.utf8.count
    var writer = ProseWriter()
    let isWhole = MarkdownReader.read(markdown) { event in
      writer.write(event)
      return writer.written + writer.markup.utf8.count <= most && !run.isCancelled
    }
    try run.check()
    guard isWhole else { return [.markup("<pre>\(markdown.layoutEscaped)</pre>")] }
    writer.flush()
    return writer.pieces
  }

  private mutating func write(_ event: MarkdownEvent) {
    switch event {
    case .text(let text):
      words? += text
      if images > 0 { alternative += text } else { markup += text.layoutEscaped }
    case .entity(let name):
      if images > 0 { alternative += name } else { markup += name }
    case .lineBreak(let isSeen):
      words? += " "
      if images > 0 { alternative += " " } else { markup += isSeen ? "<br>\n" : "\n" }
    case .begin(.image):
      images += 1
    case .end(.image(let source, let title)):
      images -= 1
      if images == 0 { draw(ProseLink(source), title) }
    case .begin(let element):
      if images == 0 { begin(element) }
    case .end(let element):
      if images == 0 { end(element) }
    }
  }

  private mutating func begin(_ element: MarkdownElement) {
    switch element {
    case .heading:
      flush()
      words = ""
    case .rule: markup += "<hr>\n"
    case .code: markup += "<pre><code>"
    case .bullets: markup += "<ul>\n"
    case .numbers(let first): markup += first == 1 ? "<ol>\n" : "<ol start=\"\(first)\">\n"
    case .item(nil): markup += "<li>"
    case .item(let isDone?):
      markup += "<li class=\"task\"><input type=\"checkbox\" disabled"
      markup += isDone ? " checked aria-label=\"done\"> " : " aria-label=\"not done\"> "
    case .table: markup += "<div class=\"scroll\"><table>\n"
    case .cell(let alignment, let isHead):
      markup += isHead ? "<th scope=\"col\"" : "<td"
      markup += alignment == .right ? " class=\"figure\">" : alignment == .center ? " class=\"center\">" : ">"
    case .link(let destination, let title):
      let link = ProseLink(destination)
      links.append(link.isFollowed && !links.contains(true))
      if links.last == true { markup += "<a href=\"\(link.address.markupEscaped)\"\(Self.told(title))>" }
    default: markup += "<\(element.name)>"
    }
  }

  private mutating func end(_ element: MarkdownElement) {
    switch element {
    case .heading(let level):
      pieces.append(.heading(.init(level: level, markup: markup, words: words ?? "", isProse: true)))
      written += markup.utf8.count
      markup = ""
      words = nil
    case .rule: break
    case .code: markup += "</code></pre>\n"
    case .table: markup += "</table></div>\n"
    case .link:
      if links.popLast() == true { markup += "</a>" }
    case .emphasis, .strong, .struck, .codeSpan: markup += "</\(element.name)>"
    default: markup += "</\(element.name)>\n"
    }
  }

  private mutating func draw(_ link: ProseLink, _ title: String) {
    let told = alternative
    alternative = ""
    if link.isPicture {
      markup += "<img src=\"\(link.address.markupEscaped)\" alt=\"\(told.markupEscaped)\"\(Self.told(title))>"
    } else if link.isFollowed, !links.contains(true) {
      let name = told.isEmpty ? link.address : told
      markup += "<a href=\"\(link.address.markupEscaped)\"\(Self.told(title))>\(name.markupEscaped)</a>"
    } else {
      markup += told.markupEscaped
    }
  }

  private mutating func flush() {
    guard !markup.isEmpty else { return }
    pieces.append(.markup(markup.hasSuffix("\n") ? String(markup.dropLast()) : markup))
    written += markup.utf8.count
    markup = ""
  }

  private static func told(_ title: String) -> String {
    title.isEmpty ? "" : " title=\"\(title.markupEscaped)\""
  }
}

extension MarkdownElement {
  /// Of the element that HTML has for it.
  fileprivate var name: String {
    switch self {
    case .paragraph: "p"
    case .quote: "blockquote"
    case .rule: "hr"
    case .code: "pre"
    case .heading(let level): "h\(level)"
    case .bullets: "ul"
    case .numbers: "ol"
    case .item: "li"
    case .table: "table"
    case .head: "thead"
    case .body: "tbody"
    case .row: "tr"
    case .cell(_, let isHead): isHead ? "th" : "td"
    case .emphasis: "em"
    case .strong: "strong"
    case .struck: "del"
    case .codeSpan: "code"
    case .link: "a"
    case .image: "img"
    }
  }
}
