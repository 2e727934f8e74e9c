import JourneyQuery
import TestSupport
import Testing

@testable import Rendering

@Suite struct RecordedValuesTests {
  private static let texts = [
    "phone", "", "a\tb", "a\nb", "\\", "\\N", "# x", "> y", "… z", "-->", "<!-- /waymark -->", "--", "---",
    "é\u{0}\u{1b}", " ",
  ]

  private func cell(_ random: inout SeededRandom) -> Cell {
    switch random.next(8) {
    case 0: .integer(random.next(10))
    case 1: .share(Double(random.next(10)) / 7)
    case 2: .number(Double(random.next(10)) / 3)
    case 3: .missing
    case 4: .rate(random.next(5), of: 7)
    case 5: .truth(true)
    default: .text(random.pick(Self.texts))
    }
  }

  private func answers(_ random: inout SeededRandom) -> [Answer] {
    (0..<random.next(3)).map { _ in
      let tables = (0..<random.next(3)).map { _ in
        let columns = (0...random.next(3)).map { Table.Column(random.pick(Self.texts) + "\($0)") }
        let rows = (0..<random.next(5)).map { _ in columns.map { _ in cell(&random) } }
        return Table(title: random.one(in: 2) ? nil : random.pick(Self.texts), columns: columns, rows: rows)
      }
      return Answer(tables: tables, notes: (0..<random.next(3)).map { _ in random.pick(Self.texts) })
    }
  }

  /// Whatever stands in cells, what is written reads back as it was, and ends no comment.
  @Test(arguments: 0..<4) func `values read back`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    for _ in 0..<500 {
      let answers = answers(&random)
      let values = try RecordedValues(answers, Run())
      try #require(RecordedValues(values.text) == values, "\(values.text)")
      try #require(!values.text.contains("--") && !values.text.contains("\r"))
      let none = try RecordedValues(values.text).differences(
        from: values, of: answers, in: RenderingContext(), comparesSentences: true
      ) { $0 == $1 || $2 }
      try #require(none.isEmpty)
    }
  }

  private func table(_ rows: [[Cell]], columns: [Table.Column]? = nil) -> Answer {
    Answer(
      tables: [
        Table(columns: columns ?? [.init("device"), .init("customers"), .init("conversion", isBar: true)], rows: rows)
      ], notes: ["counted: all"])
  }

  private func differences(
    _ old: Answer, _ new: Answer, _ allows: (Double, Double, Bool) -> Bool = { found, recorded, _ in found == recorded }
  ) throws -> [String] {
    try RecordedValues(try RecordedValues([old], Run()).text).differences(
      from: RecordedValues([new], Run()), of: [new], in: RenderingContext(), comparesSentences: true, allows: allows)
  }

  @Test func `rows are told apart by their names, figures held against each other`() throws {
    let old = table([
      [.text("phone"), .integer(1200), .rate(521, of: 1000)], [.text("desktop"), .integer(7), .rate(1, of: 2)],
      [.missing, .integer(1), .missing],
    ])
    let new = table([
      [.text("tablet"), .integer(7), .rate(1, of: 2)], [.text("phone"), .integer(1201), .rate(498, of: 1000)],
      [.missing, .integer(1), .missing],
    ])
    #expect(
      try differences(old, new) == [
        "row 'desktop' is gone", "row 'tablet' is new", "phone, customers 1,200 → 1,201",
        "phone, conversion 52.1 % → 49.8 %",
      ])
    #expect(
      try differences(old, new) { found, recorded, isShare in abs(found - recorded) <= (isShare ? 0.03 : 1) }
        == ["row 'desktop' is gone", "row 'tablet' is new"])
  }

  @Test func `what people would not see is written with more digits`() throws {
    let (old, new) = (
      table([[.text("a"), .integer(1), .share(0.12345)]]), table([[.text("a"), .integer(1), .share(0.12349)]])
    )
    #expect(try differences(old, new) == ["a, conversion 12.345 % → 12.349 %"])
  }

  @Test func `order, columns, tables and sentences count`() throws {
    let rows: [[Cell]] = [[.text("a"), .integer(1), .share(0.5)], [.text("b"), .integer(1), .share(0.5)]]
    #expect(try differences(table(rows), table(rows.reversed())) == ["its rows stand in another order"])
    let other = table(rows, columns: [.init("device"), .init("people"), .init("conversion", isBar: true)])
    #expect(try differences(table(rows), other) == ["column 'customers' is gone", "column 'people' is new"])
    var said = table(rows)
    said.notes = ["counted: some"]
    #expect(try differences(table(rows), said) == ["'counted: all' → 'counted: some'"])
    said.tables = []
    #expect(try differences(table(rows), said) == ["table '' is gone", "'counted: all' → 'counted: some'"])
  }

  @Test func `very long tables are known by their rest`() throws {
    func long(_ last: Int) -> Answer {
      table((0..<500).map { [.text("r\($0)"), .integer($0 == 499 ? last : 1), .share(0.5)] })
    }
    #expect(try RecordedValues([long(1)], Run()).text.split(separator: "\n").count < 210)
    #expect(
      try differences(long(1), long(2)) == [
        "of the rows that are not recorded one by one (300, now 300) some are others"
      ])
  }
}
