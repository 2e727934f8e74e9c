/// A colour of a chart: an attribute for what reads no style, and a class to which a style gives another colour in dark windows.
struct ChartInk: Hashable, Sendable {
  enum Property: String, Sendable { case fill, stroke }

  /// Of the class.
  let name: String
  let property: Property
  let light: String
  let dark: String

  private init(_ name: String, _ property: Property, _ light: String, _ dark: String) {
    (self.name, self.property, self.light, self.dark) = (name, property, light, dark)
  }

  // MARK: Text and grounds

  static let ink = ChartInk("ink", .fill, Paint.text.color, "#e6eaf0")
  static let soft = ChartInk("soft", .fill, Paint.quiet.color, "#9aa6b5")
  /// What lies behind all.
  static let ground = ChartInk("ground", .fill, "#ffffff", "#14191f")
  /// Behind a name.
  static let card = ChartInk("card", .fill, Neutral.faint, "#27303a")
  static let bar = ChartInk("bar", .fill, Hue.journey.solid, "#3a94cc")
  /// What was lost since the bar before.
  static let loss = ChartInk("loss", .fill, "#f6d5bd", "#6b4a36")

  // MARK: Strokes

  static let line = ChartInk("line", .stroke, Neutral.unknown, "#5b6775")
  /// Behind what is drawn.
  static let grid = ChartInk("grid", .stroke, Neutral.line, "#333d48")
  static let way = ChartInk("way", .stroke, Hue.journey.solid, "#3a94cc")
  static let back = ChartInk("back", .stroke, Hue.pain.solid, "#e08a54")
  static let backHead = ChartInk("head", .fill, Hue.pain.solid, "#e08a54")

  // MARK: Series

  /// Lines that eyes tell apart; the first is the one that stands alone, too.
  static let mostSeries = 6

  /// The line of one of several.
  static func series(_ index: Int) -> ChartInk { stroke[index % mostSeries] }
  /// Its points.
  static func point(_ index: Int) -> ChartInk { points[index % mostSeries] }
  /// Its name: at least 4.5 : 1 against the ground.
  static func name(_ index: Int) -> ChartInk { names[index % mostSeries] }

  private static let stroke = zip(seriesColors.indices, seriesColors).map {
    ChartInk("series\($0)", .stroke, $1.line, $1.dark)
  }
  private static let points = zip(seriesColors.indices, seriesColors).map {
    ChartInk("point\($0)", .fill, $1.line, $1.dark)
  }
  private static let names = zip(seriesColors.indices, seriesColors).map {
    ChartInk("name\($0)", .fill, $1.name, $1.dark)
  }

  /// The palette's hues, orange darkened until a thin line of it has 3 : 1 against white; and a grey.
  private static let seriesColors: [(line: String, name: String, dark: String)] = [
    (Hue.journey.solid, Hue.journey.deep, "#5ab0e4"), (Hue.pain.solid, Hue.pain.deep, "#f0914f"),
    (Hue.opportunity.solid, Hue.opportunity.deep, "#3dc39a"), (Hue.question.solid, Hue.question.deep, "#e0a3c6"),
    ("#b87d00", Hue.win.deep, "#e8b84a"), (Paint.quiet.color, Paint.quiet.color, "#b4bfcb"),
  ]

  // MARK: Shades

  /// The ground of a share: one hue, from the colour of the window to its opposite.
  static func shade(_ shade: Shade) -> ChartInk { shades[shade.level] }
  /// A figure on such a ground: at least 4.5 : 1 against it.
  static func figure(on shade: Shade) -> ChartInk { figures[shade.level] }

  private static let shades = zip(shadeColors.indices, shadeColors).map { ChartInk("shade\($0)", .fill, $1.0, $1.1) }
  private static let figures = shadeColors.indices.map { level in
    ChartInk("figure\(level)", .fill, level < 6 ? Paint.text.color : "#ffffff", level < 5 ? "#f2f5f8" : "#10161c")
  }

  private static let shadeColors = [
    (Neutral.ghost, "#1b222a"), ("#e1eef7", "#17303f"), ("#c6dff0", "#1a3f55"), ("#a6cde6", "#1e506d"),
    ("#82b8da", "#236387"), ("#5aa0cc", "#4c94c4"), ("#2876ad", "#6cb0da"), ("#125d92", "#8fcaec"),
    ("#00426b", "#b5e0fa"),
  ]

  // MARK: Style

  private static let all =
    [ink, soft, ground, card, bar, loss, line, grid, way, back, backHead] + stroke + points + names + shades + figures

  /// Rules for dark windows, of elements under `scope`: a selector with a blank behind it, or nothing.
  static func style(under scope: String = "") -> String {
    let rules = all.map { "  \(scope).\($0.name) { \($0.property.rawValue): \($0.dark) }" }
    return "@media (prefers-color-scheme: dark) {\n\(rules.joined(separator: "\n"))\n}"
  }
}
