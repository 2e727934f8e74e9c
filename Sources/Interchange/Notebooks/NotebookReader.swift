import SourceText

/// Finds blocks and regions in the lines of a notebook.
struct NotebookReader {
  private let lines: NotebookLines
  private(set) var front: FrontMatter
  private(set) var blocks: [Notebook.Block] = []
  private(set) var headings: [Notebook.Heading] = []
  private var index: Int
  private var lineOfName: [String: Int] = [:]
  /// Whether an indented line may stand in a list and not be code by its indentation.
  private var isInList = false

  init(_ lines: NotebookLines) throws(Diagnostic) {
    self.lines = lines
    front = try FrontMatter(lines)
    index = front.lineCount
  }

  mutating func read() throws(Diagnostic) {
    while index < lines.ranges.count {
      if lines.line(index, begins: Region.opening) {
        throw lines.fault(
          .notebookRegion, "this result stands behind no block", line: index,
          hint: "delete it, down to its line '\(Region.closing)'")
      }
      if lines.line(index, begins: Region.closing) {
        throw lines.fault(
          .notebookRegion, "a result ends here that has not begun", line: index, hint: "delete the line")
      }
      if lines.line(index, begins: "<!--") {
        skipComment()
      } else if let fence = fence(index) {
        try read(fence)
      } else {
        noteList()
        if let heading = heading(index) { headings.append(heading) }
        index += 1
      }
    }
  }

  /// A fence that begins at a line; what is indented by four and stands in no list is code as it is.
  private func fence(_ line: Int) -> NotebookFence? {
    guard let fence = NotebookFence(lines.content(line)), fence.indentation < 4 || isInList else { return nil }
    return fence
  }

  private func heading(_ line: Int) -> Notebook.Heading? {
    let text = lines.text(line)
    let signs = text.prefix { $0 == "#" }
    let rest = text.dropFirst(signs.count)
    guard (1...6).contains(signs.count), rest.isEmpty || rest.first == " " || rest.first == "\t" else { return nil }
    return Notebook.Heading(
      level: signs.count, text: String(rest).trimmed, line: line + 1, range: lines.ranges[line])
  }

  private mutating func noteList() {
    guard !lines.isBlank(index) else { return }
    let indentation = lines.indentation(index)
    let rest = lines.content(index).dropFirst(indentation)
    let digits = rest.prefix { (48...57).contains($0) }
    let sign = rest.dropFirst(digits.count).first
    let isItem =
      digits.isEmpty
      ? ["-", "*", "+"].contains { rest.starts(with: ($0 + " ").utf8) }
      : digits.count < 10 && (sign == UInt8(ascii: ".") || sign == UInt8(ascii: ")"))
    if isItem { isInList = true } else if indentation == 0 { isInList = false }
  }

  /// To the line that ends it, or to the end.
  private mutating func skipComment() {
    while index < lines.ranges.count {
      defer { index += 1 }
      if lines.text(index).contains("-->") { return }
    }
  }

  private mutating func read(_ fence: NotebookFence) throws(Diagnostic) {
    let open = index
    index += 1
    while index < lines.ranges.count, !fence.isClosed(by: lines.content(index)) { index += 1 }
    guard fence.language == "way" else {
      index += 1
      return
    }
    guard index < lines.ranges.count else {
      let signs = String(repeating: Character(Unicode.Scalar(fence.sign)), count: fence.length)
      throw lines.fault(
        .notebookFence, "this block has no end", line: open,
        hint: "\(signs) on a line of its own behind the last statement")
    }
    let close = index
    index += 1
    let code = lines.ranges[open].upperBound..<lines.ranges[close].lowerBound
    let isTranscript = (open + 1..<close).first { !lines.isBlank($0) }.map { lines.line($0, begins: "way>") } ?? false
    let words = isTranscript ? FenceWords() : try self.words(of: fence, line: open)
    let name = words.name ?? String(blocks.count { !$0.isTranscript } + 1)
    if !isTranscript {
      if let other = lineOfName[name] {
        throw lines.fault(
          .notebookWord, "the block of line \(other + 1) is called '\(name)' too", line: open, hint: "another name")
      }
      lineOfName[name] = open
    }
    let region = isTranscript ? nil : try region()
    blocks.append(
      Notebook.Block(
        name: name, words: words, line: open + 1, opening: lines.ranges[open], code: code,
        indentation: String(decoding: lines.content(open).prefix(fence.indentation), as: UTF8.self),
        end: lines.ranges[close].upperBound, region: region, isTranscript: isTranscript))
  }

  private func words(of fence: NotebookFence, line: Int) throws(Diagnostic) -> FenceWords {
    try FenceWords(lines.text(line), from: fence.infoStart) { code, message, span, hint in
      lines.fault(code, message, line: line, span: span, hint: hint)
    }
  }

  /// The one that begins at this line; blank lines before it are of it.
  private mutating func region() throws(Diagnostic) -> Region? {
    var start = index
    while start < lines.ranges.count, lines.isBlank(start) { start += 1 }
    guard start < lines.ranges.count, lines.line(start, begins: Region.opening) else { return nil }
    var (inner, isInComment) = (NotebookFence?.none, false)
    var end = start + 1
    scan: while true {
      guard end < lines.ranges.count else {
        throw lines.fault(
          .notebookRegion, "this result has no end", line: start,
          hint: "the line '\(Region.closing)', or delete what is left of it")
      }
      let content = lines.content(end)
      if let fence = inner {
        if fence.isClosed(by: content) { inner = nil }
      } else if isInComment {
        isInComment = !lines.text(end).contains("-->")
      } else if lines.line(end, begins: Region.closing) {
        break scan
      } else if lines.line(end, begins: Region.opening) {
        throw lines.fault(
          .notebookRegion, "a result begins within the one of line \(start + 1)", line: end,
          hint: "the line '\(Region.closing)' before it")
      } else if lines.line(end, begins: "<!--") {
        isInComment = !lines.text(end).contains("-->")
      } else {
        inner = NotebookFence(content)
      }
      end += 1
    }
    let range = lines.ranges[index].lowerBound..<lines.ranges[end].upperBound
    let found = Region(lines, start..<end, range: range)
    index = end + 1
    return found
  }
}

extension DiagnosticCode {
  package static let notebookFence = DiagnosticCode(
    "notebook.fence", "A block of a notebook has no closing fence, so that nothing tells where its statements end.")
  package static let notebookWord = DiagnosticCode(
    "notebook.word", "A word on a block's fence is none that a notebook knows, or the block's name is taken.")
  package static let notebookRegion = DiagnosticCode(
    "notebook.region",
    "A result has lost its beginning, its end or its block. Results are made anew by waymark run --update.")
}
