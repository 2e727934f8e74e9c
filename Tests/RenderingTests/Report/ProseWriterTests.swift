import JourneyQuery
import TestSupport
import Testing

@testable import Rendering

@Suite struct ProseWriterTests {
  @Test(arguments: [
    ("a *b* **c** ~~d~~ `e`", "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e</code></p>"),
    (
      "- [x] a\n- [ ] b",
      "<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled checked aria-label=\"done\"> a</li>\n"
        + "<li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"not done\"> b</li>\n</ul>"
    ),
    ("3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>"),
    (
      "| a | b |\n|---|--:|\n| 1 | 2 |",
      "<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">a</th>\n<th scope=\"col\" class=\"figure\">b</th>\n</tr>\n"
        + "</thead>\n<tbody><tr><td>1</td>\n<td class=\"figure\">2</td>\n</tr>\n</tbody>\n</table></div>"
    ),
    ("```sql\na\n\n\tb\r\n```", "<pre><code>a\n\n    b\n</code></pre>"),
    ("> a\n> b\\\n> c", "<blockquote><p>a\nb<br>\nc</p>\n</blockquote>"),
    ("a\n\n---", "<p>a</p>\n<hr>"),
    ("\u{FEFF}a\u{0}b\u{1B}\u{202E}", "<p>a\u{FFFD}b\\u{1B}\\u{202E}</p>"),
    (
      "&lt;b&gt; &eacute; &#233; &#x202E; &#0; &bogus; AT&T",
      "<p>&lt;b&gt; &eacute; é \\u{202E} \u{FFFD} &bogus; AT&amp;T</p>"
    ),
    (
      "<b onclick=\"x()\">a</b>\n\n<script>x()</script>",
      "<p>&lt;b onclick=&quot;x()&quot;&gt;a&lt;/b&gt;</p>\n<p>&lt;script&gt;x()&lt;/script&gt;</p>"
    ),
  ]) func writes(_ markdown: String, _ html: String) throws {
    #expect(try text(of: markdown) == html)
  }

  @Test(arguments: [
    ("[a](https://b.c/d?e=1&f=2 \"g\")", "<a href=\"https://b.c/d?e=1&amp;f=2\" title=\"g\">a</a>"),
    ("[a](q2.way.html#top)", "<a href=\"q2.way.html#top\">a</a>"), ("[a](#übung)", "<a href=\"#%C3%BCbung\">a</a>"),
    ("www.a.de", "<a href=\"http://www.a.de\">www.a.de</a>"), ("a@b.de", "<a href=\"mailto:a@b.de\">a@b.de</a>"),
    ("[a](javascript:b)", "a"), ("[a](JaVaScRiPt:b)", "a"), ("[a](data:text/html,b)", "a"), ("[a](file:///b)", "a"),
    ("[a](//b.c)", "a"), ("<vbscript:a>", "vbscript:a"), ("[a](&#106;avascript:b)", "a"),
    ("[a](javascript&#58;b)", "a"),
    ("[a](javascript&colon;b)", "<a href=\"javascript&amp;colon;b\">a</a>"),
    ("[a](<java\tscript:b>)", "a"), ("[a](<\u{1}javascript:b>)", "a"),
    ("[![a](https://b.c/d.png)](https://e.f)", "<a href=\"https://e.f\">a</a>"),
    ("![a *b*](https://b.c/d.png)", "<a href=\"https://b.c/d.png\">a b</a>"),
    ("![a](d.png)", "<a href=\"d.png\">a</a>"),
    ("![](d.png)", "<a href=\"d.png\">d.png</a>"), ("![a](javascript:b)", "a"),
    ("![a \"b\"](data:image/png;base64,AA==)", "<img src=\"data:image/png;base64,AA==\" alt=\"a &quot;b&quot;\">"),
    ("![a](data:text/html,b)", "a"),
  ]) func links(_ markdown: String, _ html: String) throws {
    #expect(try text(of: markdown) == "<p>\(html)</p>")
  }

  /// What a paragraph or two become.
  private func text(of markdown: String) throws -> String {
    try ProseWriter.pieces(of: markdown, Run()).map {
      switch $0 {
      case .markup(let markup): markup
      case .heading(let heading): "<h\(heading.level)>\(heading.markup)</h\(heading.level)>"
      }
    }.joined(separator: "\n")
  }
}
