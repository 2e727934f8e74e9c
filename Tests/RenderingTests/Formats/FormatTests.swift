import Foundation
import JourneyQuery
import JourneyTime
import SourceText
import Testing

@testable import Rendering

@Suite struct FormatTests {
  @Test(arguments: Format.allCases) func wholeTexts(_ format: Format) throws {
    let context = RenderingContext(width: 80)
    try expectGolden(render(Samples.answer, as: format, in: context).words, "funnel.\(format)")
    try expectGolden(render(Samples.mixed, as: format, in: context).words, "mixed.\(format)")
    try expectGolden(render(Samples.nastyAnswer, as: format, in: context).words, "nasty.\(format)")
  }

  @Test(arguments: [30, 80, 120, 200]) func tablesFitEveryWidth(_ width: Int) throws {
    for style in [RenderingContext.Style.plain, .ascii, .colour] {
      let context = RenderingContext(width: width, style: style)
      try expectGolden(render(Samples.answer, as: .table, in: context).forTerminal, "funnel.\(width).\(style)")
    }
  }

  @Test func noTableLineIsWiderThanTheWidth() throws {
    for width in Array(10...50) + [79, 80, 137, 200] {
      for answer in [Samples.answer, Samples.mixed, Samples.nastyAnswer] {
        for style in [RenderingContext.Style.plain, .ascii] {
          let text = try render(answer, as: .table, in: RenderingContext(width: width, style: style)).words
          for line in text.split(separator: "\n") {
            #expect(line.displayWidth <= width, "\(width): \(line)")
          }
        }
      }
    }
  }

  @Test(arguments: Format.allCases) func noControlReachesATerminal(_ format: Format) throws {
    let text = try render(Samples.nastyAnswer, as: format, in: RenderingContext(isTerminal: true)).forTerminal
    #expect(text.unicodeScalars.allSatisfy { !$0.isUnsafeToShow || $0 == "\n" })
  }

  @Test func jsonReadsBack() throws {
    for answer in [Samples.answer, Samples.nastyAnswer, Samples.mixed] {
      let text = try render(answer, as: .json, in: RenderingContext()).words
      let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
      #expect(object["question"] as? String == answer.question)
      let tables = try #require(object["tables"] as? [String: [[String: Any]]])
      #expect(tables.values.map(\.count).sorted() == answer.tables.map(\.rows.count).sorted())
      for line in try render(answer, as: .jsonl, in: RenderingContext()).words.split(separator: "\n") {
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
      }
    }
    let text = try render(Samples.nastyAnswer, as: .json, in: RenderingContext()).words
    let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let rows = try #require((object["tables"] as? [String: [[String: Any]]])?["rows"])
    #expect(rows.map { $0["again"] as? String } == Samples.nasty)
  }

  @Test func csvReadsBack() throws {
    let text = try render(Samples.nastyAnswer, as: .csv, in: RenderingContext()).words
    let records = readCSV(text)
    #expect(records.dropFirst().map { $0[0] } == Samples.nasty)
    #expect(records.allSatisfy { $0.count == 4 })
    #expect(records.dropFirst().map { Double($0[2]) } == (0..<Samples.nasty.count).map { Double($0) / 22 })
  }

  @Test func tsvReadsBack() throws {
    let text = try render(Samples.nastyAnswer, as: .tsv, in: RenderingContext()).words
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    let fields = lines.dropFirst().map { line in
      let field = String(line.split(separator: "\t", omittingEmptySubsequences: false)[0])
      return field.replacing("\\\\", with: "\u{1}").replacing("\\t", with: "\t").replacing("\\n", with: "\n")
        .replacing("\\r", with: "\r").replacing("\u{1}", with: "\\")
    }
    #expect(fields == Samples.nasty)
  }

  /// A plain reader after RFC 4180.
  private func readCSV(_ text: String) -> [[String]] {
    var records: [[String]] = [[""]]
    var isQuoted = false
    let scalars = Array(text.unicodeScalars)
    var index = 0
    func add(_ scalar: Unicode.Scalar) {
      records[records.count - 1][records[records.count - 1].count - 1].unicodeScalars.append(scalar)
    }
    while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      if scalar == "\"" {
        if isQuoted, index < scalars.count, scalars[index] == "\"" {
          add("\"")
          index += 1
        } else {
          isQuoted.toggle()
        }
      } else if isQuoted {
        add(scalar)
      } else if scalar == "," {
        records[records.count - 1].append("")
      } else if scalar == "\n" {
        records.append([""])
      } else {
        add(scalar)
      }
    }
    return Array(records.dropLast())
  }
}
