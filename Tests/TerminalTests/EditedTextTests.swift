import CLibEdit
import Testing

@testable import Terminal

@Suite struct EditedTextTests {
  /// A text with `|` for the cursor; lines after the first are indented by two.
  private func edited(_ marked: String) -> EditedText {
    let parts = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let (before, after) = (EditedText.indented(parts[0], by: 2), EditedText.indented(parts[1], by: 2))
    return EditedText(characters: before + after, cursor: before.count, indent: 2)
  }

  @Test func aStatementHasNoIndents() {
    let text = edited("a\n b\n\nc|")
    #expect(text.text == "a\n   b\n  \n  c")
    #expect(text.statement == "a\n b\n\nc")
    #expect(
      EditedText(characters: Array("a\n c".unicodeScalars.map(\.value)), cursor: 0, indent: 2).statement == "a\n c")
  }

  @Test func aWordEndsBehindTheMarksOfItsLetters() {
    #expect(edited("|cafe\u{301} x").distanceToWordEnd == 5)
    #expect(edited("a| > cafe\u{301}s, x").distanceToWordEnd == 9)
    #expect(edited("a|\n>> b c").distanceToWordEnd == 7)
    #expect(edited("a|").distanceToWordEnd == 0)
  }

  @Test func theCursorSkipsIndents() {
    #expect(edited("a\n|b").distanceLeft == -3)
    #expect(edited("a|\nb").distanceRight == 3)
    #expect(edited("|a").distanceLeft == 0)
    #expect(edited("a|").distanceRight == 0)
    #expect(edited("a\nbc|d\ne").distanceToLineStart == -2)
    #expect(edited("a\nb|cd\ne").distanceToLineEnd == 2)
    #expect(edited("ab|").distanceToLineStart == -2)
  }

  @Test func upAndDownKeepTheColumn() {
    // The first line's prompt is as wide as the indent, so `b` stands over `e`.
    #expect(edited("abc\nd|ef").distanceUp == -6)
    #expect(edited("a|bc\ndef").distanceDown == 6)
    #expect(edited("abc|\nd").distanceDown == 4)
    #expect(edited("abc|").distanceUp == nil)
    #expect(edited("abc|").distanceDown == nil)
  }

  @Test func deletingANewlineTakesItsIndent() {
    #expect(edited("a\n|b").joinBefore == 3)
    #expect(edited("a|\nb").joinAfter == 3)
    #expect(edited("a\nb|").joinBefore == 1)
    #expect(edited("|a").joinBefore == 0)
    #expect(edited("a|").joinAfter == 0)
  }

  @Test(arguments: ["e\u{301}", "👩\u{200D}👩\u{200D}👧", "🇳🇴", "👍🏽", "1\u{FE0F}\u{20E3}", "한"])
  func whatIsJoinedOfSeveralIsOneCharacter(_ character: String) {
    let count = character.unicodeScalars.count
    #expect(edited("🇦🇹\(character)|x").distanceLeft == -count)
    #expect(edited("x|\(character)🇦🇹").distanceRight == count)
    #expect(edited("a\nx\(character)|").joinBefore == count)
    #expect(edited("a\n|\(character)\nb").joinAfter == count)
    #expect(edited("x|\(character)🇦🇹").transposed?.text == "\(character)x🇦🇹")
    #expect(edited("x\n🇦🇹\(character)|\ny").transposed?.text == "x\n  \(character)🇦🇹\n  y")
    #expect(edited("|\(character)x").transposed == nil)
    var within = edited("x|\(character)y")
    for distance in 1..<max(count, 1) {
      within.cursor = 1 + distance
      #expect(within.distanceToWhole == count - distance)
    }
    #expect(edited("x\(character)|y").distanceToWhole == 0)
  }

  @Test func rowsAreLibeditsOwn() {
    edit_set_locale()
    func layout(_ marked: String, columns: Int) -> ScreenLayout {
      ScreenLayout(promptColumns: 2, text: edited(marked), columns: columns)
    }
    #expect(layout("abc|", columns: 5).lastRow == 1)
    #expect(layout("ab|", columns: 5).lastRow == 0)
    #expect(layout("ab\nc|\nd", columns: 5).continuations == [1, 2])
    #expect(layout("abcde|\nd", columns: 5).rowOfCursor == 1)
    #expect(layout("a概|", columns: 5).lastRow == 1)
    #expect(layout("ab概|", columns: 5).lastRow == 1)
    #expect(layout("|", columns: 5).continuations == [])
  }

  @Test func pastedTextIsTamed() {
    #expect("a\r\nb\rc\td\u{1B}[31m\u{7F}\n\n".asPasted == "a\nb\nc d[31m")
  }

  @Test func bytesBecomeCharacters() {
    func decode(_ bytes: UInt8...) -> [UInt32]? { KeyReader.decode(bytes[...]).map { [$0.0, UInt32($0.1)] } }
    #expect(decode() == nil)
    #expect(decode(0x61, 0x62) == [0x61, 1])
    #expect(decode(0xE6, 0xA6) == nil)
    #expect(decode(0xE6, 0xA6, 0x82) == [0x6982, 3])
    #expect(decode(0xE6, 0x61) == [0xFFFD, 1])
    #expect(decode(0xED, 0xA0, 0x80) == [0xFFFD, 1])
    #expect(decode(0x80) == [0xFFFD, 1])
    #expect(decode(0xF0, 0x9F, 0x98, 0x80) == [0x1F600, 4])
  }
}
