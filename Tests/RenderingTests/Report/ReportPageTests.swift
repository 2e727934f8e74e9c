import Foundation
import JourneyQuery
import Testing

@testable import Rendering

@Suite struct ReportPageTests {
  @Test(
    arguments: [
      (nil, ["## A", "# B", "# C\n## D"], ["h1 A", "h2 B", "h2 C", "h3 D"]),
      (nil, ["text", "# A", "## B", "#### C"], ["h1 A", "h2 B", "h4 C"]),
      ("T", ["# A\n## B"], ["h1 T", "h2 A", "h3 B"]),
      ("A & B", ["# A & B\n## C"], ["h1 A & B", "h2 C"]), (nil, ["none"], ["h1 Waymark"]),
      (" \n", ["none"], ["h1 Waymark"]),
      (nil, ["# *A* `b`", "###### C\n# D"], ["h1 A b", "h6 C", "h2 D"]), ("T", ["### A"], ["h1 T", "h2 A"]),
    ] as [(String?, [String], [String])]) func headings(_ title: String?, _ prose: [String], _ expected: [String])
    throws
  {
    let html = try page(title, prose.map(ReportPage.Content.markdown))
    let found = html.matches(of: /<(h[1-6]) id="[^"]+">(.*?)<\/h[1-6]>/).map { match in
      "\(match.1) \(match.2.replacing(/<[^>]+>/, with: "").replacing("&amp;", with: "&"))"
    }
    #expect(found == expected)
    #expect(html.contains("<title>\(expected[0].dropFirst(3).replacing("&", with: "&amp;"))</title>"))
  }

  @Test func headingsHaveIdsOfTheirWords() throws {
    let html = try page(
      nil, [.markdown("# Übung 商品\n## What we *saw*, `x_y`\n## what-we-saw-x_y\n## 🎉\n## 🎉\n## what we saw x_y 1")])
    let ids = html.matches(of: /<h[1-6] id="([^"]+)"/).map { String($0.1) }
    #expect(ids == ["übung-商品", "what-we-saw-x_y", "what-we-saw-x_y-1", "section", "section-1", "what-we-saw-x_y-1-1"])
    let links = html.matches(of: /<li[^>]*><a href="#([^"]+)"/).map { String($0.1) }
    #expect(links == Array(ids.dropFirst()))
  }

  @Test func contentsAreOfThreeHeadingsOrMore() throws {
    #expect(try !page("T", [.markdown("## A\n## B")]).contains("<nav"))
    #expect(try page("T", [.markdown("## A\n## B\n## C")]).contains("<nav"))
  }

  @Test func theSameContentsGiveTheSameBytes() throws {
    #expect(try ReportSamples.page == ReportSamples.page)
  }

  @Test func aCancelledRunEndsIt() throws {
    let context = RenderingContext()
    context.run.cancel()
    #expect(throws: ExecutionError.cancelled) {
      try ReportPage(title: nil, contents: ReportSamples.contents).html(in: context)
    }
  }

  /// As `sha256sum` has it; a browser runs no other script.
  @Test func theScriptIsTheOneThatThePolicyAllows() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["sha256sum"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(PageScript.text.utf8))
    try input.fileHandleForWriting.close()
    let digits = Array(
      String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self).prefix(64))
    process.waitUntilExit()
    let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
      UInt8(String(digits[$0...$0 + 1]), radix: 16)
    }
    #expect(PageScript.digest == "sha256-" + Data(bytes).base64EncodedString())
  }

  private func page(_ title: String?, _ contents: [ReportPage.Content]) throws -> String {
    try ReportPage(title: title, contents: contents).html(in: RenderingContext())
  }
}
