import SourceText
import Testing

@Suite struct PaintedTextTests {
  @Test func wordsNeverBecomeSequences() {
    var text = PaintedText("a\u{1B}[31m\n")
    text.append("b\u{202E}", rendition: "1;38;5;75")
    text.append("c", rendition: "4m\u{1B}]")
    #expect(text.words == "a\u{1B}[31m\nb\u{202E}c")
    #expect(text.shownWords == "a\\u{1B}[31m\nb\\u{202E}c")
    #expect(
      text.forTerminal == "a\\u{1B}[31m\n\u{1B}[1;38;5;75mb\\u{202E}\u{1B}[0m\u{1B}[4mc\u{1B}[0m")
  }

  @Test func runsOfOneRenditionAreOne() {
    var (left, right) = (PaintedText("a"), PaintedText())
    left.append("b")
    right.append("ab")
    right.append("")
    #expect(left == right && !left.endsWithNewline && PaintedText("\n").endsWithNewline && PaintedText().isEmpty)
  }

  /// Everything that Unicode has for turning text around, and all controls; letters, joiners and combining marks stay.
  @Test func whatIsUnsafe() {
    for value: UInt32 in [
      0, 7, 0x1B, 0x7F, 0x85, 0x9B, 0x61C, 0x200E, 0x200F, 0x2028, 0x202A, 0x202E, 0x2066, 0x2069, 0x206F,
    ] {
      #expect(Unicode.Scalar(value)?.isUnsafeToShow == true, "\(value)")
    }
    for scalar in "aé\u{301}\u{200C}\u{200D}\u{AD}\u{A0}א概👩".unicodeScalars {
      #expect(!scalar.isUnsafeToShow, "\(scalar)")
    }
    // All that is in the category of controls, and all that Unicode lists as bidirectional controls.
    for value in 0..<0x11_0000 as Range<UInt32> {
      guard let scalar = Unicode.Scalar(value) else { continue }
      if scalar.properties.generalCategory == .control || scalar.properties.isBidiControl {
        #expect(scalar.isUnsafeToShow, "\(value)")
      }
    }
  }
}
