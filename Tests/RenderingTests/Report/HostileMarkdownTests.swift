import JourneyQuery
import TestSupport
import Testing

@testable import Rendering

/// Whatever stands in prose, nothing ends the process, and nothing in it becomes a script.
@Suite struct HostileMarkdownTests {
  @Test(arguments: [
    "[", "![", "> ", "- ", "*", "_", "`", "~", "<", "&", "\\", "|", "#", "[a](", "[a]: b\n\n", "**a *b ", "1. ", "\t",
    "\n", "\r\n",
    "\u{0}", "\u{FEFF}", "&#x", "<a href='", "http://", "a@b.", "| a | b |\n|--|--|\n", "```\n", "👩‍👩‍👧", "~~~\n", "[![",
    "](javascript:a)",
  ]) func aMegabyteOfOne(_ piece: String) throws {
    try expectHarmless(String(repeating: piece, count: 1_000_000 / piece.utf8.count))
  }

  @Test func aTableIsNotMuchMadeOfLittle() throws {
    let columns = String(repeating: "|a", count: 20_000)
    let table =
      columns + "|\n" + String(repeating: "|---", count: 20_000) + "|\n" + String(repeating: "|\n", count: 20_000)
    let pieces = try ProseWriter.pieces(of: table, Run())
    #expect(pieces.count == 1 && pieces[0] == .markup("<pre>\(table)</pre>"))
  }

  @Test func quotesAndListsAreNestedDeep() throws {
    try expectHarmless(String(repeating: "> - 1. ", count: 20_000) + "<script>")
    try expectHarmless((0..<800).map { String(repeating: " ", count: $0 * 2) + "- a" }.joined(separator: "\n"))
  }

  @Test(arguments: 1...40) func anyMixture(_ seed: UInt64) throws {
    let pieces = [
      "<script>", "</script>", "<img src=x onerror=y>", "<svg/onload=y>", " onclick=\"y\"", "[a](", "![a](", ")", "]",
      "[", "javascript:",
      "data:image/svg+xml,<svg onload=y>", "data:text/html,", "\"", "'", "\" onmouseover=\"y", ">", "<",
      "<http://a\" onclick=\"y>",
      "`", "```", "\n", "\n\n", "\r\n", "\r", "\t", " ", "# ", "- ", "- [x] ", "1. ", "> ", "|", "|-|-|", "\\", "&",
      "&quot;", "&#34;",
      "&lt;script&gt;", "&#60;script&#62;", "*", "**", "~~", "_", "http://a.b/\"'<>", "www.a.b", "a@b.c", "\u{0}",
      "\u{FEFF}", "\u{202E}",
      "é", "日本", "[a]: javascript:x \"t\"\n", "[a]: http://b \"' onclick='y\"\n", "=\n", "---\n", "text", "<!--", "]]>",
      "<?", "\u{85}",
    ]
    var random = SeededRandom(seed: seed)
    for _ in 0..<100 {
      try expectHarmless((0..<random.next(120)).map { _ in random.pick(pieces) }.joined())
    }
  }

  /// Every tag is one that we write, with attributes that we write, each in quotes.
  private func expectHarmless(_ markdown: String, at location: SourceLocation = #_sourceLocation) throws {
    let names: Set = [
      "p", "blockquote", "hr", "pre", "code", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "em",
      "strong", "del", "a",
      "img", "br", "input", "div",
    ]
    let attributes: Set = [
      "href", "title", "src", "alt", "start", "scope", "class", "type", "disabled", "checked", "aria-label",
    ]
    for piece in try ProseWriter.pieces(of: markdown, Run()) {
      let markup =
        switch piece {
        case .markup(let markup): markup
        case .heading(let heading): heading.markup
        }
      // Many are alike.
      for tag in Set(
        markup.split(separator: "<", omittingEmptySubsequences: false).dropFirst().map { $0.prefix(2_000) })
      {
        guard let end = tag.firstIndex(of: ">") else {
          Issue.record("a tag without an end: \(tag.prefix(80))", sourceLocation: location)
          return
        }
        let parts = tag[..<end].split(separator: "\"", omittingEmptySubsequences: false)
        // Outside of quotes: the name, then names of attributes.
        var words = stride(from: 0, to: parts.count, by: 2).flatMap { parts[$0].split { " =/".contains($0) } }.map(
          String.init)
        let name = words.isEmpty ? "" : words.removeFirst()
        let addresses = tag[..<end].matches(of: /(href|src)="([^"]*)"/).map { $0.2.lowercased() }
        let isHarmless =
          parts.count % 2 == 1 && names.contains(name) && words.allSatisfy(attributes.contains)
          && addresses.allSatisfy { address in
            ["http:", "https:", "mailto:", "data:image/"].contains(where: address.hasPrefix)
              || !address.prefix { !"/?#".contains($0) }.contains(":")
          }
        #expect(isHarmless, "\(tag.prefix(200)) of \(markdown.prefix(400).debugDescription)", sourceLocation: location)
      }
    }
  }
}
