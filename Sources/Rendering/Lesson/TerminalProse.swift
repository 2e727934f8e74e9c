import SourceText

/// Markdown as lines of a terminal: paragraphs and lists, wrapped, with what is to be typed in ink of its own.
struct TerminalProse {
  private(set) var lines: [StyledLine] = []
  private let width: Int
  private let context: RenderingContext
  /// Of the paragraph at hand.
  private var words: [(text: String, ink: Ink, isGlued: Bool)] = []
  private var inks: [Ink] = [.normal]
  /// In front of the paragraph's first line, and as many blanks before the others.
  private var margin = ""
  /// Of the lists around it: the next number, 0 for bullets.
  private var lists: [Int] = []
  private var isInCode = false
  private var isGlued = false

  /// - Parameter endsInTask: whether the last paragraph is what is to be done.
  init(_ markdown: String, width: Int, in context: RenderingContext, endsInTask: Bool = false) {
    (self.width, self.context) = (max(width, 20), context)
    let task = endsInTask ? LessonPage.task(of: markdown) : ""
    let before = endsInTask ? String(markdown.dropLast(task.count)) : markdown
    read(before)
    guard endsInTask else { return }
    if !lines.isEmpty { lines.append(StyledLine()) }
    margin = "task: "
    read(task)
  }

  private mutating func read(_ markdown: String) {
    var events: [MarkdownEvent] = []
    guard
      MarkdownReader.read(
        markdown,
        {
          events.append($0); return events.count < 100_000
        })
    else { return }
    for event in events { take(event) }
    flush()
  }

  private mutating func take(_ event: MarkdownEvent) {
    switch event {
    case .text(let text) where isInCode:
      lines += text.split(separator: "\n").map { StyledLine("    " + $0, .strong) }
    case .text(let text), .entity(let text): add(text)
    case .lineBreak: isGlued = false
    case .begin(let element): begin(element)
    case .end(let element): end(element)
    }
  }

  private mutating func begin(_ element: MarkdownElement) {
    switch element {
    case .paragraph, .heading: if lists.isEmpty { part() }
    case .code:
      part()
      isInCode = true
    case .bullets, .numbers:
      flush()
      if lists.isEmpty { part() }
      if case .numbers(let first) = element { lists.append(max(first, 1)) } else { lists.append(0) }
    case .item:
      flush()
      let number = lists.last ?? 0
      margin = String(repeating: "  ", count: max(0, lists.count - 1)) + (number > 0 ? "\(number). " : "- ")
      if number > 0 { lists[lists.count - 1] += 1 }
    case .strong, .emphasis: inks.append(.strong)
    case .codeSpan:
      inks.append(.strong)
      mark()
    default: break
    }
  }

  private mutating func end(_ element: MarkdownElement) {
    switch element {
    case .paragraph, .heading, .item: flush()
    case .code: isInCode = false
    case .bullets, .numbers:
      flush()
      lists = lists.dropLast()
    case .codeSpan:
      mark()
      inks = inks.count > 1 ? inks.dropLast() : inks
    case .strong, .emphasis: inks = inks.count > 1 ? inks.dropLast() : inks
    default: break
    }
  }

  /// Where there is no ink, what is to be typed stands between the signs that it is written with.
  private mutating func mark() {
    if context.style != .colour { add("`") }
  }

  /// An empty line before what comes, but at the beginning and behind the word of a task.
  private mutating func part() {
    flush()
    if !lines.isEmpty, margin.isEmpty { lines.append(StyledLine()) }
  }

  private mutating func add(_ text: String) {
    let ink = inks.last ?? .normal
    // A figure and its sign stay together.
    for piece in text.replacing(" %", with: "\u{A0}%").split(separator: " ", omittingEmptySubsequences: false)
      .enumerated()
    {
      if piece.offset > 0 { isGlued = false }
      guard !piece.element.isEmpty else { continue }
      words.append((String(piece.element), ink, isGlued))
      isGlued = true
    }
  }

  /// Sets the paragraph at hand.
  private mutating func flush() {
    defer { (words, isGlued) = ([], false) }
    guard !words.isEmpty else { return }
    let indent = margin.count
    var line = StyledLine(margin, .strong)
    var isEmpty = true
    var place = 0
    while place < words.count {
      var end = place + 1
      while end < words.count, words[end].isGlued { end += 1 }
      let wordWidth = words[place..<end].reduce(0) { $0 + $1.text.displayWidth }
      if !isEmpty, line.width + 1 + wordWidth > width {
        lines.append(line)
        line = StyledLine(String(repeating: " ", count: indent))
        isEmpty = true
      }
      if !isEmpty { line.append(" ", words[place].ink == words[place - 1].ink ? words[place].ink : .normal) }
      for word in words[place..<end] { line.append(word.text, word.ink) }
      isEmpty = false
      place = end
    }
    lines.append(line)
    margin = ""
  }
}
