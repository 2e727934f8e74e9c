import JourneyQuery
import JourneyTime
import SourceText

/// What a text is made for: how wide, in which zone, with what means.
package struct RenderingContext: Sendable {
  package enum Style: Hashable, Sendable {
    /// Unicode and colours.
    case colour
    /// Unicode without colour: pipes, files, notebooks.
    case plain
    /// Our own drawing in ASCII; data keep their letters.
    case ascii
  }

  package enum Colours: Hashable, Sendable {
    /// The terminal's own.
    case sixteen
    /// 256, on a dark or on a light screen.
    case dark, light
  }

  /// Columns a line may take, at least 10. Formats for programs and pages ignore it.
  package var width: Int
  /// Where instants are read off the clock. Formats for programs write UTC.
  package var zone: Zone
  package var style: Style
  /// Those of the style `colour`.
  package var colours = Colours.sixteen
  /// How many rows a terminal table shows before it says how many more there are; nil for all.
  package var rowLimit: Int?
  /// Whether the text goes straight to a terminal, which would break words at its edge.
  package var isTerminal: Bool
  /// Whether each rate has its interval of 95 % beside it.
  package var hasIntervals = false
  /// In CSV and TSV.
  package var formulas = Formulas.plain
  /// Stops the rendering when it is cancelled.
  package var run = Run()

  package init(
    width: Int = 80, zone: Zone = .utc, style: Style = .plain, rowLimit: Int? = nil, isTerminal: Bool = false
  ) {
    self.width = max(10, width)
    self.zone = zone
    self.style = style
    self.rowLimit = rowLimit
    self.isTerminal = isTerminal
  }
}

/// The signs a style draws with.
struct Glyphs: Sendable {
  let ellipsis: String
  let rule: String
  let missing: String
  let dot: String
  let taken: String
  let forbidden: String
  let flag: String
  let barFull: String
  let barLoss: String
  let micro: String
  /// From one figure to another.
  let span: String
  let pointer: String
  /// The lowest first.
  let levels: [Character]

  static func of(_ style: RenderingContext.Style) -> Glyphs { style == .ascii ? ascii : unicode }

  private static let unicode = Glyphs(
    ellipsis: "…", rule: "─", missing: "–", dot: "·", taken: "✓", forbidden: "✗", flag: "⚑", barFull: "█",
    barLoss: "░", micro: "µ", span: "–", pointer: "◂", levels: Array("▁▂▃▄▅▆▇█"))
  private static let ascii = Glyphs(
    ellipsis: "...", rule: "-", missing: "-", dot: ".", taken: "+", forbidden: "x", flag: "*", barFull: "#",
    barLoss: ".", micro: "u", span: "-", pointer: "<", levels: Array("_.-=+*#"))
}

extension RenderingContext {
  /// Whether what stands behind a text can be coloured.
  var hasGrounds: Bool { style == .colour && colours != .sixteen }
  var glyphs: Glyphs { Glyphs.of(style) }
}
