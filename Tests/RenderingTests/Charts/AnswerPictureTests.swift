import JourneyTime
import Testing

@testable import Rendering

/// Charts of whole answers, by themselves and on pages.
@Suite struct AnswerPictureTests {
  private let context = RenderingContext()

  private func trend(_ name: String) -> Table {
    Table(
      title: name, columns: [Table.Column("week")], rows: [[.text("a")], [.text("b")], [.text("c")]],
      picture: .trend(
        Trend(
          "\(name) per week", labels: ["a", "b", "c"], lines: [Trend.Line("", [.integer(1), .integer(3), .integer(2)])]
        )))
  }

  @Test func asIs() throws {
    try expectGolden(picture(of: Samples.answer, in: context) ?? "", "picture.funnel")
    let answer = Answer(question: "count <b>", tables: [trend("one"), trend("another")])
    try expectGolden(render(answer, as: .html, in: context).words, "chart.page")
    try expectGolden(render(answer, as: .svg, in: context).words, "chart.document")
  }

  /// Of every table its picture, of one without its bars; of an answer without any nothing. Ids are those of the prefix.
  @Test func picturesAlone() throws {
    var answer = Samples.answer
    #expect(try picture(of: answer, in: context)?.contains("visit: 18,234") == true)
    answer.tables += [trend("one"), trend("another")]
    for width in [0.0, 390, 800, 1_600] {
      let document = try #require(try picture(of: answer, width: width, prefix: "block7", in: context))
      #expect(document.contains("one per week") && document.contains("another per week"))
      let reading = try ChartReading(document.replacing(/<svg [^>]*>/, with: "<g>").replacing("</svg>", with: "</g>"))
      #expect(reading.ids == ["block7-title"])
      let side = try #require(document.firstMatch(of: /viewBox="0 0 (\d+)/).flatMap { Double($0.1) })
      #expect(side <= max(width, 320))
    }
    #expect(try picture(of: Samples.mixed, in: context) == nil && picture(of: Answer(), in: context) == nil)
    #expect(try picture(of: Samples.nastyAnswer, in: context)?.contains("<script>") == false)
  }

  /// A name may be a megabyte of one letter with marks, or hold what no XML may.
  @Test func namesAreCutAndCleaned() throws {
    var table = trend("one")
    let name = "e" + String(repeating: "\u{301}", count: 500_000)
    let line = Trend.Line(name, [.integer(1), .integer(2), .integer(3)])
    table.picture = .trend(Trend("\u{FFFE}\u{0}", labels: [name, "\u{FFFF}", "c"], lines: [line, line]))
    let answer = Answer(question: "\u{FFFF}", tables: [table])
    let document = try #require(try picture(of: answer, in: context))
    #expect(document.utf8.count < 30_000 && !document.unicodeScalars.contains { $0.value >= 0xFFFE })
  }

  /// A page shows one of the widths in each room: none of its rules leaves two, or none; and each id is there once.
  @Test func pagesHaveAChartForEveryWindow() throws {
    let answer = Answer(question: "count", tables: [trend("one"), trend("another")])
    let page = try render(answer, as: .html, in: context).words
    let ids = page.matches(of: /\ id="([^"]+)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count && ids.count == 8)
    #expect(page.matches(of: /role="img" aria-labelledby="([^"]+)"/).allSatisfy { ids.contains(String($0.1)) })
    for room in 280..<2_000 {
      let shown = ["size0", "size1", "size2"].filter { kind in
        let rules = page.matches(of: /@container \(width (<|>=) (\d+)px\) { #chart1 \.(\w+) { display: none } }/)
        return rules.allSatisfy { rule in
          let least = Int(rule.2) ?? 0
          let holds = rule.1 == "<" ? room < least : room >= least
          return String(rule.3) != kind || !holds
        }
      }
      #expect(shown.count == 1, "\(room): \(shown)")
    }
  }
}
