import Testing

@testable import Language

/// `line:column text` of each piece, incomplete ones with `…` behind.
private func pieces(_ text: String) -> [String] {
  StatementReader.pieces(of: text).map { "\($0.line):\($0.column) \($0.text)\($0.isIncomplete ? " …" : "")" }
}

@Suite struct StatementReaderTests {
  @Test(arguments: [
    ("count\ndescribe", ["1:1 count", "2:1 describe"]),
    ("count; describe ;; undo;", ["1:1 count", "1:8 describe", "1:20 undo"]),
    ("\u{FEFF}  count  # all\r\n\r\n describe\r\n", ["1:3 count", "3:2 describe"]),
    ("funnel a ->\n  b =>\n  c\ncount", ["1:1 funnel a ->\n  b =>\n  c", "4:1 count"]),
    ("funnel a -> # first\n b", ["1:1 funnel a -> # first\n b"]),
    ("count by a,\n b\ncount", ["1:1 count by a,\n b", "3:1 count"]),
    ("count by\n a", ["1:1 count by\n a"]),
    ("count where a = 1 OR\n b = 2 and\n c = 3", ["1:1 count where a = 1 OR\n b = 2 and\n c = 3"]),
    ("count where state = OR\ndescribe", ["1:1 count where state = OR", "2:1 describe"]),
    ("funnel a -> by\ncount", ["1:1 funnel a -> by", "2:1 count"]),
    ("count {a |\n b}", ["1:1 count {a |\n b}"]),
    ("count \\\n within 7d \\ # more\n by a\n", ["1:1 count \\\n within 7d \\ # more\n by a"]),
    ("count \\\n\ndescribe", ["1:1 count", "3:1 describe"]),
    ("count x(a = 1\n and b = 2\n)\ncount", ["1:1 count x(a = 1\n and b = 2\n)", "4:1 count"]),
    ("note \"a; b # c ->\"\ncount", ["1:1 note \"a; b # c ->\"", "2:1 count"]),
    ("note \"a \\\" b\"; count", ["1:1 note \"a \\\" b\"", "1:16 count"]),
    ("note \"open\ncount", ["1:1 note \"open", "2:1 count"]),
    ("count ]\ncount", ["1:1 count ]", "2:1 count"]),
    (
      "count purchase\n  by device\n\n  # weekly\n  per week\ncount",
      ["1:1 count purchase\n  by device\n\n  # weekly\n  per week", "6:1 count"]
    ),
    ("  count\n  describe\n    shop\n undo", ["1:3 count", "2:3 describe\n    shop", "4:2 undo"]),
    ("count;\n  describe", ["1:1 count", "2:3 describe"]),
    ("count; describe\n shop", ["1:1 count", "1:8 describe\n shop"]),
    ("\tcount\n        by a", ["1:2 count", "2:9 by a"]),
    ("help by\n  count\ncount", ["1:1 help by", "2:3 count", "3:1 count"]),
    (".mode csv\n  count\ncount", ["1:1 .mode csv", "2:3 count", "3:1 count"]),
    ("count\n  .5", ["1:1 count\n  .5"]),
    ("funnel a\n  -> b\n  => c", ["1:1 funnel a\n  -> b\n  => c"]),
    (".mode csv; x # y \ncount", ["1:1 .mode csv; x # y", "2:1 count"]),
    ("é; count", ["1:1 é", "1:4 count"]),
    ("", []), ("# only\n\n;;\n", []),
  ])
  func cutsTexts(_ text: String, _ expected: [String]) {
    #expect(pieces(text) == expected)
  }

  @Test(arguments: [
    ("funnel a ->", true), ("count {a", true), ("count by", true), ("count \\", true), ("count # ->", false),
    ("count where a = or", false), ("count; funnel a ->", true), ("note \"a ->", false), ("", false),
  ])
  func saysWhatWantsAnotherLine(_ text: String, _ isIncomplete: Bool) {
    #expect(StatementReader.isIncomplete(text) == isIncomplete)
  }

  @Test func placesErrorsInTheWholeText() throws {
    let piece = try #require(StatementReader.pieces(of: "count;  é -> \n b").last)
    #expect(piece.position(ofUTF8: 0) == (1, 9))
    #expect(piece.position(ofUTF8: 3) == (1, 11))
    #expect(piece.position(ofUTF8: 8) == (2, 2))
  }

  @Test func takesAnyBytes() throws {
    let bytes: [UInt8] = [0x63, 0xFF, 0x20, 0xC3, 0x0A, 0x00, 0x22, 0xE2, 0x82, 0x0A, 0x78]
    let texts = StatementReader.pieces(of: bytes).map(\.text)
    #expect(texts == ["c\u{FFFD} \u{FFFD}", "\u{0}\"\u{FFFD}", "x"])
  }

  @Test func anUnclosedBracketSwallowsNoMoreThanAStatementMayHold() {
    let text = "count (\n" + String(repeating: "undo\n", count: 40_000) + "redo"
    let pieces = StatementReader.pieces(of: text)
    #expect(pieces.last?.text == "redo")
    #expect((pieces.first?.text.utf8.count ?? 0) > Lexer.longestStatement)
    #expect((pieces.first?.text.utf8.count ?? 0) < Lexer.longestStatement + 10)
  }

  @Test func aMegabyteOnOneLineIsOnePiece() {
    let text = String(repeating: "x", count: 1 << 20)
    #expect(StatementReader.pieces(of: text).map(\.text.utf8.count) == [1 << 20])
  }
}
