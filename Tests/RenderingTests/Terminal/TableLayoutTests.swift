import JourneyQuery
import JourneyTime
import SourceText
import TestSupport
import Testing

@testable import Rendering

@Suite struct TableLayoutTests {
  @Test func columnsOfHighPriorityNumbersGoFirst() throws {
    let table = Table(
      columns: [
        Table.Column("a", priority: 9), Table.Column("b", priority: 1), Table.Column("c"),
        Table.Column("d", priority: 2),
      ],
      rows: [[.integer(1_000_000), .integer(2_000_000), .integer(3_000_000), .integer(4_000_000)]])
    let hidden = try [80, 42, 41, 31, 30, 20, 19].map { width in
      try TableLayout(table, in: RenderingContext(width: width)).hidden.joined()
    }
    #expect(hidden == ["", "", "d", "d", "bd", "bd", "bcd"])
  }

  @Test func textsThatACutMakesAlikeAreCutInTheMiddle() throws {
    func rows(_ texts: String..., width: Int) throws -> [String] {
      let table = Table(
        columns: [Table.Column("page"), Table.Column("n")], rows: texts.map { [.text($0), .integer(1)] })
      let text = try render(Answer(tables: [table]), as: .table, in: RenderingContext(width: width)).forTerminal
      return text.split(separator: "\n").dropFirst(2).map { String($0.dropLast(3)) }
    }
    let shop = "https://shop.example/"
    #expect(
      try rows(shop + "women/scarves", shop + "men/scarves", width: 25) == [
        "…example/women/scarves", "…p.example/men/scarves",
      ])
    #expect(
      try rows(shop + "cart", shop + "checkout", width: 23) == ["https://sh…mple/cart", "https://sh…/checkout"])
    #expect(
      try rows("a text that is long enough", "another of that length", width: 19) == [
        "a text that is …", "another of that…",
      ])
  }

  @Test func whatIsToBeTypedIsWrapped() throws {
    let table = Table(
      columns: [Table.Column("on"), Table.Column("to type", isWhole: true)],
      rows: [[.text("it"), .text("add touchpoint \"Gift wrap\" to Purchase")]])
    let text = try render(Answer(tables: [table]), as: .table, in: RenderingContext(width: 24)).forTerminal
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.hasSuffix("it add touchpoint \"Gift wrap\" to Purchase"), "\(text)")
    for line in text.split(separator: "\n") { #expect(line.displayWidth <= 24) }
  }

  @Test func figuresAreNeverCut() throws {
    for width in 10...60 {
      let text = try render(Samples.answer, as: .table, in: RenderingContext(width: width)).forTerminal
      for line in text.split(separator: "\n") where line.contains("…") {
        let figures = line.split(separator: " ").filter { $0.contains("…") && $0.contains { $0.isNumber } }
        #expect(figures.isEmpty, "\(width): \(line)")
      }
    }
  }

  @Test(arguments: 0..<60) func randomTablesFit(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let columns = (0..<Int.random(in: 1...9, using: &random)).map { _ in
      Table.Column(
        Samples.nasty.randomElement(using: &random) ?? "", isBar: Bool.random(using: &random),
        showsLoss: Bool.random(using: &random), priority: Int.random(in: 0...3, using: &random),
        isWhole: Int.random(in: 0...3, using: &random) == 0)
    }
    let rows = (0..<Int.random(in: 0...6, using: &random)).map { _ in columns.map { _ in cell(&random) } }
    let table = Table(columns: columns, rows: rows)
    for style in [RenderingContext.Style.plain, .ascii] {
      let width = Int.random(in: 10...160, using: &random)
      let text = try render(Answer(tables: [table]), as: .table, in: RenderingContext(width: width, style: style))
        .forTerminal
      for line in text.split(separator: "\n") { #expect(line.displayWidth <= width, "\(width): \(line)") }
    }
  }

  private func cell(_ random: inout SeededRandom) -> Cell {
    switch Int.random(in: 0...7, using: &random) {
    case 0: .text(Samples.nasty.randomElement(using: &random) ?? "")
    case 1: .integer(Int.random(in: .min ... .max, using: &random))
    case 2: .number(Double.random(in: -1e6...1e6, using: &random))
    case 3: .share(Double.random(in: -1...2, using: &random))
    case 4: .duration(Duration(microseconds: Int64.random(in: .min ... .max, using: &random)))
    case 5: .instant(Instant(microseconds: Int64.random(in: .min ... .max, using: &random)))
    case 6: .truth(Bool.random(using: &random))
    default: .missing
    }
  }
}
