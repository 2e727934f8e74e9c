import SourceText
import TestSupport
import Testing

@testable import Interchange

@Suite struct NotebookTests {
  private func notebook(_ text: String) throws -> Notebook { try Notebook(Array(text.utf8), file: "q.way.md") }
  private func code(_ notebook: Notebook) -> [String] {
    notebook.blocks.map { String(decoding: notebook.statements(of: $0), as: UTF8.self) }
  }

  @Test func `blocks are fences of the language, wherever Markdown has code`() throws {
    let found = try notebook(
      """
      # Title

      ```way name=a fold
      count visit
      ```
      ````markdown
      ```way
      no block: it stands in another fence
      ```
      ````
      <!-- nor is one in a comment
      ```way
      count nothing
      ```
      -->
      - a list

        ~~~way tolerance=2pt
        count *
        ```
        ~~~

      text

          ```way
          code by its indentation
          ```

      ```ways
      another language
      ```
      ```way
      way> count visit
      a conversation
      ```
      ```way skip error=step.unknown
      ```
      """)
    #expect(code(found) == ["count visit\n", "  count *\n  ```\n", "way> count visit\na conversation\n", ""])
    #expect(found.blocks.map(\.name) == ["a", "2", "3", "3"])
    #expect(found.blocks.map(\.line) == [3, 18, 32, 36])
    #expect(found.blocks.map(\.isTranscript) == [false, false, true, false])
    #expect(found.blocks[0].words.isFolded && found.blocks[3].words.isSkipped)
    #expect(found.blocks[1].words.tolerance == .points(2))
    #expect(found.blocks[3].words.expectedError == "step.unknown")
    #expect(found.blocks[1].indentation == "  ")
  }

  @Test func `front matter says what a notebook needs`() throws {
    let front = try notebook(
      "---\r\ntitle: \"Q3\"\r\nauthor: x\r\nworkspace: shop.waymark\r\nzone: Europe/Oslo\r\n"
        + "params:\r\n  month: 2025-04\r\n  who: \"7\"\r\n---\r\ntext\r\n"
    ).front
    #expect(front.title == "Q3" && front.workspace == "shop.waymark" && front.zone == "Europe/Oslo")
    #expect(front.parameters.map(\.name) == ["month", "who"] && front.parameters.map(\.value) == ["2025-04", "7"])
    #expect(front.parameters.map(\.isQuoted) == [false, true] && front.parameters.map(\.line) == [7, 8])
    #expect(try notebook("text\n---\n").front.title == nil)
    #expect(try notebook("---\n---\n").front.title == nil)
  }

  @Test(arguments: [
    ("```way\ncount *\n", "notebook.fence", "q.way.md:1:1"),
    ("\n  ```way nme=x\n```\n", "notebook.word", "q.way.md:2:10"),
    ("```way name=../x\n```\n", "notebook.word", "q.way.md:1:8"),
    ("```way tolerance=much\n```\n", "notebook.word", "q.way.md:1:8"),
    ("```way name=a\n```\n```way name=a\n```\n", "notebook.word", "q.way.md:3:1"),
    ("```way name=2\n```\n```way\n```\n", "notebook.word", "q.way.md:3:1"),
    ("```way\n```\n<!-- waymark:result -->\n", "notebook.region", "q.way.md:3:1"),
    ("```way\n```\n<!-- waymark:result -->\n```text\n<!-- /waymark -->\n", "notebook.region", "q.way.md:3:1"),
    ("```way\n```\n<!-- waymark:result -->\n<!-- waymark:result -->\n", "notebook.region", "q.way.md:4:1"),
    ("<!-- waymark:result -->\n<!-- /waymark -->\n", "notebook.region", "q.way.md:1:1"),
    ("text\n<!-- /waymark -->\n", "notebook.region", "q.way.md:2:1"),
    ("---\ntitle: x\n", "notebook.front", "q.way.md:1:1"),
    ("---\ntitle: [\n---\n", "notebook.front", "q.way.md"),
    ("---\nwokspace: x\n---\n", "notebook.front", "q.way.md:2:1"),
    ("---\nparams: 3\n---\n", "notebook.front", "q.way.md:2:1"),
    ("---\ntitle:\n  a: b\n---\n", "notebook.front", "q.way.md:2:1"),
  ]) func `what is no notebook is told with its place`(text: String, code: String, place: String) throws {
    let error = try #require(throws: Diagnostic.self) { try notebook(text) }
    #expect(error.code.name == code)
    #expect(error.place?.hasPrefix(place) ?? false, "\(error)")
  }

  @Test func `regions are told from what stands around them`() throws {
    let region = Region.text(
      marks: [("data", "1"), ("text", "2")], shown: Region.fenced("a ``` b\n<!-- /waymark -->", as: "text"),
      values: "# x\nrow\n")
    let text =
      "- x\n  ```way\n  count *\n  ```\n" + region.split(separator: "\n").map { "  \($0)\n" }.joined() + "\nend"
    let found = try notebook(text)
    let block = try #require(found.blocks.first)
    let read = try #require(block.region)
    #expect(read.marks == ["data": "1", "text": "2"] && read.values == "# x\nrow\n")
    #expect(read.shown == "````text\na ``` b\n<!-- /waymark -->\n````\n")
    #expect(found.replacing([0: region]) == Array(text.utf8))
    #expect(String(decoding: found.replacing([0: ""]), as: UTF8.self) == "- x\n  ```way\n  count *\n  ```\n\nend")
  }

  /// Whatever stands around regions keeps every byte, and a region that is put in is read as it was.
  @Test(arguments: 0..<8) func `all but regions keeps its bytes`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let pieces = [
      "text", "- item", "", "   ", "\t", "```way", "```", "~~~", "````way fold", "````", "count *", "\u{0}\u{7f}é",
      "<!-- x",
      "-->", "---", "    ```way", "  ```way name=a", "> ```way", "<!-- waymark:result data=1 -->", "<!-- /waymark -->",
    ]
    var read = 0
    for _ in 0..<3_000 {
      let end = random.one(in: 2) ? "\n" : "\r\n"
      var text = random.one(in: 5) ? "\u{FEFF}" : ""
      for _ in 0..<random.next(14) { text += random.pick(pieces) + end }
      if random.one(in: 3) { text += random.pick(pieces) }
      guard let found = try? notebook(text) else { continue }
      read += 1
      try #require(found.replacing([:]) == Array(text.utf8))
      let regions = Dictionary(
        uniqueKeysWithValues: found.blocks.indices.filter { !found.blocks[$0].isTranscript }.map { index in
          (index, Region.text(marks: [("n", "\(index)")], shown: Region.fenced("a\n\nb", as: "text"), values: "v\n"))
        })
      let written = found.replacing(regions)
      let again = try Notebook(written, file: "q.way.md")
      try #require(again.blocks.count == found.blocks.count, "\(text.debugDescription)")
      for (index, block) in again.blocks.enumerated() where regions[index] != nil {
        try #require(block.region?.marks == ["n": "\(index)"] && block.region?.shown == "```text\na\n\nb\n```\n")
        try #require(again.statements(of: block) == found.statements(of: found.blocks[index]))
      }
      try #require(again.replacing(regions) == written)
      let stripped = again.replacing(regions.mapValues { _ in "" })
      let plain = found.replacing(regions.mapValues { _ in "" })
      try #require(stripped == plain || found.blocks.contains { $0.end == text.utf8.count })
    }
    #expect(read > 500)
  }

  @Test func `ten thousand blocks are read`() throws {
    let found = try notebook(String(repeating: "text\n\n```way\ncount *\n```\n\n", count: 10_000))
    #expect(found.blocks.count == 10_000 && found.blocks.last?.line == 59_997)
  }

  @Test(arguments: [
    ("3", 10.0, 13.0, true), ("3", 10, 13.1, false), ("1%", 200, 202, true), ("1%", 200, 202.1, false),
    ("2pt", 0.5, 0.52, true),
  ])
  func `a tolerance allows what it says`(text: String, recorded: Double, found: Double, allows: Bool) throws {
    let tolerance = try #require(Tolerance(text))
    #expect(tolerance.allows(found, for: recorded, isShare: recorded < 1) == allows)
    #expect(!Tolerance.none.allows(found, for: recorded, isShare: true))
  }
}
