import SourceText

/// Texts of the data as charts show them.
enum ChartText {
  /// Unicode scalars; more is never looked at: names have any length.
  private static let most = 300

  private static func start(of text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.prefix(most)))
  }

  /// As it can stand in a chart and be measured.
  static func plain(_ text: String) -> String { start(of: text).cleaned }

  /// The same, no wider than `width`: with an ellipsis for what was cut off. Linear in the text.
  static func fitted(_ text: String, _ style: TypeStyle, width: Double) -> String {
    let text = plain(text)
    let room = width - TextWidth.of("…", style)
    var (kept, used, isCut) = ("", 0.0, false)
    for character in text {
      let advance = TextWidth.of(character, style)
      used += advance
      if used <= room { kept.append(character) } else { isCut = true }
      if used > width { break }
    }
    return used > width && isCut ? kept.trimmed + "…" : text
  }

  /// A figure where it fits, whole or not at all: a part would mislead.
  static func figure(_ text: String, _ style: TypeStyle, width: Double) -> String {
    TextWidth.of(text, style) <= width ? text : ""
  }

  /// At least a line, the last with an ellipsis where there is more.
  static func lines(_ text: String, _ style: TypeStyle, width: Double, atMost most: Int) -> [String] {
    let lines = WrappedText(start(of: text), style, width: width, limit: most).lines
    return lines.isEmpty ? [""] : lines
  }

  /// For what is told of many points.
  static func brief(_ text: String) -> String { plain(text).fitted(to: 60, ellipsis: "…") }
}
