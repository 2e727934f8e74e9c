import Testing

@testable import SourceText

@Suite struct DisplayWidthTests {
  /// As terminals show them (tmux 3.3a agrees but for the selector and the skin tone, where newer ones take two columns).
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("的", 2), ("한글", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("🇳🇴", 2),
    ("👩‍👩‍👧‍👦", 2), ("❤️", 2), ("👍🏽", 2), ("❤", 1), ("क्षि", 3), ("நி", 2), ("ก็", 1), ("Ａ", 2), ("ﾊ", 1), ("–…→", 3),
  ]) func widths(_ text: String, _ width: Int) {
    #expect(text.displayWidth == width)
  }
}
