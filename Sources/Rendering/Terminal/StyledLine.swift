import JourneyQuery
import SourceText

/// One line for a terminal, in pieces. Text is made safe to show as it is added, so that widths can be counted.
struct StyledLine: Sendable {
  private(set) var spans: [(text: String, ink: Ink)] = []
  private(set) var width = 0

  init() {}

  init(_ text: String, _ ink: Ink = .normal) {
    append(text, ink)
  }

  mutating func append(_ text: String, _ ink: Ink = .normal) {
    let shown = text.withVisibleControls()
    guard !shown.isEmpty else { return }
    if let last = spans.indices.last, spans[last].ink == ink {
      spans[last].text += shown
    } else {
      spans.append((shown, ink))
    }
    width += shown.displayWidth
  }

  mutating func append(_ line: StyledLine) {
    for span in line.spans { append(span.text, span.ink) }
  }

  /// Blanks up to the column; none if the line is there already.
  mutating func pad(to column: Int) {
    append(String(repeating: " ", count: max(0, column - width)))
  }

  /// The line cut to `columns`, with `ellipsis` where anything but blanks was cut off.
  func fitted(to columns: Int, ellipsis: String) -> StyledLine {
    guard trimmedWidth > columns else { return self }
    let mark = ellipsis.fitted(to: columns, ellipsis: "")
    var line = StyledLine()
    for span in spans {
      let room = columns - mark.displayWidth - line.width
      line.append(span.text.fitted(to: room, ellipsis: ""), span.ink)
      if span.text.displayWidth > room { break }
    }
    line.append(mark, .dim)
    return line
  }

  /// Columns up to the last character that is no blank.
  var trimmedWidth: Int {
    var blanks = 0
    for span in spans.reversed() {
      let atEnd = span.text.reversed().prefix { $0 == " " }.count
      blanks += atEnd
      if atEnd < span.text.count { break }
    }
    return width - blanks
  }

  /// The line without blanks at its end, coloured only in the style that has colours.
  func painted(in context: RenderingContext) -> PaintedText {
    var kept = spans
    while let last = kept.last {
      if case .shade = last.ink, context.hasGrounds { break }
      let trimmed = last.text.trimmingBlanksAtEnd()
      kept[kept.count - 1].text = trimmed
      if !trimmed.isEmpty { break }
      kept.removeLast()
    }
    var painted = PaintedText()
    for (text, ink) in kept {
      let rendition = context.style == .colour ? ink.parameters(context.colours) : nil
      painted.append(text, rendition: rendition ?? "")
    }
    return painted
  }
}

extension String {
  fileprivate func trimmingBlanksAtEnd() -> String {
    guard let last = lastIndex(where: { $0 != " " }) else { return "" }
    return String(self[...last])
  }
}

extension [StyledLine] {
  /// One text, every line ended. Throws `cancelled` if the context's run is.
  func painted(in context: RenderingContext) throws(ExecutionError) -> PaintedText {
    var text = PaintedText()
    for line in self {
      try context.run.check()
      text.append(line.painted(in: context))
      text.append("\n")
    }
    return text
  }

  /// A sentence over as many lines as it takes, later ones indented.
  static func sentence(_ text: String, _ ink: Ink, width: Int, indent: Int = 2) -> [StyledLine] {
    text.withVisibleControls().wrapped(to: width, indent: indent).map { StyledLine($0, ink) }
  }
}
