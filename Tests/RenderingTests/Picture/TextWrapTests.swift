import Testing

@testable import Rendering

@Suite struct TextWrapTests {
  @Test(arguments: [
    ("Behandlungsvorbereitung", "Behand-lungs-vor-be-rei-tung"), ("Aufmerksamkeit", "Auf-merk-sam-keit"),
    ("Versandbenachrichtigung", "Ver-sand-be-nach-rich-ti-gung"), ("programme", "pro-gramme"), ("strength", "strength"),
    ("https://x.y/abcdef", "https://x.y/abc-def"), ("ab", "ab"),
  ])
  func wordsArePartedBetweenSyllables(word: String, parted: String) {
    let joints = Syllables.joints(in: Array(word))
    let parts = zip([0] + joints, joints + [word.count]).map { String(Array(word)[$0..<$1]) }
    #expect(parts.joined(separator: "-") == parted)
  }

  @Test func aLongWordEndsItsLinesInHyphens() {
    for word in ["Behandlungsvorbereitungsgespräch", "Kundenzufriedenheitsbefragung"] {
      let wrapped = WrappedText("\(word) heute", .name, width: 120, limit: 9)
      #expect(wrapped.lines.count > 2 && !wrapped.isCut)
      #expect(wrapped.lines.allSatisfy { TextWidth.of($0, .name) <= 120 })
      #expect(wrapped.lines.joined(separator: " ").replacing("- ", with: "") == "\(word) heute")
    }
    let plain = WrappedText("WWWWWWWWWWWWWWWW", .name, width: 60, limit: 9)
    #expect(plain.lines.joined() == "WWWWWWWWWWWWWWWW")
  }

  @Test func breaksAtSpacesHyphensAndBetweenIdeographs() {
    #expect(lines("Shipping cost appears late", 100) == ["Shipping cost", "appears late"])
    #expect(lines("Shipping cost appears late", 165) == ["Shipping cost", "appears late"])
    #expect(lines("since 2025-06-01", 84) == ["since", "2025-06-01"])
    #expect(lines("well-being", 50) == ["well-", "being"])
    #expect(lines("effort 2 · owner", 60) == ["effort 2", "owner"])
    #expect(lines("配送料が最後に表示される", 60) == ["配送料が", "最後に表", "示される"])
    #expect(lines("終わり。次", 44) == ["終わ", "り。次"])
    #expect(lines("  a \n\t b  ", 100) == ["a b"])
    #expect(lines("   ", 100).isEmpty)
  }

  @Test func breaksLongWordsAndMarksWhatIsCut() {
    let word = WrappedText(String(repeating: "W", count: 40), .body, width: 100, limit: 2)
    #expect(word.isCut && word.lines.count == 2)
    #expect(word.lines[0].allSatisfy { $0 == "W" } && word.lines[1].hasSuffix("W…"))
    let whole = WrappedText("one two", .body, width: 1000, limit: 1)
    #expect(!whole.isCut && whole.lines == ["one two"])
  }

  @Test(arguments: ["plain words of all lengths", "ÄÖÜäöüß ñandú", "カート追加🎁", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", "Щедрость", "iiiiiiiiii"])
  func noLineIsWiderThanItMayBe(text: String) {
    for width in stride(from: 24.0, through: 200, by: 7) {
      let wrapped = WrappedText(text, .name, width: width, limit: 100)
      for line in wrapped.lines { #expect(TextWidth.of(line, .name) <= width, "\(line) in \(width)") }
      #expect(wrapped.lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
    }
  }

  @Test func widthsOfScripts() {
    #expect(TextWidth.of("é", .body) == TextWidth.of("e", .body))
    #expect(TextWidth.of("e\u{301}", .body) == TextWidth.of("e", .body))
    #expect(TextWidth.of("é", .body) < TextWidth.of("長", .body))
    #expect(TextWidth.of("👩‍👩‍👧‍👦", .body) == TextWidth.of("🎁", .body))
    #expect(TextWidth.of("W", .name) > TextWidth.of("W", .body))
  }

  private func lines(_ text: String, _ width: Double) -> [String] {
    WrappedText(text, .body, width: width, limit: 10).lines
  }
}
