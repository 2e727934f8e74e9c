import Rendering

extension FuzzTarget {
  /// The prose of a report: whatever Markdown it is, the page has its own script alone, one title, and no event handlers.
  package static let prose = FuzzTarget(
    "prose", longest: 8_192,
    words: ProseReadings.words,
    example: { random in
      let lines = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        (0..<Int.random(in: 0...6, using: &random))
          .map { _ in ProseReadings.words.randomElement(using: &random) ?? "" }.joined(separator: " ")
      }
      return Array(lines.joined(separator: "\n").utf8)
    },
    read: { bytes in
      guard let text = String(validating: bytes, as: UTF8.self) else { return }
      try ProseReadings.check(text)
    })
}

private enum ProseReadings {
  static let words = [
    "# ", "## ", "title", "- ", "- [x] ", "1. ", "> ", "---", "```", "    code", "| a | b |", "|---|--:|", "**", "~~",
    "_", "`", "\\",
    "[a](https://b.c \"d\")", "[a](javascript:b)", "![a](data:image/png;base64,AA==)", "![a](b.png)",
    "[a]: javascript:b", "[a]", "www.a.b",
    "a@b.c", "<https://a.b>", "<script>", "</script>", "<img src=a onerror=b>", "\" onclick=\"a", "' onclick='a",
    "&lt;script&gt;",
    "&#60;", "&colon;", "<!--", "-->", "]]>",
  ]

  static func check(_ text: String) throws {
    let page = try ReportPage(title: nil, contents: [.markdown(text)]).html(in: RenderingContext())
    for (mark, count) in [("<script", 1), ("</script", 1), ("<style", 1), ("<h1", 1), ("</main>", 1), ("<iframe", 0)] {
      let found = page.ranges(of: mark).count
      guard found == count else { throw Contradiction("\(mark) occurs \(found) times, not \(count)") }
    }
    // What stands between quotes of a tag is text.
    guard let body = page.split(separator: "<main>").last?.split(separator: "</main>").first else { return }
    for tag in body.split(separator: "<").map({ $0.prefix { $0 != ">" } }) {
      let outside = tag.split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter {
        $0.offset % 2 == 0
      }
      if outside.contains(where: { $0.element.contains(" on") }) { throw Contradiction("a handler in <\(tag)>") }
    }
  }
}
