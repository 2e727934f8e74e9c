import Foundation
import JourneyQuery
import Testing

@testable import Rendering

/// The page as a browser shows, sorts, copies and prints it.
@Suite(.enabled(if: Chromium.path != nil, "chromium is not there"), .serialized) struct ReportInBrowserTests {
  private static let table = "table[data-sortable]"

  private func opened(_ html: String) throws -> Chromium {
    let browser = try Chromium()
    try browser.resize(width: 1_600)
    try browser.open(html)
    return browser
  }

  /// The checks find what they look for.
  @Test func whatIsWrongIsFound() throws {
    let browser = try opened(
      """
      <!DOCTYPE html><title>wrong</title><p id="twice" style="color: #999">pale</p>
      <p id="twice" style="background: #333"><b style="color: #666">dark</b><b style="color: #fff">light</b></p>
      <svg width="100" height="40"><rect width="100" height="40" fill="#666"/><text y="20">drawn</text></svg>
      <svg width="100" height="40" aria-labelledby="nowhere"><text y="20">drawn on nothing</text></svg>
      <table><tr><td>a</td></tr></table><div style="width: 1700px">wide</div><a href="#nothing">link</a>
      <script>console.log("said")</script><img src="https://localhost:1/a.png" alt="">
      """)
    let contrasts = try browser.value(of: BrowserChecks.contrasts, as: [String].self)
    #expect(
      contrasts.count == 4 && zip(contrasts.dropFirst(), ["pale", "dark", "drawn"]).allSatisfy { $0.hasSuffix($1) })
    #expect(try browser.value(of: BrowserChecks.identities, as: [String].self) == ["twice", "nowhere", "nothing"])
    #expect(try browser.value(of: BrowserChecks.headless, as: [String].self).count == 1)
    let excess = try browser.value(of: BrowserChecks.excess, as: [String].self)
    #expect((Int(excess[0]) ?? 0) > 100 && excess.count == 2)
    #expect(browser.events.count { $0.method == "Runtime.consoleAPICalled" } == 1)
    #expect(browser.events.count { $0.method == "Network.requestWillBeSent" } == 2)
  }

  @Test func nothingIsFetchedOrComplainedOf() throws {
    let browser = try opened(ReportSamples.page)
    let requests = browser.events.filter { $0.method == "Network.requestWillBeSent" }.compactMap {
      ($0.of["request"] as? Chromium.Object)?["url"] as? String
    }
    #expect(requests.count { !$0.hasPrefix("data:image/png") } == 1, "\(requests)")
    let said = browser.events.filter {
      ["Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"].contains($0.method)
    }
    #expect(said.isEmpty, "\(said)")
    // Else nothing would be told of it, either.
    #expect(
      try browser.value(
        of: "document.querySelectorAll('th button').length > 0 && document.images[0].naturalWidth === 5"))
  }

  @Test func theOutlineIsWhole() throws {
    let browser = try opened(ReportSamples.page)
    #expect(try browser.value(of: "document.querySelectorAll('h1').length") == 1)
    #expect(try browser.value(of: BrowserChecks.identities) as [String] == [])
    #expect(try browser.value(of: BrowserChecks.headless) as [String] == [])
    #expect(
      try browser.value(
        of: "document.querySelectorAll('script').length + document.querySelectorAll('svg script').length") == 1)
    #expect(try browser.value(of: "document.querySelector('nav details').open"))
    try browser.resize(width: 390)
    #expect(try browser.value(of: "!document.querySelector('nav details').open"))
  }

  @Test func nothingSticksOut() throws {
    let browser = try opened(ReportSamples.page)
    _ = try browser.value(
      of: "document.querySelectorAll('details').forEach(box => { box.open = true }), true", as: Bool.self)
    for width in [320, 390, 800, 1_200, 1_600] {
      try browser.resize(width: width)
      let excess = try browser.value(of: BrowserChecks.excess, as: [String].self)
      #expect(excess == ["0"], "\(width): \(excess)")
    }
  }

  @Test(arguments: [false, true], [390, 800, 1_600]) func everyTextCanBeRead(isDark: Bool, width: Int) throws {
    let browser = try opened(ReportSamples.page)
    _ = try browser.value(
      of: "document.querySelectorAll('details').forEach(box => { box.open = true }), true", as: Bool.self)
    try browser.resize(width: width, height: 60_000, isDark: isDark)
    let found = try browser.value(of: BrowserChecks.contrasts, as: [String].self)
    #expect((Int(found[0]) ?? 0) > 600)
    #expect(found.count == 1, "\(found.dropFirst().prefix(20).joined(separator: "\n"))")
  }

  /// By exact values, up and down and back again; what is missing last, and `(other)` behind all.
  @Test(arguments: [false, true]) func aTableIsSorted(byKey: Bool) throws {
    let browser = try opened(render(ReportSamples.sortable, as: .html, in: RenderingContext()).words)
    let names = BrowserChecks.column(0, of: Self.table)
    let (no, sum, de, b, other) = ("NO", "=1+1", "at\"DE\"", "<b>", "(other)")
    for (column, orders) in [
      (2, [[de, no, sum, b, other], [b, sum, no, de, other]]),
      (4, [[b, no, de, sum, other], [de, no, b, sum, other]]),
      (5, [[b, no, de, sum, other], [de, no, b, sum, other]]),
      (1, [[b, sum, no, de, other], [de, no, sum, b, other]]),
    ] {
      let button = "\(Self.table) th:nth-child(\(column)) button"
      let ways = column == 1 ? ["ascending", "descending"] : ["descending", "ascending"]
      for (way, order) in zip(ways + ["none"], orders + [[no, sum, de, b, other]]) {
        try byKey ? browser.enter(button) : browser.click(button)
        #expect(try browser.value(of: names, as: [String].self) == order, "column \(column), \(way)")
        let told = "[...document.querySelectorAll('\(Self.table) th')].map(head => head.ariaSort ?? 'none')"
        let others = Array(repeating: "none", count: 5)
        #expect(
          try browser.value(of: told, as: [String].self) == others.prefix(column - 1) + [way] + others.dropFirst(column)
        )
      }
    }
  }

  /// As `tsv` has it, but for what a spreadsheet would run.
  @Test func aTableIsCopied() throws {
    let browser = try opened(render(ReportSamples.sortable, as: .html, in: RenderingContext()).words)
    let expected = try render(ReportSamples.sortable, as: .tsv, in: RenderingContext()).words.replacing(
      "=1+1", with: "'=1+1")
    _ = try browser.value(
      of: """
        navigator.clipboard.writeText = async text => { window.copied = text }
        document.addEventListener("copy", () => { window.selected = document.activeElement.value })
        """, as: String?.self)
    try browser.click("button.copy")
    #expect(try browser.value(of: "window.copied") == expected)
    #expect(try browser.value(of: "document.querySelector('button.copy').textContent") == "Copied")
    // Where a browser has no clipboard for files.
    _ = try browser.value(of: "navigator.clipboard.writeText = () => { throw new Error() }, true", as: Bool.self)
    try browser.click("button.copy")
    #expect(try browser.value(of: "window.selected") == expected)
  }

  @Test func itIsPrintedOnFewPages() throws {
    let browser = try opened(ReportSamples.page)
    let pages = String(decoding: try browser.printed(), as: Unicode.ASCII.self).matches(of: /\/Type \/Page\b(?!s)/)
      .count
    #expect((6...16).contains(pages), "\(pages)")
    // What is wider than A4 within its margins has a browser print all of the page smaller.
    try browser.resize(width: 687, isPaper: true)
    let excess = try browser.value(of: BrowserChecks.excess, as: [String].self)
    #expect(excess == ["0"], "\(excess)")
    #expect(try browser.value(of: "getComputedStyle(document.querySelector('nav')).display") == "none")
  }
}
